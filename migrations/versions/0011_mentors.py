"""Oud-leerlingen, their vetting, questions to them, and reports."""

import sqlalchemy as sa
from alembic import op

import guidance.database

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mentor',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('first_name', sa.String(length=60), nullable=False),
    sa.Column('mail', sa.String(length=254), nullable=False),
    sa.Column('exam_year', sa.Integer(), nullable=False),
    sa.Column('programme', sa.String(), nullable=True),
    sa.Column('programme_name', sa.String(length=120), nullable=False),
    sa.Column('institution', sa.String(length=120), nullable=False),
    sa.Column('profile', sa.String(), nullable=True),
    sa.Column('topics', sa.String(length=300), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('story', sa.String(length=1000), nullable=True),
    sa.Column('story_approved_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('signed_up_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('mail_confirmed_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('conduct_agreed_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('vog_seen_on', sa.Date(), nullable=True),
    sa.Column('vog_expires_on', sa.Date(), nullable=True),
    sa.Column('vog_seen_by', sa.Integer(), nullable=True),
    sa.Column('held_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('last_offered_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('left_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_mentor_school_id_school'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vog_seen_by'], ['staff.id'], name=op.f('fk_mentor_vog_seen_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor'))
    )
    with op.batch_alter_table('mentor', schema=None) as batch_op:
        batch_op.create_index('ix_mentor_one_here', ['school_id', 'mail'], unique=True, sqlite_where=sa.text('left_at IS NULL'), postgresql_where=sa.text('left_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_mentor_school_id'), ['school_id'], unique=False)

    op.create_table('mentor_block',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('mentor_id', sa.Integer(), nullable=False),
    sa.Column('blocked_by', sa.String(), nullable=False),
    sa.Column('blocked_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['mentor_id'], ['mentor.id'], name=op.f('fk_mentor_block_mentor_id_mentor'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_mentor_block_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_block')),
    sa.UniqueConstraint('pupil_id', 'mentor_id', name=op.f('uq_mentor_block_pupil_id_mentor_id'))
    )
    with op.batch_alter_table('mentor_block', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentor_block_mentor_id'), ['mentor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mentor_block_pupil_id'), ['pupil_id'], unique=False)

    op.create_table('mentor_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mentor_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('link_digest', sa.String(), nullable=False),
    sa.Column('expires_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('used_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['mentor_id'], ['mentor.id'], name=op.f('fk_mentor_link_mentor_id_mentor'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_link')),
    sa.UniqueConstraint('link_digest', name=op.f('uq_mentor_link_link_digest'))
    )
    with op.batch_alter_table('mentor_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentor_link_mentor_id'), ['mentor_id'], unique=False)

    op.create_table('mentor_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mentor_id', sa.Integer(), nullable=False),
    sa.Column('start', sa.String(), nullable=False),
    sa.Column('end', sa.String(), nullable=False),
    sa.Column('happened_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['mentor_id'], ['mentor.id'], name=op.f('fk_mentor_step_mentor_id_mentor'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_step'))
    )
    with op.batch_alter_table('mentor_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentor_step_mentor_id'), ['mentor_id'], unique=False)

    op.create_table('mentor_thread',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('mentor_id', sa.Integer(), nullable=True),
    sa.Column('wished_mentor_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('started_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('last_message_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('reminded_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('closed_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('closed_because', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['mentor_id'], ['mentor.id'], name=op.f('fk_mentor_thread_mentor_id_mentor'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_mentor_thread_pupil_id_pupil'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['wished_mentor_id'], ['mentor.id'], name=op.f('fk_mentor_thread_wished_mentor_id_mentor'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_thread'))
    )
    with op.batch_alter_table('mentor_thread', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentor_thread_mentor_id'), ['mentor_id'], unique=False)
        batch_op.create_index('ix_mentor_thread_one_open', ['pupil_id'], unique=True, sqlite_where=sa.text("state IN ('draft', 'with_dean', 'offered', 'answered')"), postgresql_where=sa.text("state IN ('draft', 'with_dean', 'offered', 'answered')"))
        batch_op.create_index(batch_op.f('ix_mentor_thread_pupil_id'), ['pupil_id'], unique=False)

    op.create_table('mentor_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(), nullable=False),
    sa.Column('mentor_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('form_id', sa.String(), nullable=False),
    sa.Column('written_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('held_because', sa.String(), nullable=False),
    sa.Column('released_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['mentor_id'], ['mentor.id'], name=op.f('fk_mentor_message_mentor_id_mentor'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['thread_id'], ['mentor_thread.id'], name=op.f('fk_mentor_message_thread_id_mentor_thread'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_message')),
    sa.UniqueConstraint('thread_id', 'form_id', name=op.f('uq_mentor_message_thread_id_form_id'))
    )
    with op.batch_alter_table('mentor_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentor_message_mentor_id'), ['mentor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mentor_message_thread_id'), ['thread_id'], unique=False)

    op.create_table('mentor_offer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=False),
    sa.Column('mentor_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('offered_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['mentor_id'], ['mentor.id'], name=op.f('fk_mentor_offer_mentor_id_mentor'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['thread_id'], ['mentor_thread.id'], name=op.f('fk_mentor_offer_thread_id_mentor_thread'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_offer')),
    sa.UniqueConstraint('thread_id', 'mentor_id', name=op.f('uq_mentor_offer_thread_id_mentor_id'))
    )
    with op.batch_alter_table('mentor_offer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentor_offer_mentor_id'), ['mentor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mentor_offer_thread_id'), ['thread_id'], unique=False)

    op.create_table('mentor_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('reporter', sa.String(), nullable=False),
    sa.Column('reported_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state_before', sa.String(), nullable=False),
    sa.Column('looked_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('closed_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.Integer(), nullable=True),
    sa.Column('is_undone', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['closed_by'], ['staff.id'], name=op.f('fk_mentor_report_closed_by_staff')),
    sa.ForeignKeyConstraint(['message_id'], ['mentor_message.id'], name=op.f('fk_mentor_report_message_id_mentor_message'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['thread_id'], ['mentor_thread.id'], name=op.f('fk_mentor_report_thread_id_mentor_thread'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_report'))
    )
    with op.batch_alter_table('mentor_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentor_report_message_id'), ['message_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mentor_report_thread_id'), ['thread_id'], unique=False)

    with op.batch_alter_table('school', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mentors_on_at', guidance.database.UtcDateTime(timezone=True), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('school', schema=None) as batch_op:
        batch_op.drop_column('mentors_on_at')

    with op.batch_alter_table('mentor_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentor_report_thread_id'))
        batch_op.drop_index(batch_op.f('ix_mentor_report_message_id'))

    op.drop_table('mentor_report')
    with op.batch_alter_table('mentor_offer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentor_offer_thread_id'))
        batch_op.drop_index(batch_op.f('ix_mentor_offer_mentor_id'))

    op.drop_table('mentor_offer')
    with op.batch_alter_table('mentor_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentor_message_thread_id'))
        batch_op.drop_index(batch_op.f('ix_mentor_message_mentor_id'))

    op.drop_table('mentor_message')
    with op.batch_alter_table('mentor_thread', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentor_thread_pupil_id'))
        batch_op.drop_index('ix_mentor_thread_one_open', sqlite_where=sa.text("state IN ('draft', 'with_dean', 'offered', 'answered')"), postgresql_where=sa.text("state IN ('draft', 'with_dean', 'offered', 'answered')"))
        batch_op.drop_index(batch_op.f('ix_mentor_thread_mentor_id'))

    op.drop_table('mentor_thread')
    with op.batch_alter_table('mentor_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentor_step_mentor_id'))

    op.drop_table('mentor_step')
    with op.batch_alter_table('mentor_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentor_link_mentor_id'))

    op.drop_table('mentor_link')
    with op.batch_alter_table('mentor_block', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentor_block_pupil_id'))
        batch_op.drop_index(batch_op.f('ix_mentor_block_mentor_id'))

    op.drop_table('mentor_block')
    with op.batch_alter_table('mentor', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentor_school_id'))
        batch_op.drop_index('ix_mentor_one_here', sqlite_where=sa.text('left_at IS NULL'), postgresql_where=sa.text('left_at IS NULL'))

    op.drop_table('mentor')
