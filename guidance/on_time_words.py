"""Home of a verdict in words: since when, by which moment, and what the limit is."""

from dataclasses import dataclass

from guidance.dutch_dates import plain_day
from guidance.errors import NotFound
from guidance.instruments import get_instrument
from guidance.on_time import OnTime, State
from guidance.wording import render


@dataclass(frozen=True)
class FirstMoment:
    """The first moment of a pupil that counts: its kind, and of a check-in which one, when that is known."""

    kind: str
    check_in: str | None = None

    @property
    def in_words(self) -> str:
        return render(f"on_time.kinds.{self.kind}", check_in=_title(self.check_in))


def verdict_in_words(verdict: OnTime, first: FirstMoment | None) -> str:
    """Explain one verdict in two or three sentences."""
    moment = first.in_words if first else ""
    limit, day = verdict.deadline, verdict.first_day
    if verdict.state is State.ON_TIME and day:
        said = render("on_time.on_time", first=plain_day(day), moment=moment)
    elif verdict.state is State.STILL_OPEN:
        said = render("on_time.still_open", weeks=verdict.weeks_left)
    elif day:
        said = render("on_time.late", first=plain_day(day), moment=moment, days=(day - limit.day).days)
    else:
        said = render("on_time.never")
    return f"{said} {render('on_time.limit', limit=plain_day(limit.day), is_provisional=limit.provisional)}"


def _title(check_in: str | None) -> str:
    """Return the title of a check-in in small letters, empty for one that is not known any more."""
    try:
        return get_instrument(check_in).title.lower() if check_in else ""
    except NotFound:
        return ""
