"""Lists of pupils that wait for a dean's word."""

import sqlalchemy as sa
from alembic import op

import guidance.database

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('roster_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('made_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('run_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['staff.id'], name=op.f('fk_roster_import_made_by_staff'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_roster_import_school_id_school'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_import'))
    )
    op.create_index(op.f('ix_roster_import_school_id'), 'roster_import', ['school_id'], unique=False)


def downgrade() -> None:
    op.drop_table('roster_import')
