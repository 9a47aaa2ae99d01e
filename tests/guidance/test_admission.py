"""Who may start a kind of programme: every rule, and honesty where there is none."""

import pytest

from guidance.admission import admission_of
from guidance.catalogue import KINDS, LEVELS, Kind, Level

SURE: dict[tuple[str, str], str] = {
    ("pabo", "vwo"): "may_enter",
    ("pabo", "havo"): "with_steps",
    ("pabo", "mbo4"): "with_steps",
    **{
        (kind, level): "with_steps"
        for kind in (
            "alo",
            "kunstvakdocent",
            "hbo_master",
            "wo_eerstegraads",
            "educatieve_master",
            "educatieve_minor",
        )
        for level in LEVELS
    },
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", KINDS)
def test_tells_only_what_a_rule_makes_sure(kind: Kind, level: Level) -> None:
    admission = admission_of(kind, level)

    assert admission.outcome == SURE.get((kind, level), "unknown")
    assert bool(admission.source) == ((kind, level) in SURE)


def test_knows_nothing_without_a_level() -> None:
    assert admission_of("pabo", None).outcome == "unknown"
