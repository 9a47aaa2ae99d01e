"""What pupils hear of their question, what oud-leerlingen propose, and moments of the school as a whole."""

import sqlalchemy as sa
from alembic import op

import guidance.database

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mentor_proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mentor_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('form_id', sa.String(), nullable=False),
    sa.Column('proposed_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('decided_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('came', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['staff.id'], name=op.f('fk_mentor_proposal_decided_by_staff')),
    sa.ForeignKeyConstraint(['mentor_id'], ['mentor.id'], name=op.f('fk_mentor_proposal_mentor_id_mentor'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_proposal')),
    sa.UniqueConstraint('mentor_id', 'form_id', name=op.f('uq_mentor_proposal_mentor_id_form_id'))
    )
    with op.batch_alter_table('mentor_proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentor_proposal_mentor_id'), ['mentor_id'], unique=False)

    op.create_table('mentor_news',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('source_key', sa.String(), nullable=False),
    sa.Column('happened_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('told_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['thread_id'], ['mentor_thread.id'], name=op.f('fk_mentor_news_thread_id_mentor_thread'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_news')),
    sa.UniqueConstraint('thread_id', 'source_key', name=op.f('uq_mentor_news_thread_id_source_key'))
    )
    with op.batch_alter_table('mentor_news', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentor_news_thread_id'), ['thread_id'], unique=False)

    with op.batch_alter_table('guidance_moment_person', schema=None) as batch_op:
        batch_op.alter_column('pupil_id',
               existing_type=sa.INTEGER(),
               nullable=True)

    # Not in a batch: SQLite would make the table anew, and dropping the old one deletes what points at it.
    staff_id = sa.Column('staff_id', sa.Integer(), sa.ForeignKey('staff.id', name='fk_mentor_staff_id_staff'))
    op.add_column('mentor', staff_id, inline_references=True)

    with op.batch_alter_table('mentor_report', schema=None) as batch_op:
        batch_op.add_column(sa.Column('copied_at', guidance.database.UtcDateTime(timezone=True), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('mentor_report', schema=None) as batch_op:
        batch_op.drop_column('copied_at')

    op.drop_column('mentor', 'staff_id')

    with op.batch_alter_table('guidance_moment_person', schema=None) as batch_op:
        batch_op.alter_column('pupil_id',
               existing_type=sa.INTEGER(),
               nullable=False)

    with op.batch_alter_table('mentor_news', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentor_news_thread_id'))

    op.drop_table('mentor_news')
    with op.batch_alter_table('mentor_proposal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentor_proposal_mentor_id'))

    op.drop_table('mentor_proposal')
