"""How often a mail was tried, when it may be tried again, and that it was given up."""

import sqlalchemy as sa
from alembic import op

import guidance.database

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tries', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('next_try_at', guidance.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('given_up_at', guidance.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_outbox_mail_next_try_at', ['next_try_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_mail_next_try_at')
        batch_op.drop_column('given_up_at')
        batch_op.drop_column('next_try_at')
        batch_op.drop_column('tries')
