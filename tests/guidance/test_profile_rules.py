"""What the dated rules asked of a profile."""

import pytest

from guidance.profile_rules import ProfileRule, rules_of, subjects_that_count, subjects_with


@pytest.mark.parametrize(
    ("level", "subject", "profile", "outcome", "asked"),
    [
        ("havo", "wiskunde", "NT", "open", ""),
        ("havo", "wiskunde", "NG", "needs", "wiskunde B"),
        ("havo", "wiskunde", "NT/NG", "open", ""),
        ("havo", "natuurkunde", "NG/EM", "needs", "natuurkunde of nlt"),
        ("vwo", "wiskunde", "NG", "open", ""),
        ("vwo", "wiskunde", "CM", "needs", "wiskunde A of B"),
        ("havo", "natuurkunde", "CM", "missing", ""),
        ("vwo", "natuurkunde", "EM", "needs", "natuurkunde of nlt"),
        ("havo", "Frans", "EM", "needs", "Frans"),
        ("vwo", "Frans", "EM", "open", ""),
        ("havo", "basisonderwijs", "CM", "open", ""),
    ],
)
def test_a_profile_has_one_outcome(level: str, subject: str, profile: str, outcome: str, asked: str) -> None:
    rules = rules_of(level, subject)

    assert rules
    assert (rules.of(profile).outcome, rules.of(profile).subject) == (outcome, asked)


def test_who_has_the_subject_is_asked_for_nothing() -> None:
    rules = rules_of("havo", "wiskunde", {"wiskunde B"})

    assert rules
    assert rules.of("NG") == ProfileRule("open")
    assert rules.is_open_to_all


def test_rules_are_told_by_profile() -> None:
    rules = rules_of("havo", "natuurkunde")

    assert rules
    assert (rules.open, rules.asked, rules.missing) == (
        ("NT",),
        {"natuurkunde of nlt": ("NG",)},
        ("EM", "CM"),
    )


@pytest.mark.parametrize(("level", "subject"), [("mbo4", "wiskunde"), ("havo", "informatica"), (None, None)])
def test_there_is_none_where_the_table_has_none(level: str | None, subject: str | None) -> None:
    assert rules_of(level, subject) is None


def test_rules_of_one_kind_are_not_those_of_another() -> None:
    assert rules_of("havo", "technisch beroepsonderwijs", kind="groen_techniek")
    assert rules_of("havo", "technisch beroepsonderwijs", kind="associate_degree") is None


def test_subjects_are_found_by_outcome() -> None:
    assert subjects_with("havo", "CM", "missing") == ["natuurkunde", "scheikunde", "techniek"]
    assert "biologie" in subjects_with("havo", "CM", "needs")
    assert "biologie" not in subjects_with("havo", "CM", "needs", {"biologie"})


def test_the_exam_subjects_that_count_are_those_that_some_rule_asks_for() -> None:
    found = subjects_that_count()

    assert {"aardrijkskunde", "wiskunde B", "nlt", "Duits"} <= set(found)
    assert "Latijn" not in found
    assert found == sorted(found, key=str.casefold)
