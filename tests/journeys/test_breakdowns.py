"""Parts of the service fail for real: what a pupil then reads, and what is stored."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect

from commands.stack import Program
from tests.journeys.test_chat_page import say, sign_in
from tests.stack import RunningService, Talk

pytestmark = pytest.mark.stack


@contextmanager
def stopped(service: RunningService, program: Program) -> Iterator[None]:
    program.stop()
    try:
        yield
    finally:
        service.stack.start_one(program)
        service.stack.wait_until_ready()


@contextmanager
def broken_table(service: RunningService, table: str) -> Iterator[None]:
    def rename(old: str, new: str) -> None:
        with sqlite3.connect(service.database, timeout=15) as database:
            database.execute(f"ALTER TABLE {old} RENAME TO {new}")
        database.close()

    rename(table, f"{table}_away")
    try:
        yield
    finally:
        rename(f"{table}_away", table)


@pytest.mark.browser
@pytest.mark.parametrize("part", ["actions", "engine"])
def test_a_part_that_is_down_is_told_and_costs_no_word(
    service: RunningService, chromium: Browser, part: str
) -> None:
    code = service.add_pupil()
    page = sign_in(chromium.new_context(), service, code)
    talk = Talk(service, pupil_code=code)
    talk.say("interessetest")
    talk.say("4")
    before = service.rows_of(code)

    with stopped(service, getattr(service.stack, part)):
        say(page, "interessetest")
        expect(page.get_by_text("Ik kan nu even niet antwoorden")).to_be_visible()
        expect(page.get_by_label("Jouw bericht")).to_have_value("interessetest")
        refused = talk.post(text="5")

    assert refused.status_code == 503
    assert service.rows_of(code) == before
    talk.sent -= 1
    assert "3 van 24" in talk.say("5")[-1]["text"]
    assert service.rows_of(code)["answer"] == 2


def test_an_action_that_fails_answers_in_words_and_stores_nothing(service: RunningService) -> None:
    code = service.add_pupil()
    talk = Talk(service, pupil_code=code)
    talk.say("pabo in de buurt van Ommen")

    with broken_table(service, "saved_programme"):
        talk.say("bewaar de eerste")

    assert "Er ging bij ons iets mis" in talk.text
    assert service.rows_of(code)["saved_programme"] == 0
    assert "Bewaard" in talk.say("bewaar de eerste")[0]["text"]


def test_no_log_holds_a_word_that_was_typed(service: RunningService) -> None:
    talk = Talk(service, pupil_code=service.add_pupil())
    talk.say("kwikstaartje bij de pabo")
    with broken_table(service, "saved_programme"):
        talk.say("bewaar de kwikstaart van Zwolle")

    logs = sorted(service.stack.logs.glob("*.log"))

    assert {log.stem for log in logs} == {"web", "engine", "actions"}
    assert [log.name for log in logs if "kwikstaart" in log.read_text(errors="replace")] == []
