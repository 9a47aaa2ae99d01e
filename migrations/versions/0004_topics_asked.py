"""Topics asked about: counted by day, and kept with the pupil."""

import sqlalchemy as sa
from alembic import op

import guidance.database

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('counted_question',
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_counted_question'))
    )
    with op.batch_alter_table('counted_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_counted_question_day'), ['day'], unique=False)

    op.create_table('topic_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_topic_count_school_id_school'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic_count')),
    sa.UniqueConstraint('school_id', 'day', 'topic', name=op.f('uq_topic_count_school_id_day_topic'))
    )
    op.create_table('topic_asked',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('message_id', sa.String(), nullable=False),
    sa.Column('asked_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_topic_asked_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic_asked')),
    sa.UniqueConstraint('message_id', 'topic', name=op.f('uq_topic_asked_message_id_topic'))
    )
    with op.batch_alter_table('topic_asked', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_topic_asked_pupil_id'), ['pupil_id'], unique=False)


def downgrade() -> None:
    op.drop_table('topic_asked')
    op.drop_table('topic_count')
    op.drop_table('counted_question')
