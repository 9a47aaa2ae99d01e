from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from guidance.errors import NotFound
from guidance.models.pupil import Pupil
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.guidance_log import record_moment
from guidance.services.pupils import (
    Cohort,
    cohorts_of,
    get_pupil_of_dean,
    list_classes,
    list_pupils_of_dean,
    waiting_longest_first,
)
from guidance.services.summary import draft_summary, open_summary_of_pupil, share_summary
from guidance.services.talks import mark_discussed, request_talk
from tests.people import MONDAY, pupil, staff

TODAY = MONDAY.date()


def names(session: Session, dean: str = "De Vries", **filters: str) -> list[str | None]:
    rows = list_pupils_of_dean(session, staff(session, dean), today=TODAY, **filters)
    return [row.pupil.first_name for row in rows]


def add_pupil(session: Session, first_name: str, **known: object) -> Pupil:
    anna = pupil(session, "Anna")
    values = {
        "class_name": "h3b",
        "level": "havo",
        "leerjaar": 3,
        "exam_year": 2029,
        "surname": "Bos",
    } | known
    added = Pupil(
        school_id=anna.school_id,
        first_name=first_name,
        code_digest=f"code of {first_name}",
        created_at=MONDAY,
        **values,
    )
    session.add(added)
    session.flush()
    return added


class TestGetPupilOfDean:
    def test_returns_a_pupil_of_the_own_school(self, session: Session) -> None:
        anna = pupil(session, "Anna")

        assert get_pupil_of_dean(session, staff(session, "De Vries"), anna.id) is anna

    @pytest.mark.parametrize("name", ["Smit", "Jansen"], ids=["another school", "another role"])
    def test_finds_nothing_for_others(self, session: Session, name: str) -> None:
        with pytest.raises(NotFound):
            get_pupil_of_dean(session, staff(session, name), pupil(session, "Anna").id)

    def test_finds_no_anonymous_visitor(self, session: Session) -> None:
        visitor = add_anonymous_pupil(session, pupil(session, "Anna").school, now=MONDAY)

        with pytest.raises(NotFound):
            get_pupil_of_dean(session, staff(session, "De Vries"), visitor.id)


class TestListPupilsOfDean:
    def test_lists_the_roster_of_the_own_school_only(self, session: Session) -> None:
        assert names(session) == ["Anna", "Bilal"]
        assert names(session, "Smit") == []

    def test_leaves_out_who_is_anonymous_and_who_left(self, session: Session) -> None:
        add_anonymous_pupil(session, pupil(session, "Anna").school, now=MONDAY)
        pupil(session, "Bilal").left_on = TODAY

        assert names(session) == ["Anna"]

    def test_is_refused_to_another_role(self, session: Session) -> None:
        for listing in (list_classes, lambda *a: list_pupils_of_dean(*a, today=TODAY)):
            with pytest.raises(NotFound):
                listing(session, staff(session, "Jansen"))

    def test_puts_a_talk_first_then_fewest_weeks_then_the_name(self, session: Session) -> None:
        add_pupil(session, "Zoë", exam_year=2030)
        add_pupil(session, "Chris")
        add_pupil(session, "Ömer")
        request_talk(session, pupil(session, "Bilal"), now=MONDAY)

        assert names(session) == ["Bilal", "Anna", "Chris", "Ömer", "Zoë"]

    def test_puts_who_waits_longest_for_a_talk_first(self, session: Session) -> None:
        request_talk(session, pupil(session, "Anna"), now=MONDAY)
        request_talk(session, add_pupil(session, "Zoë", exam_year=2030), now=MONDAY - timedelta(days=2))

        assert names(session) == ["Zoë", "Anna", "Bilal"]

    def test_puts_who_can_still_be_reached_before_who_was(self, session: Session) -> None:
        record_moment(
            session,
            pupil(session, "Anna"),
            "check_in_completed",
            happened_at=MONDAY,
            now=MONDAY,
            actor="pupil:1",
            source_key="check_in_run:1",
        )
        add_pupil(session, "Chris")
        add_pupil(session, "Dana", exam_year=None)

        assert names(session) == ["Chris", "Bilal", "Anna", "Dana"]

    @pytest.mark.parametrize("typed", ["zoe", "ZOË", "  zoë   bos ", "oë b", "bos"])
    def test_finds_a_name_however_it_is_typed(self, session: Session, typed: str) -> None:
        add_pupil(session, "Zoë")

        assert names(session, name=typed) == ["Zoë"]

    def test_lists_one_class(self, session: Session) -> None:
        assert names(session, class_name="v5a") == ["Bilal"]

    def test_shows_what_became_of_the_last_talk(self, session: Session) -> None:
        anna, dean = pupil(session, "Anna"), staff(session, "De Vries")
        draft_summary(session, request_talk(session, anna, now=MONDAY), now=MONDAY)
        share_summary(session, anna, now=MONDAY)
        open_summary_of_pupil(session, dean, anna.id, now=MONDAY)
        before = list_pupils_of_dean(session, dean, today=TODAY)[0]

        mark_discussed(session, dean, anna.id, now=MONDAY)
        after = list_pupils_of_dean(session, dean, today=TODAY, name="Anna")[0]

        assert before.standing == "talk_asked"
        assert before.talk
        assert before.talk.seen_at == MONDAY
        assert after.waiting_since is None
        assert after.standing == "on_time"

    def test_asks_the_database_the_same_number_of_questions_for_any_school(self, session: Session) -> None:
        def queries() -> int:
            asked: list[str] = []
            session.expire_all()
            dean = staff(session, "De Vries")
            event.listen(session.bind, "before_cursor_execute", lambda *call: asked.append(call[2]))
            list_pupils_of_dean(session, dean, today=TODAY)
            return len(asked)

        few = queries()
        for number in range(50):
            request_talk(session, add_pupil(session, f"Leerling {number}"), now=MONDAY)

        assert queries() == few


class TestListClasses:
    def test_names_each_class_once(self, session: Session) -> None:
        add_pupil(session, "Chris", class_name="h3a")
        add_pupil(session, "Dana", class_name=None)

        assert list_classes(session, staff(session, "De Vries")) == ["h3a", "v5a"]


class TestRowsTogether:
    def test_count_per_exam_year(self, session: Session) -> None:
        add_pupil(session, "Chris")
        add_pupil(session, "Dana", exam_year=None)
        rows = list_pupils_of_dean(session, staff(session, "De Vries"), today=TODAY)

        assert cohorts_of(rows) == [
            Cohort(2028, on_time=0, still_open=0, too_late=1),
            Cohort(2029, on_time=0, still_open=2, too_late=0),
        ]
        assert [cohort.pupils for cohort in cohorts_of(rows)] == [1, 2]

    def test_name_who_waits_longest_first(self, session: Session) -> None:
        request_talk(session, pupil(session, "Anna"), now=MONDAY)
        request_talk(session, pupil(session, "Bilal"), now=MONDAY - timedelta(days=2))
        rows = list_pupils_of_dean(session, staff(session, "De Vries"), today=date(2026, 11, 23))

        assert [row.pupil.first_name for row in waiting_longest_first(rows)] == ["Bilal", "Anna"]
