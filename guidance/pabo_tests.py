"""Home of the tests before the pabo: which ones remain, given someone's profile and exam subjects."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from guidance.content import read_content


@dataclass(frozen=True)
class DroppedTest:
    """A test that one need not do, and the exam subject that takes it away."""

    test: str
    subject: str


@dataclass(frozen=True)
class PaboTests:
    """The tests that remain, and those that do not; in the order of the rules."""

    left: tuple[str, ...]
    dropped: tuple[DroppedTest, ...]


def pabo_tests_of(profiles: Iterable[str], exam_subjects: Set[str]) -> PaboTests:
    """Return the tests for who has these; a profile holds a subject that every pupil with it has."""
    of_profile: Mapping[str, str] = read_content("admission")["profile_subjects"]
    has = {*exam_subjects, *(of_profile[profile] for profile in profiles if profile in of_profile)}
    by_test: Mapping[str, list[str]] = read_content("admission")["pabo_tests"]
    taken = {test: next((one for one in subjects if one in has), None) for test, subjects in by_test.items()}
    return PaboTests(
        left=tuple(test for test, subject in taken.items() if subject is None),
        dropped=tuple(DroppedTest(test, subject) for test, subject in taken.items() if subject),
    )


def profile_subject(profile: str | None) -> str | None:
    """Return a subject that every pupil with this profile has; of a double one, that of the first."""
    found: str | None = read_content("admission")["profile_subjects"].get((profile or "").split("/")[0])
    return found
