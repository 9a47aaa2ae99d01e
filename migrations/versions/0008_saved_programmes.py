"""What a saved programme was called, the search that found it, and that it was taken off or told of."""

import sqlalchemy as sa
from alembic import op

import guidance.database

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('saved_programme', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('query', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('known', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('told_gone_at', guidance.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('removed_at', guidance.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.alter_column('note', existing_type=sa.String(), type_=sa.String(length=300), existing_nullable=True)


def downgrade() -> None:
    with op.batch_alter_table('saved_programme', schema=None) as batch_op:
        batch_op.alter_column('note', existing_type=sa.String(length=300), type_=sa.String(), existing_nullable=True)
        for name in ('removed_at', 'told_gone_at', 'known', 'query', 'name'):
            batch_op.drop_column(name)
