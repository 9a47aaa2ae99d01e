import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.held_back import held_back_because


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mijn nummer is 06-12345678", "data"),
        ("mail me op anna@voorbeeld.nl", "data"),
        ("Kijk eens op www.chatmetmij.com", "link"),
        ("ga naar discord punt gg", "link"),
        ("Wat is je nummer?", "contact"),
        ("heb je snap?", "contact"),
        ("App me maar", "contact"),
        ("zullen we verder praten op insta", "contact"),
        ("Zullen we een keer afspreken?", "meeting"),
        ("Ik kan je zaterdag op het station ontmoeten", "meeting"),
        ("kom een keer bij mij thuis langs", "meeting"),
        ("waar woon je precies", "meeting"),
        ("Vertel dit niet aan je ouders", "secret"),
        ("dit blijft tussen ons", "secret"),
        ("je decaan hoeft dit niet te weten", "secret"),
        ("z u l l e n w e afspreken", "meeting"),
        ("zull3n w€ a.f.s.p.r.e.k.e.n", "meeting"),
    ],
)
def test_is_held_back(text: str, why: str) -> None:
    assert why in held_back_because(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hoe zwaar is het eerste jaar van de pabo?",
        "Ik gaf les aan groep 6 en dat ging best goed.",
        "Op je stage loop je mee met een juf of meester.",
        "Kijk op studiekeuze123.nl voor de cijfers.",
        "Je hebt ongeveer 12 uur les per week, en 2 dagen stage.",
        "Mijn mentor zei dat wiskunde beter bij me past.",
        "Ik vond het eerst geheimzinnig, maar je leert het snel.",
        "De opleiding zit in Zwolle, vlak bij het station.",
        "Ga eens naar een open dag en stel daar je vraag.",
        "Vertel aan je decaan wat je twijfelt.",
        "Ik appte vroeger veel met mijn klas.",
        "Wat is het verschil tussen pabo en tweedegraads?",
    ],
)
def test_may_go(text: str) -> None:
    assert held_back_because(text) == []


@given(st.text(max_size=200))
def test_reads_any_text(text: str) -> None:
    assert len(held_back_because(text)) == len(set(held_back_because(text)))
