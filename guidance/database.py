"""Home of everything about engines, sessions and the base of all tables."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, create_engine, event, make_url
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from guidance.settings import get_settings

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


# How a column is classified (`mapped_column(info=PERSONAL)`); erasing and exporting follow these.
NONE = {"privacy": "none"}
PSEUDONYMOUS = {"privacy": "pseudonymous"}
PERSONAL = {"privacy": "personal"}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment that is aware on the way in and UTC on the way out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive moment may not be stored")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        # SQLite forgets the offset; PostgreSQL answers in the zone of its session.
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of all tables."""

    # Named constraints, so that a migration can drop them by name.
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {datetime: UtcDateTime}


def engine_for(address: str) -> Engine:
    """Return an engine; SQLite gets WAL, foreign keys, real erasing and immediate transactions.

    The text of an error never carries the values of a statement: a pupil typed them.
    """
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 15}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions of its own, or BEGIN IMMEDIATE would come too late.
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@cache
def session_factory() -> sessionmaker[Session]:
    """Return the session factory of this process; it connects at first use."""
    return sessionmaker(engine_for(get_settings().database_url), expire_on_commit=False)


def empty_write_ahead_log() -> None:
    """Move SQLite's log into its file, so that what was erased is not readable there; nothing elsewhere."""
    engine: Engine = session_factory().kw["bind"]
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def lock(session: Session, row: Base) -> None:
    """Read a row anew and keep it from others until the end; a refresh alone drops what is unflushed."""
    session.flush()
    session.refresh(row, with_for_update=True)


def transaction() -> Any:
    """Open a session that commits on success and rolls back on any exception."""
    return session_factory().begin()
