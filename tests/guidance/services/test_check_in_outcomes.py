"""What a check-in tells follows from the answers that are stored, not from when they were given."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from guidance import clock
from guidance.check_in_changes import ClosedCheckIn
from guidance.instruments import Instrument, get_instrument, shipped_instruments
from guidance.models.check_in import CheckInRun
from guidance.models.pupil import Pupil
from guidance.outcome_replies import outcome_replies
from guidance.services.check_in import answers_of, correct_answer, instrument_of, record_answer
from tests.guidance.check_in_answers import NEXT_DAY, Answers, answers_to, rating_for
from tests.people import MONDAY, pupil

Given = list[tuple[str, bool]]


@st.composite
def given_twice(draw: st.DrawFn, instrument: Instrument) -> tuple[Answers, Answers, Given, Given]:
    """Draw answers, what was answered at first, and two orders; what is marked was corrected later."""
    answers = draw(answers_to(instrument))
    at_first = {item: draw(rating_for(instrument, instrument.item(item))) for item in answers}
    marks = st.lists(st.booleans(), min_size=len(answers), max_size=len(answers))
    orders = [list(zip(draw(st.permutations(list(answers))), draw(marks), strict=True)) for _ in range(2)]
    return answers, at_first, *orders


def told(
    session: Session, anna: Pupil, version: str, answers: Answers, at_first: Answers, order: Given
) -> str:
    """Give answers one by one, correct those that are marked, and return the outcome as it is sent."""
    instrument = get_instrument(version)
    run = CheckInRun(pupil=anna, instrument=instrument.name, version=version, started_at=MONDAY)
    session.add(run)
    session.flush()
    for number, (item, is_corrected) in enumerate(order):
        rating, at = (at_first if is_corrected else answers)[item], MONDAY + timedelta(minutes=number)
        record_answer(
            session, run, rating, item=instrument.item(item), message_id=f"{run.id}-{number}", now=at
        )
    for number, (item, is_corrected) in enumerate(reversed(order)):
        if is_corrected:
            sent_as, at = f"{run.id}-again-{number}", MONDAY + timedelta(hours=number + 1)
            correct_answer(session, run, answers[item], item=item, message_id=sent_as, now=at)
    run.closed_at = MONDAY + timedelta(days=1)
    session.flush()
    closed = ClosedCheckIn(instrument_of(run), answers_of(run), clock.school_day(MONDAY), anna.level)
    return json.dumps([reply.as_message() for reply in outcome_replies(closed, NEXT_DAY)])


@pytest.mark.slow
@pytest.mark.parametrize("version", [instrument.version for instrument in shipped_instruments()])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_outcome_is_the_same_in_whatever_order_answers_were_given_and_corrected(
    session: Session, version: str, data: st.DataObject
) -> None:
    anna = pupil(session, "Anna")
    answers, at_first, one, other = data.draw(given_twice(get_instrument(version)))

    assert told(session, anna, version, answers, at_first, one) == told(
        session, anna, version, answers, at_first, other
    )
    session.rollback()
