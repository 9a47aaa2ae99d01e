"""Home of who asks: what is known of a pupil, from the message, the talk so far and the roster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from guidance.admission import Applicant, applicant_of
from guidance.clock import school_year
from guidance.exam_subjects import exam_subjects_named
from guidance.on_time import YEARS_TO_EXAM, expected_exam_year
from guidance.programme_filters import LEVELS_WITH_PROFILE, known_profile

EXAM_SUBJECTS = "exam_subjects"
MBO = "mbo4"
PROFILE_CLASS = 3
"""The leerjaar at whose end a profile is chosen."""

Said = Mapping[str, str | None]
"""What was said of a pupil, by name; a name without a value was said in two ways, so it is not known."""


@dataclass(frozen=True)
class Asker:
    """Who asks, as far as it is known on the day of the question."""

    today: date
    level: str | None = None
    leerjaar: int | None = None
    profile: str | None = None
    exam_year: int | None = None
    school_place: str | None = None
    is_anonymous: bool = True
    exam_subjects: frozenset[str] = frozenset()

    @property
    def is_mbo(self) -> bool:
        return self.level == MBO

    @property
    def years_left(self) -> int | None:
        """How many school years come after this one, before the exam; 0 in the year of the exam."""
        return None if self.exam_year is None else self.exam_year - 1 - school_year(self.today)

    @property
    def is_in_exam_year(self) -> bool:
        return self.years_left == 0

    @property
    def enrols_now(self) -> bool:
        """Tell whether this is the calendar year of the exam, when one enrols."""
        return self.exam_year == self.today.year

    @property
    def has_left(self) -> bool:
        """Tell whether the school year of the exam is over."""
        return self.years_left is not None and self.years_left < 0

    @property
    def is_before_profile(self) -> bool:
        """Tell whether the profile is still to be chosen; no if the leerjaar is not known."""
        return self.leerjaar is not None and self.leerjaar <= PROFILE_CLASS

    @property
    def is_in_profile_class(self) -> bool:
        return self.leerjaar == PROFILE_CLASS


def asker_of(roster: Asker, said: Said, remembered: Said) -> Asker:
    """Return who asks: what the message names wins over what was said before, and that over the roster."""
    told = {**{name: value for name, value in remembered.items() if value}, **said}
    # What a pupil said of two subjects in two messages is true of both.
    subjects = [one for one in (remembered.get(EXAM_SUBJECTS), said.get(EXAM_SUBJECTS)) if one]
    level = told.get("level", roster.level)
    # What the roster knows of a year and profile belongs to the level of the roster.
    same = roster if level == roster.level else Asker(roster.today)
    leerjaar = _leerjaar(told["leerjaar"]) if "leerjaar" in told else same.leerjaar
    exam_year = same.exam_year
    if "leerjaar" in told or level != roster.level:
        exam_year = _exam_year(level, leerjaar, roster.today)
    return Asker(
        today=roster.today,
        level=level,
        leerjaar=leerjaar,
        profile=known_profile(told.get("profile", same.profile)),
        exam_subjects=frozenset(exam_subjects_named(subjects)),
        exam_year=exam_year,
        school_place=roster.school_place,
        is_anonymous=roster.is_anonymous,
    )


def applicant_from(asker: Asker) -> Applicant:
    """Return someone who asks as someone who would start a programme."""
    profile = asker.profile if asker.level in LEVELS_WITH_PROFILE else None
    return applicant_of(asker.level, profile, tuple(asker.exam_subjects))


def _leerjaar(said: str | None) -> int | None:
    return int(said) if said and said.isdigit() else None


def _exam_year(level: str | None, leerjaar: int | None, today: date) -> int | None:
    if level not in YEARS_TO_EXAM or leerjaar is None or not 1 <= leerjaar <= YEARS_TO_EXAM[level]:
        return None
    return expected_exam_year(level, leerjaar, school_year(today))
