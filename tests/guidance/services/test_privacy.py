import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from guidance import wording
from guidance.database import Base
from guidance.engine_store import EngineStore
from guidance.mentor_questions import State as QuestionState
from guidance.models.career_file import CareerFileEntry, CareerFileLine
from guidance.models.check_in import Answer, CheckInRun
from guidance.models.conversations import Conversation, Turn
from guidance.models.knowledge import TopicAsked
from guidance.models.mail import OutboxMail
from guidance.models.mentor_threads import PUPIL, MentorBlock, MentorThread
from guidance.models.programmes import SavedProgramme
from guidance.models.pupil import Pupil
from guidance.models.safety import SafetyNotice
from guidance.models.school import ConsentBasis
from guidance.models.talks import Summary
from guidance.services import guidance_log
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.conversations import pupil_of
from guidance.services.experience_offers import add_offer
from guidance.services.experiences import ask_experience, confirm_experience, keep_experience_words
from guidance.services.mentor_messages import write_as_mentor
from guidance.services.mentor_questions import block, draft_question, let_through, submit_question
from guidance.services.mentor_reports import close_report, report_message, undo_report
from guidance.services.placements import note_placement
from guidance.services.privacy import (
    ENGINE,
    ERASED,
    KEPT,
    erase_own_data,
    forget_strays,
    own_data,
    tables_of_pupil,
)
from guidance.services.summary import draft_summary, open_summary_of_pupil, share_summary
from guidance.services.talks import mark_discussed, request_talk
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.guidance.services.test_experience_offers import fields
from tests.people import MONDAY, pupil, staff

TUESDAY = MONDAY + timedelta(days=1)
SAID = "ik wil juf worden"


@pytest.fixture
def engine_store(tmp_path: Path) -> EngineStore:
    """The engine's store, with the conversations of Anna and of Bilal."""
    path = tmp_path / "engine.sqlite"
    with sqlite3.connect(path) as store:
        store.execute(
            "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, type_name TEXT,"
            " timestamp FLOAT, data TEXT)"
        )
    store.close()
    for sender in ("engine-Anna", "engine-Bilal"):
        say_to_engine(path, sender)
    return EngineStore(path)


def say_to_engine(path: Path, sender: str) -> None:
    with sqlite3.connect(path) as store:
        store.execute(
            "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, 'user', 1.0, ?)",
            (sender, json.dumps({"text": SAID})),
        )
    store.close()


def live_a_little(session: Session, someone: Pupil) -> None:
    """Fill every table a pupil has rows in."""
    name = someone.first_name or "Anoniem"
    run = CheckInRun(
        pupil=someone, instrument="interest", version="interest-short-1", started_at=MONDAY, closed_at=MONDAY
    )
    run.answers = [Answer(item="perform", kind="value", value=5, message_id=name, given_at=MONDAY)]
    conversation = Conversation(
        id=f"talk-{name}",
        engine_id=f"engine-{name}",
        pupil=someone,
        token_digest=f"digest-{name}",
        started_at=MONDAY,
        last_message_at=MONDAY,
    )
    conversation.turns = [
        Turn(message_id="1", body_digest="x", text=SAID, messages=[], received_at=MONDAY, answered_at=MONDAY),
        Turn(message_id="2", body_digest="y", payload="/delete_my_data", received_at=MONDAY),
    ]
    saved = SavedProgramme(pupil=someone, programme="x", note="dichtbij", saved_at=MONDAY)
    asked = TopicAsked(pupil=someone, topic="ask_salary", message_id=f"q-{name}", asked_at=MONDAY)
    entry = CareerFileEntry(
        pupil=someone, section="motives", text="ik help graag", form_id="f", created_at=MONDAY
    )
    line = CareerFileLine(pupil=someone, section="motives", key="x", text="zo dus", changed_at=MONDAY)
    session.add_all([run, conversation, saved, asked, entry, line])
    session.flush()


def try_teaching(session: Session, someone: Pupil) -> None:
    """Ask for what the school offers, and have it confirmed with a compliment."""
    name, dean = someone.first_name or "", staff(session, "De Vries")
    offer = add_offer(session, dean, fields(), now=MONDAY)
    asked = ask_experience(session, someone, offer.id, is_done=True, message_id=f"e-{name}", now=MONDAY)
    confirm_experience(session, asked, compliment="Legt goed uit.", now=MONDAY)
    keep_experience_words(session, someone, offer.id, "Het ging goed.")


def be_seen(session: Session, someone: Pupil) -> None:
    """Ask for a talk, share its summary and have it, with a parent's word, a safety notice and a class."""
    dean = staff(session, "De Vries")
    session.add(
        ConsentBasis(
            school_id=someone.school_id,
            pupil_id=someone.id,
            purpose="summary",
            basis="parent",
            decided_on=MONDAY.date(),
            decided_by="Ouder",
        )
    )
    session.add(SafetyNotice(pupil_id=someone.id, kind="threat", created_at=MONDAY, closed_at=MONDAY))
    note_placement(session, someone, 2026, now=MONDAY)
    draft_summary(session, request_talk(session, someone, now=MONDAY), now=MONDAY)
    share_summary(session, someone, now=MONDAY)
    open_summary_of_pupil(session, dean, someone.id, now=MONDAY)
    mark_discussed(session, dean, someone.id, now=MONDAY)


def ask_an_alumnus(session: Session, someone: Pupil) -> MentorThread:
    """Ask an oud-leerling, get an answer, report it for nothing, and block."""
    name, dean, contact = f"Oud{someone.first_name}", staff(session, "De Vries"), staff(session, "Jansen")
    mentor = add_mentor(session, name)
    draft_question(session, someone, "Hoe is de pabo?", form_id="q", now=MONDAY)
    thread = submit_question(session, someone, to=mentor.id, now=MONDAY)
    let_through(session, dean, thread.id, now=MONDAY)
    answer = write_as_mentor(session, mentor, thread.id, "Best leuk.", form_id="a", now=MONDAY)
    report = report_message(session, thread, answer.id, PUPIL, now=MONDAY)
    undo_report(session, contact, report.id, now=MONDAY)
    block(session, thread, PUPIL, now=MONDAY)
    return thread


def log_evening(session: Session) -> None:
    """Log a moment of the school, which is of no pupil."""
    guidance_log.record_school_moment(
        session,
        staff(session, "De Vries").school,
        "mentor_evening_came",
        happened_at=MONDAY,
        now=MONDAY,
        actor="dean:1",
        source_key="mentor_proposal:1:came",
    )


@pytest.fixture
def anna(session: Session) -> Pupil:
    open_contact(session)
    for name in ("Anna", "Bilal"):
        ask_an_alumnus(session, pupil(session, name))
        live_a_little(session, pupil(session, name))
        be_seen(session, pupil(session, name))
        try_teaching(session, pupil(session, name))
    log_evening(session)
    session.commit()
    return pupil(session, "Anna")


def tables_that_lead_to_a_pupil() -> set[str]:
    """Find them anew, from the columns up: whatever points at a pupil, and whatever points at that."""
    found = {"pupil"}
    while True:
        more = {
            table.name
            for table in Base.metadata.tables.values()
            if any(key.column.table.name in found for key in table.foreign_keys)
        }
        if more <= found:
            return found
        found |= more


class TestOwnData:
    def test_looks_in_every_table_that_leads_to_a_pupil(self, session: Session, anna: Pupil) -> None:
        by_name = {table.name for table in Base.metadata.tables.values() if "pupil_id" in table.columns}

        assert set(own_data(session, anna)) >= tables_that_lead_to_a_pupil() >= by_name

    def test_shows_a_row_of_every_table(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        empty = [
            name for name, rows in own_data(session, anna, engine_store=engine_store).items() if not rows
        ]

        assert empty == []

    def test_is_ready_for_json_and_shows_what_was_said(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        exported = json.loads(json.dumps(own_data(session, anna, engine_store=engine_store)))

        assert exported["pupil"][0]["first_name"] == "Anna"
        assert exported["turn"][0]["text"] == SAID
        assert exported[ENGINE][0]["event"] == {"text": SAID}
        assert {row["kind"] for row in exported["guidance_moment"]} >= {"talk_held", "mentor_answered"}
        assert exported["audit_entry"][0]["action"] == "pupil_opened"

    def test_shows_nothing_of_another_pupil(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        found = own_data(session, anna, engine_store=engine_store)

        bilal = pupil(session, "Bilal")
        assert "Bilal" not in json.dumps(found)
        assert all(row.get("pupil_id", anna.id) != bilal.id for rows in found.values() for row in rows)
        assert [len(found[name]) for name in ("check_in_run", "answer", "turn", "talk_request")] == [
            1,
            1,
            2,
            1,
        ]

    def test_shows_no_moment_of_the_school_as_a_whole(self, session: Session, anna: Pupil) -> None:
        shown = own_data(session, anna)

        assert {row["pupil_id"] for row in shown["guidance_moment_person"]} == {anna.id}
        assert "mentor_evening_came" not in {row["kind"] for row in shown["guidance_moment"]}

    def test_gives_no_key_away(self, session: Session, anna: Pupil) -> None:
        names = {name for rows in own_data(session, anna).values() for row in rows for name in row}

        assert not {
            name for name in names if "digest" in name or "hash" in name or name in {"salt", "engine_id"}
        }

    def test_has_a_word_on_screen_for_every_table(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        for name in own_data(session, anna, engine_store=engine_store):
            assert wording.render(f"privacy.tables.{name}")


class TestEraseOwnData:
    def test_decides_for_every_table_whether_it_goes_or_stays(self) -> None:
        erased = {model.__tablename__ for model in ERASED}
        under_erased = {"turn", "answer", "summary", "summary_line"}
        under_erased |= {"mentor_message", "mentor_news", "mentor_offer", "mentor_report"}

        assert {table.name for table in tables_of_pupil()} == erased | under_erased | KEPT

    def test_leaves_only_what_the_school_keeps(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        erasure = erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY)

        left = {name for name, rows in own_data(session, anna, engine_store=engine_store).items() if rows}
        assert left == {
            "pupil",
            "placement",
            "consent_basis",
            "audit_entry_person",
            "audit_entry",
            "mentor_block",
        }
        assert (erasure.engine_conversations, erasure.keeps_notice) == (1, False)
        assert erasure.rows > 0

    def test_leaves_the_guidance_log_whole_with_the_person_erased(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY)

        verification = guidance_log.verify(session, anna.school)
        assert (verification.is_whole, verification.erased) == (True, 3)
        assert guidance_log.find_school_moment(session, anna.school, "mentor_proposal:1:came")

    def test_touches_nothing_of_another_pupil(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        bilal = pupil(session, "Bilal")
        before = own_data(session, bilal, engine_store=engine_store)

        erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY)

        assert own_data(session, bilal, engine_store=engine_store) == before

    def test_takes_the_mails_about_the_pupil_along(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY)

        assert all("Anna" not in mail.subject for mail in session.scalars(select(OutboxMail)))

    def test_done_twice_is_no_error(self, session: Session, anna: Pupil, engine_store: EngineStore) -> None:
        erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY)

        again = erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY)

        assert (again.engine_conversations, again.rows, again.keeps_notice) == (0, 0, False)

    def test_keeps_an_open_safety_notice_and_says_so(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        session.add(SafetyNotice(pupil_id=anna.id, kind="threat", created_at=MONDAY))

        assert erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY).keeps_notice
        assert [notice["closed_at"] for notice in own_data(session, anna)["safety_notice"]] == [None]

    def test_keeps_a_reported_question_until_it_is_closed_and_says_so(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        thread = session.scalars(select(MentorThread).where(MentorThread.pupil_id == anna.id)).one()
        session.execute(delete(MentorBlock))
        thread.state = QuestionState.ANSWERED
        report = report_message(session, thread, thread.messages[-1].id, PUPIL, now=TUESDAY)

        erasure = erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY)

        assert erasure.keeps_report
        assert own_data(session, anna)["mentor_message"] == []
        close_report(session, staff(session, "Jansen"), report.id, now=TUESDAY)
        assert not erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY).keeps_report
        assert own_data(session, anna)["mentor_thread"] == []

    def test_removes_an_anonymous_visitor_altogether(
        self, session: Session, engine_store: EngineStore
    ) -> None:
        visitor = add_anonymous_pupil(session, pupil(session, "Anna").school, now=MONDAY)
        live_a_little(session, visitor)
        visitor_id = visitor.id

        erase_own_data(session, visitor, engine_store=engine_store, now=TUESDAY)

        assert session.get(Pupil, visitor_id) is None
        assert session.scalars(select(Conversation)).all() == []

    def test_keeps_an_anonymous_visitor_with_an_open_notice(
        self, session: Session, engine_store: EngineStore
    ) -> None:
        visitor = add_anonymous_pupil(session, pupil(session, "Anna").school, now=MONDAY)
        session.add(SafetyNotice(pupil_id=visitor.id, kind="threat", created_at=MONDAY))

        assert erase_own_data(session, visitor, engine_store=engine_store, now=TUESDAY).keeps_notice
        assert session.get(Pupil, visitor.id) is visitor


class TestEraseFromTheChat:
    def test_lets_the_talk_go_on_without_name_or_past(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY, current_engine_id="engine-Anna")

        talk = session.get(Conversation, "talk-Anna")
        assert talk is not None
        assert talk.pupil.is_anonymous
        assert pupil_of(session, talk.engine_id) is talk.pupil
        assert [(turn.message_id, turn.text) for turn in talk.turns] == [("2", None)]
        assert own_data(session, anna)["conversation"] == []

    def test_takes_no_talk_of_another_pupil(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        erase_own_data(
            session, anna, engine_store=engine_store, now=TUESDAY, current_engine_id="engine-Bilal"
        )

        talk = session.get(Conversation, "talk-Bilal")
        assert talk is not None
        assert talk.pupil is pupil(session, "Bilal")

    def test_what_the_engine_writes_afterwards_is_erased_as_a_stray(
        self, session: Session, anna: Pupil, engine_store: EngineStore
    ) -> None:
        erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY, current_engine_id="engine-Anna")
        say_to_engine(engine_store.path, "engine-Anna")

        assert forget_strays(session, engine_store=engine_store) == 1
        assert engine_store.list_events("engine-Anna") == []
        assert engine_store.list_events("engine-Bilal") != []


def test_a_summary_goes_with_its_talk(session: Session, anna: Pupil, engine_store: EngineStore) -> None:
    erase_own_data(session, anna, engine_store=engine_store, now=TUESDAY)

    assert [summary.pupil_id for summary in session.scalars(select(Summary))] == [pupil(session, "Bilal").id]
