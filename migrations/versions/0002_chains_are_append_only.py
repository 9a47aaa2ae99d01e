"""The chains of the guidance log and the audit refuse every update and delete."""

from alembic import op

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
    for statement in triggers(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change() CASCADE")
        return
    for table in CHAINS:
        for name in ("refuses_UPDATE", "refuses_DELETE", "refuses_replace"):
            op.execute(f"DROP TRIGGER {table}_{name}")
