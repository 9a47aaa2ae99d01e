"""Home of the outcome of any check-in as messages, and of what changed since an earlier one."""

from datetime import date

from guidance.check_in_changes import ClosedCheckIn, change_in_words
from guidance.competence_outcome import competence_outcome
from guidance.competence_outcome_replies import competence_replies
from guidance.expectation_outcome import expectation_outcome
from guidance.expectation_outcome_replies import expectation_replies
from guidance.interest_outcome import interest_outcome
from guidance.interest_outcome_replies import interest_replies
from guidance.replies import Reply


def outcome_replies(
    closed: ClosedCheckIn, next_day: date, earlier: ClosedCheckIn | None = None
) -> list[Reply]:
    """Tell the outcome of a closed check-in; an earlier one only comes after it, as change in words."""
    told = _told(closed, next_day)
    if earlier is None:
        return told
    # The next step stays the last thing said.
    return [*told[:-1], Reply(change_in_words(closed, earlier)), told[-1]]


def _told(closed: ClosedCheckIn, next_day: date) -> list[Reply]:
    instrument, answers = closed.instrument, closed.answers
    if instrument.name == "competence":
        return competence_replies(competence_outcome(instrument, answers), next_day)
    if instrument.name == "expectation":
        return expectation_replies(expectation_outcome(instrument, answers), next_day)
    return interest_replies(interest_outcome(instrument, answers, closed.level), next_day)
