"""The ground every test stands on: settings of a test machine, and a database made by the migrations."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import settings
from sqlalchemy import Engine, delete, text
from sqlalchemy.orm import Session, sessionmaker

from guidance.database import Base, engine_for
from guidance.geocoder import geocoder_at
from guidance.models.audit import AuditEntry
from guidance.models.guidance_log import GuidanceMoment
from guidance.settings import ROOT, get_settings
from tests.pdok import PdokServer
from tests.people import add_cast

# How long a drawn case takes tells of the machine, not of the code.
settings.register_profile("klaskompas", deadline=None)
settings.load_profile("klaskompas")
os.environ.setdefault("GUIDANCE_CATALOGUE_FOLDER", str(ROOT / "no" / "refreshed" / "catalogue"))
os.environ.update({"GUIDANCE_DEMO": "1", "GUIDANCE_SECRET": "only-for-tests", "DATABASE_URL": "sqlite://"})
# No test looks a place up elsewhere, whatever the machine is set to.
os.environ["GEOCODER"] = "tables"
get_settings.cache_clear()

# Their triggers refuse every change.
CHAINS = [model.__tablename__ for model in (GuidanceMoment, AuditEntry)]


def migrate(engine: Engine) -> None:
    """Bring a database to the newest schema."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "empty.sqlite"
    engine = engine_for(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine]:
    engine = engine_for(os.environ["TEST_DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    migrate(engine)
    yield engine
    engine.dispose()


def databases() -> list[str | pytest.ParameterSet]:
    postgresql = pytest.param("postgresql", marks=pytest.mark.postgresql)
    return ["sqlite", postgresql] if os.environ.get("TEST_DATABASE_URL") else ["sqlite"]


@pytest.fixture(params=databases())
def engine(request: pytest.FixtureRequest, empty_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    """A migrated, empty database: SQLite always, PostgreSQL when TEST_DATABASE_URL names one."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite"
        shutil.copy(empty_sqlite, path)
        engine = engine_for(f"sqlite:///{path}")
        yield engine
        engine.dispose()
        return
    postgresql: Engine = request.getfixturevalue("postgresql")
    yield postgresql
    empty_postgresql(postgresql)


def empty_postgresql(engine: Engine) -> None:
    """Remove every row and begin every number anew; TRUNCATE would make each file of the database anew."""
    with engine.begin() as connection:
        for table in CHAINS:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        for model in reversed(Base.metadata.sorted_tables):
            connection.execute(delete(model))
        for table in CHAINS:
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        connection.execute(
            text("SELECT setval(format('%I', sequencename), 1, false) FROM pg_sequences WHERE last_value > 0")
        )


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine, expire_on_commit=False)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    with sessions() as session:
        add_cast(session)
        session.commit()
        yield session


@pytest.fixture
def pdok(monkeypatch: pytest.MonkeyPatch) -> Iterator[PdokServer]:
    """A stand-in of PDOK, switched on in the settings."""
    server = PdokServer()
    monkeypatch.setenv("GEOCODER", "pdok")
    monkeypatch.setenv("GUIDANCE_PDOK_URL", server.url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    get_settings.cache_clear()
    yield server
    server.stop()
    geocoder_at.cache_clear()
    get_settings.cache_clear()
