"""What the dated rules asked of a profile."""

import pytest

from guidance.content import read_content
from guidance.profile_rules import PROFILES, ProfileRule, rules_of, subjects_with
from guidance.programme_filters import subject_names

TABLE = read_content("facts")["profile_rules"][0]["values"]


@pytest.mark.parametrize(
    ("level", "subject", "profile", "outcome", "asked"),
    [
        ("havo", "wiskunde", "NT", "open", ""),
        ("havo", "wiskunde", "NG", "needs", "wiskunde B"),
        ("vwo", "wiskunde", "NG", "open", ""),
        ("havo", "natuurkunde", "CM", "missing", ""),
        ("vwo", "natuurkunde", "EM", "needs", "natuurkunde of nlt"),
        ("havo", "Frans", "EM", "needs", "Frans"),
        ("vwo", "Frans", "EM", "open", ""),
        ("havo", "basisonderwijs", "CM", "open", ""),
    ],
)
def test_a_profile_has_one_outcome(level: str, subject: str, profile: str, outcome: str, asked: str) -> None:
    rules = rules_of(TABLE, level, subject)

    assert rules
    assert rules.of(profile) == ProfileRule(outcome, asked)  # type: ignore[arg-type]


def test_rules_are_told_by_profile() -> None:
    rules = rules_of(TABLE, "havo", "natuurkunde")

    assert rules
    assert (rules.open, rules.asked, rules.missing) == (
        ("NT",),
        {"natuurkunde of nlt": ("NG",)},
        ("EM", "CM"),
    )


@pytest.mark.parametrize(("level", "subject"), [("mbo4", "wiskunde"), ("havo", "informatica"), (None, None)])
def test_there_is_none_where_the_table_has_none(level: str | None, subject: str | None) -> None:
    assert rules_of(TABLE, level, subject) is None


def test_subjects_are_found_by_outcome() -> None:
    assert subjects_with(TABLE, "havo", "CM", "missing") == ["natuurkunde", "scheikunde", "techniek"]


def test_the_table_names_known_subjects_and_profiles() -> None:
    for by_subject in TABLE.values():
        assert set(by_subject) <= set(subject_names())
        assert {profile for needs in by_subject.values() for profile in needs} <= set(PROFILES)
