"""Rooms kept in step: each test also proves that it looked at something."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from fastapi.routing import APIRoute
from sqlalchemy import Engine, event

from guidance import errors, models
from guidance.content import read_content
from guidance.database import Base, engine_for
from guidance.settings import ROOT, Settings
from tests.conftest import migrate
from web.app import make_app
from web.chat import token_of_own_form
from web.dependencies import (
    conversation_of_page,
    require_own_form,
    signed_in_administrator,
    signed_in_contact,
    signed_in_dean,
    signed_in_lead,
    signed_in_region_viewer,
    signed_in_staff,
    signed_in_teacher,
)

ROOMS = ["actions", "benchmarks", "bot", "commands", "guidance", "jobs", "web"]
PYTHON = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if ".venv" not in path.parts]
DUTCH = re.compile(
    r"\b(de|het|een|jij|je|niet|maar|wordt|naar|voor|bij|kun|wil|zijn|geen|deze|nog|ook)\b", re.IGNORECASE
)
# Commands speak to who runs the service, in Dutch; these lines are no pupil's text.
SPEAKS_DUTCH = {"commands/run.py"}
GUARDS = {
    conversation_of_page,
    signed_in_administrator,
    signed_in_contact,
    signed_in_dean,
    signed_in_lead,
    signed_in_region_viewer,
    signed_in_staff,
    signed_in_teacher,
}
PUBLIC = {
    "/", "/gesprek", "/gesprek/berichten", "/uitloggen", "/snel-weg", "/even-weg", "/over",
    "/toegankelijkheid", "/ervaring/{token}", "/ervaring/{token}/klopt-niet",
    "/opendagen", "/opendagen.ics", "/opendagen/{key}.ics",
    "/opleidingen", "/opleidingen/vergelijken", "/opleidingen/route", "/inloggen", "/portaal/uitloggen",
    "/healthz", "/readyz", "/dev/outbox", "/dev/school",
    "/oud-leerling/aanmelden", "/oud-leerling/link", "/oud-leerling/bevestigen/{token}",
    *(f"/oud-leerling/pagina/{{token}}{end}" for end in (
        "", "/aanbod", "/gegevens", "/stap", "/stoppen", "/vraag/{thread_id}", "/vraag/{thread_id}/doorgeven",
        "/vraag/{thread_id}/blokkeren", "/vraag/{thread_id}/melden/{message_id}",
    )),
    "/api/v1/programmes", "/api/v1/conversations", "/api/v1/conversations/{conversation_id}/messages",
}  # fmt: skip


def failures() -> list[type[errors.GuidanceError]]:
    return [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.GuidanceError)
    ]


def test_every_failure_has_its_text() -> None:
    texts = read_content("texts/failures")

    assert {kind.__name__ for kind in failures()} == {name for name in texts if name[0].isupper()}
    assert len(failures()) > 20


def test_every_page_is_public_on_purpose_or_guarded() -> None:
    routes = [route for route in all_routes() if route.path not in PUBLIC]

    assert len(routes) > 5
    for route in routes:
        assert GUARDS & dependencies_of(route), f"{route.path} has no guard"


def all_routes() -> list[APIRoute]:
    return list(routes_in(make_app().routes))


def routes_in(routes: Iterable[Any]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from routes_in(route.original_router.routes)


def dependencies_of(route: APIRoute) -> set[object]:
    found, waiting = set(), [route.dependant]
    while waiting:
        dependant = waiting.pop()
        found.add(dependant.call)
        waiting.extend(dependant.dependencies)
    return found


def test_every_form_that_changes_something_proves_it_is_ours() -> None:
    posts = [
        route for route in all_routes() if "POST" in route.methods and not route.path.startswith("/api/")
    ]

    assert len(posts) > 5
    for route in posts:
        assert {require_own_form, token_of_own_form} & dependencies_of(route), (
            f"{route.path} takes a form of any site"
        )


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_python_holds_no_dutch(path: Path) -> None:
    if str(path.relative_to(ROOT)) in SPEAKS_DUTCH:
        return
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert [text for text in texts if len(DUTCH.findall(text)) >= 2] == []


def test_migrations_end_at_the_models_with_one_head(engine: Engine) -> None:
    scripts = ScriptDirectory.from_config(Config(toml_file=ROOT / "pyproject.toml"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        differences = compare_metadata(context, Base.metadata)

    assert len(scripts.get_heads()) == 1
    assert differences == []


def test_no_migration_makes_a_table_anew_that_others_hang_under(tmp_path: Path) -> None:
    """SQLite deletes the rows of a table that is dropped, and so what points at them with a cascade."""
    engine, statements = engine_for(f"sqlite:///{tmp_path / 'new.sqlite'}"), []
    event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    migrate(engine)
    engine.dispose()

    dropped = {found[1] for one in statements if (found := re.match(r"\s*DROP TABLE (\w+)", one))}
    hung_under = {
        key.column.table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.ondelete == "CASCADE"
    }
    assert dropped
    assert dropped & hung_under == set()


def test_every_column_is_classified() -> None:
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]

    assert models
    assert len(columns) > 80
    assert [
        str(column)
        for column in columns
        if column.info.get("privacy") not in {"none", "pseudonymous", "personal"}
    ] == []


def test_every_setting_is_documented() -> None:
    documented = set(re.findall(r"^\| `(\w+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))

    assert documented == {
        field.validation_alias or f"GUIDANCE_{name.upper()}" for name, field in Settings.model_fields.items()
    }


def test_every_room_stands_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()

    for room in [*ROOMS, "data", "migrations", "tests", "docs"]:
        assert f"`{room}/" in text


def test_documents_name_only_files_that_exist() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} names {target}"
