"""Ground for the portal: columns that several rooms need, and where pupils were in each school year."""

import sqlalchemy as sa
from alembic import op

import guidance.database
from guidance import clock

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

NOT_YET = sa.false()


def moment(name: str) -> sa.Column:
    return sa.Column(name, guidance.database.UtcDateTime(timezone=True), nullable=True)


def text(name: str, length: int | None = None) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=True)


def yes_or_no(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=NOT_YET)


def version() -> sa.Column:
    return sa.Column('version', sa.Integer(), nullable=False, server_default='1')


def new_columns() -> dict[str, list[sa.Column]]:
    """Return them by table; a column belongs to one statement, so they are made anew each time."""
    return {
        'pupil': [
            text('roster_key'),
            text('location'),
            text('class_mentor'),
            text('holiday_region'),
            text('mail'),
            yes_or_no('is_vavo'),
            sa.Column('arrived_on', sa.Date(), nullable=True),
            moment('no_invitations_at'),
        ],
        'school': [
            text('evidence_mail'),
            sa.Column('profile_choice_on', sa.Date(), nullable=True),
            sa.Column('talk_hours', sa.JSON(), nullable=True),
        ],
        'staff': [yes_or_no('takes_talks')],
        'experience_offer': [version()],
        'talk_request': [
            yes_or_no('chosen_by_pupil'),
            moment('answered_at'),
            sa.Column('answered_by', sa.Integer(), sa.ForeignKey('staff.id', name='fk_talk_request_answered_by_staff')),
            moment('planned_at'),
            text('place', 60),
            text('answer', 300),
            moment('closed_at'),
            text('outcome'),
            version(),
        ],
        'guidance_moment': [sa.Column('elsewhere', sa.Boolean(), nullable=True)],
    }


def upgrade() -> None:
    # Never in a batch: SQLite would make the table anew, and dropping the old one deletes what points at it.
    for table, columns in new_columns().items():
        for column in columns:
            op.add_column(table, column, inline_references=bool(column.foreign_keys))
    op.create_index('ix_pupil_school_id_roster_key', 'pupil', ['school_id', 'roster_key'], unique=True)
    op.create_index('ix_guidance_moment_qualifying', 'guidance_moment', ['school_id', 'happened_at'], sqlite_where=sa.text('qualifying = 1'), postgresql_where=sa.text('qualifying'))
    op.create_index('ix_guidance_moment_reverses', 'guidance_moment', ['school_id', 'reverses'], sqlite_where=sa.text('reverses IS NOT NULL'), postgresql_where=sa.text('reverses IS NOT NULL'))
    op.execute('UPDATE talk_request SET closed_at = discussed_at')
    one_open('closed_at IS NULL')
    add_placements()


def one_open(condition: str) -> None:
    op.drop_index('ix_talk_request_one_open', table_name='talk_request')
    op.create_index('ix_talk_request_one_open', 'talk_request', ['pupil_id'], unique=True, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


def add_placements() -> None:
    op.create_table('placement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(), nullable=True),
    sa.Column('leerjaar', sa.Integer(), nullable=True),
    sa.Column('class_name', sa.String(), nullable=True),
    sa.Column('exam_year', sa.Integer(), nullable=True),
    sa.Column('is_vavo', sa.Boolean(), server_default=NOT_YET, nullable=False),
    sa.Column('noted_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_placement_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement')),
    sa.UniqueConstraint('pupil_id', 'school_year', name=op.f('uq_placement_pupil_id_school_year'))
    )
    # The roster of today is all that is known; where pupils were before was never kept.
    now = sa.bindparam('now', clock.now(), type_=guidance.database.UtcDateTime(timezone=True))
    year = sa.bindparam('year', clock.school_year(clock.school_day(clock.now())), type_=sa.Integer())
    op.execute(sa.text(
        'INSERT INTO placement (pupil_id, school_year, level, leerjaar, class_name, exam_year, is_vavo, noted_at)'
        ' SELECT id, :year, level, leerjaar, class_name, exam_year, is_vavo, :now FROM pupil'
        ' WHERE code_digest IS NOT NULL AND left_on IS NULL'
    ).bindparams(year, now))


def downgrade() -> None:
    op.drop_table('placement')
    one_open('discussed_at IS NULL')
    op.drop_index('ix_guidance_moment_reverses', table_name='guidance_moment')
    op.drop_index('ix_guidance_moment_qualifying', table_name='guidance_moment')
    op.drop_index('ix_pupil_school_id_roster_key', table_name='pupil')
    for table, columns in new_columns().items():
        for column in reversed(columns):
            op.drop_column(table, column.name)
