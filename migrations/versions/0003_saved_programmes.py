"""The programmes that pupils saved."""

import sqlalchemy as sa
from alembic import op

import guidance.database

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'saved_programme',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('pupil_id', sa.Integer(), nullable=False),
        sa.Column('programme', sa.String(), nullable=False),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('saved_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_saved_programme_pupil_id_pupil'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_programme')),
        sa.UniqueConstraint('pupil_id', 'programme', name=op.f('uq_saved_programme_pupil_id_programme')),
    )
    op.create_index(op.f('ix_saved_programme_pupil_id'), 'saved_programme', ['pupil_id'])


def downgrade() -> None:
    op.drop_table('saved_programme')
