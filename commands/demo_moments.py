"""What can happen to a pupil of the demo, each done by the service that does it for real."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.clock import AMSTERDAM
from guidance.content import read_content
from guidance.instruments import Item
from guidance.models.accounts import Staff
from guidance.models.check_in import CheckInRun
from guidance.models.experiences import Experience
from guidance.models.pupil import Pupil
from guidance.ratings import SKIP, UNSURE, Rating
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.check_in import close_run, instrument_of, open_item, record_answer
from guidance.services.check_in_runs import INTEREST, find_or_add_open_run
from guidance.services.experience_offers import list_offers
from guidance.services.experiences import ask_experience, confirm_experience
from guidance.services.guidance_log import record_moment
from guidance.services.saved_programmes import save_programme
from guidance.services.summary import (
    draft_summary,
    find_own_summary,
    open_summary_of_pupil,
    share_summary,
    strike_line,
)
from guidance.services.talks import mark_discussed, request_talk

SCHOOL_STARTS = time(8, 30)
MINUTES_OF_SCHOOL_DAY = 420
SECONDS_AN_ANSWER = 8
SHARE_UNSURE, SHARE_SKIPPED, SHARE_HASTY = 0.06, 0.03, 0.06
SHARE_NOTED, SHARE_STRUCK = 0.4, 0.3
LIKED, OTHER, SPREAD = 4.3, 2.4, 0.8
# How the items of the other check-ins are answered: no, doubt and yes; does not hold and holds.
OF_THREE, OF_TWO = (1, 2, 2, 3, 3, 3), (1, 2)


@dataclass(frozen=True)
class Happening:
    """Something that happens at a moment."""

    at: datetime
    play: Callable[[], None] = field(compare=False)


@dataclass(frozen=True)
class Teller:
    """Plays what happens at the school of one dean."""

    session: Session
    dean: Staff
    rng: Random

    def moment_on(self, day: date) -> datetime:
        """Return a moment in the hours of school."""
        return start_of(day) + timedelta(minutes=self.rng.randrange(MINUTES_OF_SCHOOL_DAY))

    def check_in(self, pupil: Pupil, liked: list[str], at: datetime, *, name: str = INTEREST) -> None:
        """Let a pupil do a whole check-in, some of them in haste."""
        run = find_or_add_open_run(self.session, pupil, name, now=at)
        at = self._answer(run, liked, at, items=len(instrument_of(run).items))
        close_run(self.session, run, now=at)

    def half_check_in(self, pupil: Pupil, liked: list[str], at: datetime) -> None:
        """Let a pupil stop half-way through the check-in."""
        run = find_or_add_open_run(self.session, pupil, now=at)
        self._answer(run, liked, at, items=self.rng.randint(5, 15))

    def visit(self, liked: list[str], at: datetime) -> None:
        """Let an anonymous visitor do the check-in."""
        visitor = add_anonymous_pupil(self.session, self.dean.school, now=at)
        self.check_in(visitor, liked, at)

    def _answer(self, run: CheckInRun, liked: list[str], at: datetime, *, items: int) -> datetime:
        in_haste = self.rng.random() < SHARE_HASTY
        for number in range(items):
            if not (item := open_item(run)):
                break
            at += timedelta(seconds=SECONDS_AN_ANSWER)
            rating = SKIP if in_haste and number % 2 else self._rating(item, liked)
            record_answer(self.session, run, rating, message_id=f"demo:{run.id}:{item.id}", now=at)
        return at

    def _rating(self, item: Item, liked: list[str]) -> Rating:
        chance = self.rng.random()
        if chance < SHARE_SKIPPED:
            return SKIP
        if chance < SHARE_SKIPPED + SHARE_UNSURE:
            return UNSURE
        if item.is_words:
            return Rating("words", words=self.rng.choice(read_content("demo")["own_words"][item.field]))
        if item.asks or item.right:
            return Rating("value", self.rng.choice(OF_THREE if item.asks else OF_TWO))
        middle = LIKED if item.field in liked else OTHER
        return Rating("value", min(5, max(1, round(self.rng.gauss(middle, SPREAD)))))

    def save_programme(self, pupil: Pupil, at: datetime) -> None:
        """Let a pupil keep a programme, some with a note."""
        key = self.rng.choice(read_content("demo")["programmes"][pupil.level])
        saved = save_programme(self.session, pupil, key, now=at)
        if saved.note is None and self.rng.random() < SHARE_NOTED:
            saved.note = self.rng.choice(read_content("demo")["notes"])

    def ask_talk(self, pupil: Pupil, at: datetime, *, shares: bool) -> None:
        """Let a pupil ask for a talk and share the summary or not; some strike a line of it."""
        request = request_talk(self.session, pupil, now=at)
        summary = draft_summary(self.session, request, now=at)
        if self.rng.random() < SHARE_STRUCK:
            strike_line(self.session, pupil, self.rng.choice(summary.lines).position, now=at)
        if shares:
            share_summary(self.session, pupil, now=at + timedelta(minutes=2))

    def hold_talk(self, pupil: Pupil, at: datetime) -> None:
        """Let the dean read what was shared and hold the talk."""
        self.read_summary(pupil, at)
        mark_discussed(self.session, self.dean, pupil.id, now=at + timedelta(minutes=20))

    def read_summary(self, pupil: Pupil, at: datetime) -> None:
        """Let the dean open the summary, if it was shared."""
        summary = find_own_summary(self.session, pupil)
        if summary and summary.shared_at:
            open_summary_of_pupil(self.session, self.dean, pupil.id, now=at)

    def ask_experience(self, pupil: Pupil, at: datetime, *, is_done: bool = False) -> Experience:
        """Let a pupil ask for something that the school offers, or tell that it is done."""
        offer = self.rng.choice(list_offers(self.session, pupil.school))
        message_id = f"demo:{pupil.id}:{at.isoformat()}"
        return ask_experience(self.session, pupil, offer.id, is_done=is_done, message_id=message_id, now=at)

    def have_experience(self, pupil: Pupil, at: datetime) -> None:
        """Let a pupil tell of an experience, and the teacher confirm it, mostly with a compliment."""
        experience = self.ask_experience(pupil, at, is_done=True)
        compliment = self.rng.choice(read_content("demo")["compliments"])
        confirm_experience(self.session, experience, compliment=compliment, now=at + timedelta(minutes=30))

    def note(self, kind: str, title: str, pupil: Pupil, at: datetime) -> None:
        """Let the dean log what was done for a pupil elsewhere."""
        record_moment(
            self.session,
            pupil,
            kind,
            happened_at=at,
            now=at,
            actor=str(Actor(self.dean.role, self.dean.id)),
            source_key=f"{kind}:{at.date()}",
            detail=title,
        )


def start_of(day: date) -> datetime:
    """Return when school starts on this day."""
    return datetime.combine(day, SCHOOL_STARTS, AMSTERDAM)


def on_school_day(day: date) -> date:
    """Return this day, or the Friday before when it lies in a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
