"""The guidance log, the audit and safety notices; both chains refuse every update and delete."""

import sqlalchemy as sa
from alembic import op

import guidance.database

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

CHAINS = ("guidance_moment", "audit_entry")

# A batch migration on SQLite makes a table anew and loses its triggers: make them again after one.
SQLITE = """
CREATE TRIGGER {table}_refuses_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
# INSERT OR REPLACE deletes without firing a delete trigger, so a row that stands is refused on insert too.
SQLITE_REPLACE = """
CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id
             OR (school_id = NEW.school_id AND previous_hash = NEW.previous_hash))
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


def triggers(dialect: str) -> list[str]:
    if dialect == "sqlite":
        changes = [SQLITE.format(table=table, event=event) for table in CHAINS for event in ("UPDATE", "DELETE")]
        return changes + [SQLITE_REPLACE.format(table=table) for table in CHAINS]
    return [POSTGRESQL_FUNCTION, *(POSTGRESQL.format(table=table) for table in CHAINS)]


def upgrade() -> None:
    op.create_table('audit_entry',
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('happened_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('previous_hash', sa.String(), nullable=False),
    sa.Column('personal_hash', sa.String(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_audit_entry_school_id_school')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('school_id', 'previous_hash', name=op.f('uq_audit_entry_school_id_previous_hash'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entry_school_id_id', ['school_id', 'id'], unique=False)

    op.create_table('guidance_moment',
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('happened_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(), nullable=True),
    sa.Column('leerjaar', sa.Integer(), nullable=True),
    sa.Column('exam_year', sa.Integer(), nullable=True),
    sa.Column('qualifying', sa.Boolean(), nullable=False),
    sa.Column('anonymous', sa.Boolean(), nullable=False),
    sa.Column('reverses', sa.String(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('previous_hash', sa.String(), nullable=False),
    sa.Column('personal_hash', sa.String(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_guidance_moment_school_id_school')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guidance_moment')),
    sa.UniqueConstraint('school_id', 'previous_hash', name=op.f('uq_guidance_moment_school_id_previous_hash'))
    )
    with op.batch_alter_table('guidance_moment', schema=None) as batch_op:
        batch_op.create_index('ix_guidance_moment_school_id_id', ['school_id', 'id'], unique=False)

    op.create_table('audit_entry_person',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('actor_kind', sa.String(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('pupil_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(), nullable=True),
    sa.Column('salt', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['audit_entry.id'], name=op.f('fk_audit_entry_person_entry_id_audit_entry')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_audit_entry_person_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_audit_entry_person'))
    )
    with op.batch_alter_table('audit_entry_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_person_pupil_id'), ['pupil_id'], unique=False)

    op.create_table('guidance_moment_person',
    sa.Column('moment_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('source_key', sa.String(), nullable=False),
    sa.Column('detail', sa.String(), nullable=True),
    sa.Column('salt', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['moment_id'], ['guidance_moment.id'], name=op.f('fk_guidance_moment_person_moment_id_guidance_moment')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_guidance_moment_person_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('moment_id', name=op.f('pk_guidance_moment_person')),
    sa.UniqueConstraint('pupil_id', 'source_key', name=op.f('uq_guidance_moment_person_pupil_id_source_key'))
    )
    op.create_table('safety_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('created_at', guidance.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('acknowledged_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('acknowledged_by', sa.Integer(), nullable=True),
    sa.Column('words', sa.String(), nullable=True),
    sa.Column('closed_at', guidance.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['acknowledged_by'], ['staff.id'], name=op.f('fk_safety_notice_acknowledged_by_staff')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_safety_notice_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_safety_notice'))
    )
    with op.batch_alter_table('safety_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_safety_notice_pupil_id'), ['pupil_id'], unique=False)

    for statement in triggers(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table('safety_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_safety_notice_pupil_id'))

    op.drop_table('safety_notice')
    op.drop_table('guidance_moment_person')
    with op.batch_alter_table('audit_entry_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_person_pupil_id'))

    op.drop_table('audit_entry_person')
    with op.batch_alter_table('guidance_moment', schema=None) as batch_op:
        batch_op.drop_index('ix_guidance_moment_school_id_id')

    op.drop_table('guidance_moment')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_school_id_id')

    op.drop_table('audit_entry')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
