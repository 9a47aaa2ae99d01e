"""Three school years of guidance at the demo school, played in order of time through the real services."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from random import Random
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from commands.demo_moments import Happening, Teller, on_school_day, start_of
from commands.demo_school import YEARS_OF_HISTORY, Career, enter_year
from guidance import clock
from guidance.content import read_content
from guidance.models.accounts import Staff
from guidance.models.mail import OutboxMail
from guidance.on_time import deadline, expected_exam_year
from guidance.services.check_in_runs import COMPETENCE, EXPECTATION

# Months with few holidays, all of them before the exams.
BUSY_MONTHS = (9, 11, 1, 3)
DAYS_MAIL_IS_KEPT = 30
# How long ago the things began that are still open: long enough for a dean to have looked since.
DAYS_AGO = (4, 12)
FIRST_LEERJAAR = 3
VISITORS_A_YEAR = 4
# The stories of those whose talk is asked for and not held yet.
WAITING = ("asked", "shared", "seen")
FIELDS = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")
# How often something is done in a year in which a pupil is reached.
CHECK_INS, TALKS, EVENTS, EXPERIENCES = 0.75, 0.45, 0.3, 0.25
# How many who did the interest check-in do another one after it.
OTHER_CHECK_INS = 0.4
# How many of the pupils reached on time are reached again in a later year, and of the others after all.
AGAIN, AFTER_ALL = 0.5, 0.8
SHARED = 0.85


def tell_history(session: Session, dean: Staff, careers: list[Career], *, today: date) -> None:
    """Play what happened at the school of this dean up to yesterday, one school year after the other."""
    teller = Teller(session, dean, Random(f"{read_content('demo')['seed']} history"))
    past = [one for one in Plans(teller, careers, today).all() if clock.school_day(one.at) < today]
    present = clock.school_year(today)
    for year, of_year in groupby(sorted(past, key=_moment), key=_year):
        _enter(session, careers, year, present)
        for happening in of_year:
            happening.play()
    _enter(session, careers, present, present)
    _settle_mail(session, dean, today)


def _moment(happening: Happening) -> datetime:
    return happening.at


def _year(happening: Happening) -> int:
    return clock.school_year(clock.school_day(happening.at))


def _enter(session: Session, careers: Iterable[Career], year: int, present: int) -> None:
    """Put everyone on the roster as it was: a moment is logged with the exam year expected then."""
    for career in careers:
        enter_year(session, career, year, present=present)


def _settle_mail(session: Session, dean: Staff, today: date) -> None:
    """Leave the mail as the nights since would have: sent, and gone after its term."""
    session.flush()
    mails = OutboxMail.school_id == dean.school_id
    kept_from = start_of(today - timedelta(days=DAYS_MAIL_IS_KEPT))
    session.execute(delete(OutboxMail).where(mails, OutboxMail.written_at < kept_from))
    session.execute(update(OutboxMail).where(mails).values(sent_at=OutboxMail.written_at))


@dataclass(frozen=True)
class Plans:
    """What happens to whom and when, before it is played; some of it lies after today."""

    teller: Teller
    careers: list[Career]
    today: date

    @property
    def present(self) -> int:
        return clock.school_year(self.today)

    @property
    def rng(self) -> Random:
        return self.teller.rng

    @property
    def years(self) -> range:
        return range(self.present - YEARS_OF_HISTORY + 1, self.present + 1)

    def all(self) -> Iterator[Happening]:
        """Return every happening of the three school years, in no order."""
        for career in self.careers:
            liked = [*self.rng.sample(FIELDS, 2), *self.rng.choices(["teaching", "other"])]
            for year in self.years:
                if self._is_reached(career, year):
                    yield from self._year(career, liked, year)
            yield from self._lately(career, liked)
        for year in self.years:
            yield from self._visits(year)

    def _is_reached(self, career: Career, year: int) -> bool:
        """Say whether the school does something for this pupil in a year, by its story."""
        level, leerjaar = career.place_in(year, present=self.present)
        if leerjaar < FIRST_LEERJAAR or career.story in ("nothing", "never", "halfway"):
            return False
        in_time = deadline(expected_exam_year(level, leerjaar, year)).day >= date(year + 1, 4, 1)
        if career.story == "late":
            return not in_time and self.rng.random() < AFTER_ALL
        return in_time or self.rng.random() < AGAIN

    def _year(self, career: Career, liked: list[str], year: int) -> Iterator[Happening]:
        chance, pupil = self.rng.random, career.pupil
        is_checked = chance() < CHECK_INS
        if is_checked:
            yield from self._check_in(career, liked, year)
        if not is_checked or chance() < EVENTS:
            yield self._event(career, year)
        if chance() < EXPERIENCES:
            yield self._on(self._school_day(year), partial(self.teller.have_experience, pupil))

    def _check_in(self, career: Career, liked: list[str], year: int) -> Iterator[Happening]:
        """Return a check-in, what the pupil saves after it, and a talk that may follow."""
        teller, pupil, day = self.teller, career.pupil, self._school_day(year)
        yield self._on(day, partial(teller.check_in, pupil, liked))
        for name in (COMPETENCE, EXPECTATION):
            if self.rng.random() < OTHER_CHECK_INS:
                later = on_school_day(day + timedelta(days=self.rng.randint(1, 20)))
                yield self._on(later, partial(teller.check_in, pupil, liked, name=name))
        for _ in range(self.rng.choice([0, 0, 1, 2, 3])):
            yield self._on(day + timedelta(days=1), partial(teller.save_programme, pupil))
        # Who waits for a talk now has had none, or an old one would close the new request.
        if career.story not in WAITING and self.rng.random() < TALKS:
            asked = on_school_day(day + timedelta(days=self.rng.randint(3, 6)))
            shares = self.rng.random() < SHARED
            yield self._on(asked, partial(teller.ask_talk, pupil, shares=shares))
            yield self._on(asked + timedelta(days=7), partial(teller.hold_talk, pupil))

    def _event(self, career: Career, year: int) -> Happening:
        title = self.rng.choice(read_content("demo")["events"])
        # Everyone who goes is there on the same day.
        day = self._school_day(year, Random(f"{title} {year}"))
        return self._on(day, partial(self.teller.note, "event_attended", title, career.pupil))

    def _lately(self, career: Career, liked: list[str]) -> Iterator[Happening]:
        """Return what is still open today, whatever the time of year."""
        teller, pupil = self.teller, career.pupil
        day = on_school_day(self.today - timedelta(days=self.rng.randint(*DAYS_AGO)))
        if career.story == "halfway":
            yield self._on(day, partial(teller.half_check_in, pupil, liked))
        if career.story not in WAITING:
            return
        yield self._on(on_school_day(day - timedelta(days=7)), partial(teller.check_in, pupil, liked))
        yield self._on(on_school_day(day - timedelta(days=4)), partial(teller.save_programme, pupil))
        yield self._on(day, partial(teller.ask_talk, pupil, shares=career.story != "asked"))
        if career.story != "shared":
            yield self._on(day, partial(teller.ask_experience, pupil))
        if career.story == "seen":
            yield self._on(on_school_day(day + timedelta(days=3)), partial(teller.read_summary, pupil))

    def _visits(self, year: int) -> Iterator[Happening]:
        for _ in range(VISITORS_A_YEAR):
            liked = self.rng.sample(FIELDS, 2)
            yield self._on(self._school_day(year), partial(self.teller.visit, liked))

    def _school_day(self, year: int, rng: Random | None = None) -> date:
        rng = rng or self.rng
        month = rng.choice(BUSY_MONTHS)
        return on_school_day(date(year if month >= 8 else year + 1, month, rng.randint(10, 27)))

    def _on(self, day: date, play: Any) -> Happening:
        at = self.teller.moment_on(day)
        return Happening(at, partial(play, at))
