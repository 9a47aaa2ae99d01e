"""The open days that institutions announced."""

import sqlalchemy as sa
from alembic import op

import guidance.database

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('open_day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('brin', sa.String(length=4), nullable=False),
    sa.Column('uid', sa.String(length=255), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('starts_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('is_whole_day', sa.Boolean(), nullable=False),
    sa.Column('is_online', sa.Boolean(), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=True),
    sa.Column('city', sa.String(), nullable=True),
    sa.Column('kinds', sa.String(), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('imported_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_open_day')),
    sa.UniqueConstraint('brin', 'uid', name=op.f('uq_open_day_brin_uid')),
    sa.UniqueConstraint('key', name=op.f('uq_open_day_key'))
    )
    with op.batch_alter_table('open_day', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_open_day_ends_at'), ['ends_at'], unique=False)


def downgrade() -> None:
    op.drop_table('open_day')
