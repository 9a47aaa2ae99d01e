"""Experiences: what a school offers, and what pupils asked for and did."""

import sqlalchemy as sa
from alembic import op

import guidance.database

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

RUNNING = sa.text('ended_at IS NULL')
UNDECIDED = sa.text('confirmed_at IS NULL AND declined_at IS NULL')


def upgrade() -> None:
    op.create_table('experience_offer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sa.String(length=60), nullable=False),
    sa.Column('description', sa.String(length=300), nullable=False),
    sa.Column('teacher_name', sa.String(length=60), nullable=False),
    sa.Column('teacher_mail', sa.String(length=254), nullable=False),
    sa.Column('added_by', sa.Integer(), nullable=False),
    sa.Column('added_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['added_by'], ['staff.id'], name=op.f('fk_experience_offer_added_by_staff')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_experience_offer_school_id_school'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_experience_offer'))
    )
    with op.batch_alter_table('experience_offer', schema=None) as batch_op:
        batch_op.create_index('ix_experience_offer_one_running', ['school_id', 'title', 'teacher_mail'], unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING)
        batch_op.create_index(batch_op.f('ix_experience_offer_school_id'), ['school_id'], unique=False)

    op.create_table('experience',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sa.String(length=60), nullable=False),
    sa.Column('teacher_name', sa.String(length=60), nullable=False),
    sa.Column('is_done', sa.Boolean(), nullable=False),
    sa.Column('message_id', sa.String(), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=True),
    sa.Column('asked_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('declined_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('compliment', sa.String(length=300), nullable=True),
    sa.Column('link_digest', sa.String(), nullable=False),
    sa.Column('link_expires_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('mails', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['offer_id'], ['experience_offer.id'], name=op.f('fk_experience_offer_id_experience_offer')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_experience_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_experience')),
    sa.UniqueConstraint('link_digest', name=op.f('uq_experience_link_digest')),
    sa.UniqueConstraint('message_id', name=op.f('uq_experience_message_id'))
    )
    with op.batch_alter_table('experience', schema=None) as batch_op:
        batch_op.create_index('ix_experience_one_undecided', ['pupil_id', 'offer_id'], unique=True, sqlite_where=UNDECIDED, postgresql_where=UNDECIDED)
        batch_op.create_index(batch_op.f('ix_experience_offer_id'), ['offer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_experience_pupil_id'), ['pupil_id'], unique=False)


def downgrade() -> None:
    op.drop_table('experience')
    op.drop_table('experience_offer')
