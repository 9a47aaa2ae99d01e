"""What a pupil wants to talk about, in own words, with the talk asked for."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('talk_request', sa.Column('words', sa.String(length=300), nullable=True))
    op.add_column('talk_request', sa.Column('words_message_id', sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column('talk_request', 'words_message_id')
    op.drop_column('talk_request', 'words')
