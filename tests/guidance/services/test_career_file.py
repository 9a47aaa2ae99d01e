"""The career file of a pupil: gathered from what was done, written in, and seen by nobody else."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.career_competencies import CareerCompetency
from guidance.career_file import CareerFile, FileLine
from guidance.errors import (
    CareerFileFull,
    DangerInText,
    GuidanceError,
    NotFound,
    SignInNeeded,
    WordsEmpty,
    WordsTooLong,
)
from guidance.models.career_file import CareerFileEntry, CareerFileLine
from guidance.models.check_in import Answer, CheckInRun
from guidance.models.pupil import Pupil
from guidance.models.safety import SafetyNotice
from guidance.services import career_file as service
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.career_file import (
    add_entry,
    career_file_of,
    change_entry,
    erase_entry,
    forget_wording,
    leave_out_line,
    remove_entry,
    restore_entry,
    restore_line,
    reword_line,
)
from guidance.services.experiences import ask_experience, confirm_experience
from guidance.services.guidance_log import record_moment, record_school_moment
from guidance.services.knowledge import Question, answer_question
from guidance.services.saved_programmes import save_programme
from guidance.services.talks import mark_discussed, request_talk
from tests.guidance.career_facts import right_but, values
from tests.guidance.services.test_experience_offers import add as add_experience_offer
from tests.people import MONDAY, pupil, staff

MOTIVES, QUALITIES, EXPLORATION, DIRECTION, NETWORKING = CareerCompetency
TODAY = date(2026, 11, 23)
PABO = "00ic-34808-zwolle"


def closed_run(session: Session, someone: Pupil, name: str, at: datetime, **answers: int) -> CheckInRun:
    """Add a check-in that was closed with an outcome."""
    version = {"interest": "interest-short-1"}.get(name, f"{name}-1")
    run = CheckInRun(
        pupil=someone, instrument=name, version=version, started_at=at, closed_at=at, completed_at=at
    )
    given = right_but(*answers) if name == "expectation" else values(name, answers, others=2)
    run.answers = [
        Answer(
            item=item,
            kind=one.kind,
            value=one.value,
            message_id=f"{someone.id}-{name}-{at}-{item}",
            given_at=at,
        )
        for item, one in given.items()
    ]
    session.add(run)
    session.flush()
    return run


def texts(file: CareerFile, section: CareerCompetency) -> list[str]:
    found = file.section(section)
    return [one.text for one in found.lines] + [entry.text for entry in found.entries]


def file_of(session: Session, someone: Pupil) -> CareerFile:
    return career_file_of(session, someone, today=TODAY)


def line_of(session: Session, someone: Pupil, kind: str) -> FileLine:
    (found,) = (
        one
        for section in file_of(session, someone).sections
        for one in (*section.lines, *section.left_out)
        if one.line.kind == kind
    )
    return found


@pytest.fixture
def anna(session: Session) -> Pupil:
    return pupil(session, "Anna")


@pytest.fixture
def entry(session: Session, anna: Pupil) -> CareerFileEntry:
    return add_entry(session, anna, QUALITIES, "Ik kan goed luisteren.", form_id="f1", now=MONDAY)


def log(session: Session, someone: Pupil, kind: str, detail: str | None) -> None:
    record_moment(
        session,
        someone,
        kind,
        happened_at=MONDAY - timedelta(days=3),
        now=MONDAY,
        actor="dean:1",
        source_key=f"{kind}:1",
        detail=detail,
    )


def have_experience(session: Session, someone: Pupil, title: str) -> None:
    offer = add_experience_offer(session, title=title)
    asked = ask_experience(session, someone, offer.id, is_done=True, message_id=title, now=MONDAY)
    confirm_experience(session, asked, compliment="Wat legde je goed uit.", now=MONDAY)


def do_everything(session: Session, someone: Pupil) -> list[Callable[[], object]]:
    """Return what a pupil can do, each with a time of its own."""
    return [
        lambda: closed_run(session, someone, "interest", MONDAY, social=5),
        lambda: closed_run(session, someone, "expectation", MONDAY, share_at_school=1),
        lambda: save_programme(session, someone, PABO, now=MONDAY),
        lambda: request_talk(session, someone, now=MONDAY),
        lambda: have_experience(session, someone, "Lezen met groep 4"),
        lambda: log(session, someone, "event_attended", "Open dag"),
    ]


class TestCareerFileOf:
    def test_gathers_what_was_done_by_section(self, session: Session, anna: Pupil) -> None:
        for act in do_everything(session, anna):
            act()

        file = file_of(session, anna)

        assert texts(file, MOTIVES)[0] == "Dit vind ik het leukst: mensen helpen."
        assert texts(file, EXPLORATION)[:2] == [
            "Lezen met groep 4. Dat heb ik gedaan.",
            "Open dag. Daar was ik bij.",
        ]
        assert texts(file, EXPLORATION)[2].startswith("Anders dan ik dacht. ")
        assert any("Wat legde je goed uit." in text for text in texts(file, QUALITIES))
        assert len(texts(file, DIRECTION)) == 2
        assert texts(file, NETWORKING) == ["Ik vroeg op 23 november 2026 een gesprek aan met De Vries."]

    def test_is_the_same_in_whatever_order_things_were_stored(self, session: Session, anna: Pupil) -> None:
        files = set()
        for order in list(permutations(range(6)))[::90]:
            with session.begin_nested() as savepoint:
                acts = do_everything(session, anna)
                for number in order:
                    acts[number]()
                file = file_of(session, anna)
                files.add(tuple(tuple(texts(file, one)) for one in CareerCompetency))
                savepoint.rollback()
            session.expire_all()

        assert len(files) == 1

    def test_names_the_row_of_every_line(self, session: Session, anna: Pupil) -> None:
        run = closed_run(session, anna, "interest", MONDAY, social=5)
        request = request_talk(session, anna, now=MONDAY)

        assert line_of(session, anna, "strongest").line.sources == (f"check_in_run:{run.id}",)
        assert line_of(session, anna, "talk_asked").line.sources == (f"talk_request:{request.id}",)
        assert set(line_of(session, anna, "next_step").line.sources) == {
            f"pupil:{anna.id}",
            f"check_in_run:{run.id}",
            f"talk_request:{request.id}",
        }

    def test_tells_a_talk_that_was_held_and_with_whom(self, session: Session, anna: Pupil) -> None:
        request_talk(session, anna, now=MONDAY)
        mark_discussed(session, staff(session, "De Vries"), anna.id, now=MONDAY)

        assert texts(file_of(session, anna), NETWORKING) == ["Ik sprak op 23 november 2026 met De Vries."]

    def test_holds_nothing_of_safety_or_of_topics_asked_about(self, session: Session, anna: Pupil) -> None:
        before = file_of(session, anna)
        session.add(SafetyNotice(pupil_id=anna.id, kind="abuse", created_at=MONDAY, words="thuis"))
        answer_question(session, anna, Question("ask_salary"), message_id="q1", now=MONDAY)
        session.flush()

        assert file_of(session, anna) == before

    def test_holds_nothing_of_the_school_as_a_whole(self, session: Session, anna: Pupil) -> None:
        before = file_of(session, anna)
        record_school_moment(
            session,
            anna.school,
            "event_attended",
            happened_at=MONDAY,
            now=MONDAY,
            actor="dean:1",
            source_key="event:1",
            detail="Open dag",
        )

        assert file_of(session, anna) == before

    def test_asks_who_is_anonymous_to_sign_in(self, session: Session, anna: Pupil) -> None:
        visitor = add_anonymous_pupil(session, anna.school, now=MONDAY)

        with pytest.raises(SignInNeeded):
            file_of(session, visitor)


class TestAddEntry:
    def test_keeps_what_was_written_without_personal_data(self, session: Session, anna: Pupil) -> None:
        text = "Bel me op 06-12345678, zei meneer De Vries."

        entry = add_entry(session, anna, NETWORKING, text, form_id="f1", now=MONDAY)

        assert "06-12345678" not in entry.text
        assert "De Vries" in entry.text
        assert texts(file_of(session, anna), NETWORKING) == [entry.text]

    def test_adds_a_form_that_was_sent_twice_once(self, session: Session, anna: Pupil) -> None:
        first = add_entry(session, anna, MOTIVES, "Ik zwem.", form_id="f1", now=MONDAY)

        assert add_entry(session, anna, MOTIVES, "Ik zwem.", form_id="f1", now=MONDAY) is first
        assert add_entry(session, pupil(session, "Bilal"), MOTIVES, "Ik zwem.", form_id="f1", now=MONDAY)

    @pytest.mark.parametrize(
        ("text", "failure"),
        [
            ("", WordsEmpty),
            (" \n\u200b ", WordsEmpty),
            ("a" * 501, WordsTooLong),
            ("ik wil niet meer leven", DangerInText),
        ],
        ids=["empty", "blank", "too long", "danger"],
    )
    def test_leaves_all_as_it_was_for_a_text_it_cannot_keep(
        self, session: Session, anna: Pupil, text: str, failure: type[GuidanceError]
    ) -> None:
        with pytest.raises(failure):
            add_entry(session, anna, MOTIVES, text, form_id="f1", now=MONDAY)

        assert session.scalars(select(CareerFileEntry)).all() == []

    def test_takes_no_more_than_fit(
        self, session: Session, anna: Pupil, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "MOST_ENTRIES", 1)
        add_entry(session, anna, MOTIVES, "Ik zwem.", form_id="f1", now=MONDAY)

        with pytest.raises(CareerFileFull):
            add_entry(session, anna, MOTIVES, "Ik fiets.", form_id="f2", now=MONDAY)

    def test_refuses_who_is_anonymous(self, session: Session, anna: Pupil) -> None:
        visitor = add_anonymous_pupil(session, anna.school, now=MONDAY)

        with pytest.raises(SignInNeeded):
            add_entry(session, visitor, MOTIVES, "Ik zwem.", form_id="f1", now=MONDAY)


class TestAnEntry:
    def test_is_said_otherwise(self, session: Session, anna: Pupil, entry: CareerFileEntry) -> None:
        change_entry(session, anna, entry.id, "Ik luister goed.", now=MONDAY)

        assert (entry.text, entry.changed_at) == ("Ik luister goed.", MONDAY)
        with pytest.raises(WordsEmpty):
            change_entry(session, anna, entry.id, " ", now=MONDAY)
        assert entry.text == "Ik luister goed."

    def test_is_removed_and_put_back(self, session: Session, anna: Pupil, entry: CareerFileEntry) -> None:
        remove_entry(session, anna, entry.id, now=MONDAY)
        remove_entry(session, anna, entry.id, now=MONDAY + timedelta(days=1))
        removed = file_of(session, anna).section(QUALITIES)
        assert (removed.entries, [one.id for one in removed.removed]) == ((), [entry.id])
        assert entry.removed_at == MONDAY

        restore_entry(session, anna, entry.id)

        assert texts(file_of(session, anna), QUALITIES) == ["Ik kan goed luisteren."]

    def test_is_erased_once_it_was_removed(
        self, session: Session, anna: Pupil, entry: CareerFileEntry
    ) -> None:
        with pytest.raises(NotFound):
            erase_entry(session, anna, entry.id)
        remove_entry(session, anna, entry.id, now=MONDAY)

        assert erase_entry(session, pupil(session, "Bilal"), entry.id) is None
        assert erase_entry(session, anna, entry.id) == QUALITIES
        assert erase_entry(session, anna, entry.id) is None
        assert session.scalars(select(CareerFileEntry)).all() == []

    @pytest.mark.parametrize("who", ["Bilal", "visitor"])
    def test_is_not_there_for_another_pupil(
        self, session: Session, anna: Pupil, entry: CareerFileEntry, who: str
    ) -> None:
        other = add_anonymous_pupil(session, anna.school, now=MONDAY) if who == "visitor" else None
        for act in (
            lambda: change_entry(session, other or pupil(session, who), entry.id, "Nee.", now=MONDAY),
            lambda: remove_entry(session, other or pupil(session, who), entry.id, now=MONDAY),
            lambda: restore_entry(session, other or pupil(session, who), entry.id),
        ):
            with pytest.raises((NotFound, SignInNeeded)):
                act()
        assert (entry.text, entry.removed_at) == ("Ik kan goed luisteren.", None)
        assert "luisteren" not in str(file_of(session, pupil(session, "Bilal")))


class TestALine:
    @pytest.fixture
    def key(self, session: Session, anna: Pupil) -> str:
        closed_run(session, anna, "interest", MONDAY, social=5)
        return line_of(session, anna, "strongest").line.key

    def test_is_said_in_own_words_and_put_back(self, session: Session, anna: Pupil, key: str) -> None:
        reword_line(session, anna, key, "Ik help graag.", now=MONDAY)
        reword_line(session, anna, key, "Ik help heel graag.", now=MONDAY)
        assert line_of(session, anna, "strongest").text == "Ik help heel graag."

        for _ in range(2):
            assert forget_wording(session, anna, key, now=MONDAY) == MOTIVES

        assert line_of(session, anna, "strongest").words is None
        assert session.scalars(select(CareerFileLine)).all() == []

    def test_is_left_out_and_put_back_as_it_was_said(self, session: Session, anna: Pupil, key: str) -> None:
        reword_line(session, anna, key, "Ik help graag.", now=MONDAY)
        leave_out_line(session, anna, key, now=MONDAY)
        leave_out_line(session, anna, key, now=MONDAY)
        assert [one.text for one in file_of(session, anna).section(MOTIVES).left_out] == ["Ik help graag."]

        for _ in range(2):
            assert restore_line(session, anna, key, now=MONDAY) == MOTIVES

        assert line_of(session, anna, "strongest").text == "Ik help graag."
        assert file_of(session, anna).section(MOTIVES).left_out == ()

    def test_keeps_own_words_after_a_newer_check(self, session: Session, anna: Pupil, key: str) -> None:
        reword_line(session, anna, key, "Ik help graag.", now=MONDAY)
        closed_run(session, anna, "interest", MONDAY + timedelta(days=1), realistic=5)

        told = texts(file_of(session, anna), MOTIVES)

        assert told[0] == "Dit vind ik het leukst: doen en maken."
        assert told[-1] == "Ik help graag."

    @pytest.mark.parametrize("text", ["", "a" * 501], ids=["empty", "too long"])
    def test_stays_as_it_was_for_words_that_cannot_be_kept(
        self, session: Session, anna: Pupil, key: str, text: str
    ) -> None:
        with pytest.raises((WordsEmpty, WordsTooLong)):
            reword_line(session, anna, key, text, now=MONDAY)

        assert line_of(session, anna, "strongest").words is None

    def test_is_only_of_who_did_it(self, session: Session, anna: Pupil, key: str) -> None:
        bilal = pupil(session, "Bilal")
        for act in (
            lambda: reword_line(session, bilal, key, "Nee.", now=MONDAY),
            lambda: leave_out_line(session, bilal, key, now=MONDAY),
            lambda: restore_line(session, bilal, key, now=MONDAY),
            lambda: forget_wording(session, bilal, key, now=MONDAY),
            lambda: reword_line(session, anna, "check_in_run:999:strongest", "Nee.", now=MONDAY),
        ):
            with pytest.raises(NotFound):
                act()
        assert session.scalars(select(CareerFileLine)).all() == []
