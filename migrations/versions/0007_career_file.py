"""The pupil's own lines of the career file, and what was made of the others."""

import sqlalchemy as sa
from alembic import op

import guidance.database

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('career_file_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('section', sa.String(), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('form_id', sa.String(), nullable=False),
    sa.Column('created_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('removed_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_career_file_entry_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_career_file_entry')),
    sa.UniqueConstraint('pupil_id', 'form_id', name=op.f('uq_career_file_entry_pupil_id_form_id'))
    )
    with op.batch_alter_table('career_file_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_career_file_entry_pupil_id'), ['pupil_id'], unique=False)

    op.create_table('career_file_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('section', sa.String(), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=True),
    sa.Column('left_out_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('changed_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_career_file_line_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_career_file_line')),
    sa.UniqueConstraint('pupil_id', 'key', name=op.f('uq_career_file_line_pupil_id_key'))
    )
    with op.batch_alter_table('career_file_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_career_file_line_pupil_id'), ['pupil_id'], unique=False)


def downgrade() -> None:
    op.drop_table('career_file_line')
    op.drop_table('career_file_entry')
