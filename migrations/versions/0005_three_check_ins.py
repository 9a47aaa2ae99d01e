"""Own words as an answer, and a check-in that was begun anew on purpose."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('answer', sa.Column('words', sa.String(length=300), nullable=True))
    op.add_column('check_in_run', sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('check_in_run', 'dropped_at')
    op.drop_column('answer', 'words')
