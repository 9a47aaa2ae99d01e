from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from guidance.errors import NotFound
from guidance.instruments import get_instrument
from guidance.models.check_in import Answer, CheckInRun
from guidance.models.pupil import Pupil
from guidance.ratings import SKIP, UNSURE, Rating
from guidance.riasec import InterestType
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.reliability import FieldReliability, list_reliability
from tests.people import MONDAY, pupil, staff

SHORT = get_instrument("interest-short-1")
SOCIAL = [item.id for item in SHORT.items_of("social")]


def add_pupils(session: Session, count: int) -> list[Pupil]:
    """Add pupils to Anna's school."""
    school = pupil(session, "Anna").school_id
    added = [
        Pupil(school_id=school, first_name="Noor", code_digest=f"code {one}", created_at=MONDAY)
        for one in range(count)
    ]
    session.add_all(added)
    session.flush()
    return added


def add_run(
    session: Session, pupil: Pupil, social: list[Rating], *, closed_at: datetime | None = MONDAY
) -> CheckInRun:
    """Add a run in which the three social items have these ratings, and the others a 3."""
    run = CheckInRun(
        pupil=pupil, instrument="interest", version=SHORT.version, started_at=MONDAY, closed_at=closed_at
    )
    given = {item.id: Rating("value", 3) for item in SHORT.items} | dict(zip(SOCIAL, social, strict=True))
    run.answers = [
        Answer(
            item=item,
            kind=rating.kind,
            value=rating.value,
            message_id=f"{pupil.id} {closed_at} {item}",
            given_at=MONDAY,
        )
        for item, rating in given.items()
    ]
    session.add(run)
    session.flush()
    return run


def values(*numbers: int) -> list[Rating]:
    return [Rating("value", number) for number in numbers]


def answer_in_turn(session: Session, pupils: list[Pupil]) -> None:
    """Let the pupils give 1, 2, 3, 4 or 5 to all three social items, so that alpha is 1."""
    for number, one in enumerate(pupils):
        add_run(session, one, values(*[number % 5 + 1] * 3))


def social_of(session: Session, dean: str = "De Vries") -> FieldReliability:
    (short,) = list_reliability(session, staff(session, dean))
    return next(row for row in short.fields if row.field == "social")


class TestListReliability:
    def test_is_empty_before_the_first_closed_check_in(self, session: Session) -> None:
        add_run(session, pupil(session, "Anna"), values(4, 4, 4), closed_at=None)

        assert list_reliability(session, staff(session, "De Vries")) == []

    def test_gives_alpha_from_thirty_complete_answers(self, session: Session) -> None:
        answer_in_turn(session, add_pupils(session, 30))

        assert social_of(session) == FieldReliability("social", items=3, complete=30, alpha=Fraction(1))

    def test_gives_only_a_count_below_thirty(self, session: Session) -> None:
        answer_in_turn(session, add_pupils(session, 29))

        assert social_of(session) == FieldReliability("social", items=3, complete=29, alpha=None)
        assert not social_of(session).is_shown

    def test_has_no_alpha_where_nobody_differs(self, session: Session) -> None:
        answer_in_turn(session, add_pupils(session, 30))
        (short,) = list_reliability(session, staff(session, "De Vries"))

        assert {row.alpha for row in short.fields if row.field != "social"} == {None}
        assert all(row.is_shown for row in short.fields)

    @pytest.mark.parametrize("missing", [UNSURE, SKIP], ids=["unsure", "skipped"])
    def test_counts_complete_answers_only(self, session: Session, missing: Rating) -> None:
        add_run(session, pupil(session, "Anna"), [*values(4, 4), missing])
        add_run(session, pupil(session, "Bilal"), values(4, 4, 5))

        assert social_of(session).complete == 1

    def test_takes_the_newest_closed_run_of_a_pupil(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        add_run(session, anna, [UNSURE, *values(4, 4)], closed_at=MONDAY)
        add_run(session, anna, values(4, 4, 4), closed_at=MONDAY - timedelta(days=300))
        add_run(session, anna, values(4, 4, 4), closed_at=None)

        assert social_of(session).complete == 0

    def test_takes_the_newest_version_of_an_answer(self, session: Session) -> None:
        run = add_run(session, pupil(session, "Anna"), values(4, 4, 4))
        corrected = Answer(item=SOCIAL[0], version=2, kind="unsure", message_id="later", given_at=MONDAY)
        run.answers.append(corrected)
        session.flush()

        assert social_of(session).complete == 0

    def test_leaves_out_anonymous_visitors(self, session: Session) -> None:
        visitor = add_anonymous_pupil(session, pupil(session, "Anna").school, now=MONDAY)
        add_run(session, visitor, values(4, 4, 4))

        assert list_reliability(session, staff(session, "De Vries")) == []

    def test_shows_another_school_nothing(self, session: Session) -> None:
        answer_in_turn(session, add_pupils(session, 30))

        assert list_reliability(session, staff(session, "Smit")) == []

    def test_is_refused_to_another_role(self, session: Session) -> None:
        with pytest.raises(NotFound):
            list_reliability(session, staff(session, "Jansen"))

    def test_measures_the_six_fields_and_not_the_items_about_teaching(self, session: Session) -> None:
        add_run(session, pupil(session, "Anna"), values(4, 4, 4))
        (short,) = list_reliability(session, staff(session, "De Vries"))

        assert {row.field for row in short.fields} == set(InterestType)

    def test_asks_the_database_the_same_number_of_questions_for_any_school(self, session: Session) -> None:
        def queries() -> int:
            asked: list[str] = []
            session.expire_all()
            dean = staff(session, "De Vries")
            event.listen(session.bind, "before_cursor_execute", lambda *call: asked.append(call[2]))
            list_reliability(session, dean)
            return len(asked)

        few = queries()
        answer_in_turn(session, add_pupils(session, 12))

        assert queries() == few
