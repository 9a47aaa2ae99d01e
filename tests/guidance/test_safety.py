from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.safety import score
from guidance.safety import danger_in

ROWS = [
    (expected, text)
    for expected, _, text in (
        line.partition("\t")
        for line in (Path(__file__).parents[1] / "safety" / "development.tsv").read_text("utf-8").splitlines()
    )
]
SAYINGS = [text for expected, text in ROWS if expected == "none"]


def tier(text: str) -> str | None:
    danger = danger_in(text)
    return danger.tier if danger else None


class TestDangerIn:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("ik wil niet meer leven", "suicide"),
            ("ik snij mezelf elke avond", "self_harm"),
            ("mijn vader slaat me thuis", "abuse"),
            ("hij dreigt mijn naaktfoto's door te sturen", "grooming"),
            ("ik ga hem morgen neersteken", "threat"),
        ],
    )
    def test_sees_explicit_danger_and_its_kind(self, text: str, kind: str) -> None:
        assert danger_in(text) == ("B", kind)

    @pytest.mark.parametrize(
        "text",
        [
            "ik w1l d00d",
            "i k  w i l  d o o d",
            "ik wil z.e.l.f.m.o.o.r.d plegen",
            "ik wil zelfmort plegen",
            "IK WIL DOOOOOD",
            "ik wil d\u200bo\u200bod",
            "ik wil z*lfmoord plegen",
            "kwil nie meer leve",
            "\uff49\uff4b wil dood",
        ],
    )
    def test_sees_through_a_disguise(self, text: str) -> None:
        assert tier(text) == "B"

    @pytest.mark.parametrize("text", ["ich will sterben", "ich möchte sterben", "i want to die"])
    def test_sees_it_in_another_language_too(self, text: str) -> None:
        assert tier(text) == "B"

    @pytest.mark.parametrize("text", SAYINGS)
    def test_does_not_take_everyday_words_for_explicit_danger(self, text: str) -> None:
        assert tier(text) != "B"

    @pytest.mark.parametrize(
        "text",
        [
            "ik wil niet dood hoor",
            "mijn vader heeft me nooit geslagen",
            "mijn pws gaat over zelfmoord",
            "ik wil kinderen helpen die mishandeld worden",
        ],
        ids=["denied", "never happened", "a subject", "others"],
    )
    def test_takes_a_denial_or_a_subject_for_a_hint_at_most(self, text: str) -> None:
        assert tier(text) in ("A", None)

    def test_does_not_let_a_joke_hide_what_someone_says_of_their_own_life(self) -> None:
        assert tier("ik wil dood haha") == "B"

    def test_holds_on_the_development_rows(self) -> None:
        figures = score(ROWS)

        assert figures["acute_as_b"] >= 0.97
        assert figures["concern_as_a_or_b"] >= 0.97
        assert figures["none_as_b"] <= 0.05

    @given(st.text(max_size=300))
    @settings(deadline=None)
    def test_reads_any_text(self, text: str) -> None:
        assert tier(text) in ("A", "B", None)

    @given(st.text(alphabet=st.characters(categories=["Zs", "Po"]), max_size=20))
    @settings(deadline=None)
    def test_hears_explicit_danger_whatever_stands_around_it(self, noise: str) -> None:
        assert tier(f"{noise} ik wil niet meer leven {noise}") == "B"

    @pytest.mark.parametrize(
        "part", ["a", "ik wil ", "slaat me ", "\u0627 "], ids=["one word", "two", "three", "Arabic"]
    )
    def test_stays_quick_on_a_huge_text(self, part: str) -> None:
        started = perf_counter()
        danger_in(part * (100_000 // len(part)))

        assert perf_counter() - started < 5
