from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.safety import HELD, score_held_back
from guidance.held_back import held_back_because

DEVELOPMENT = Path(__file__).parents[1] / "safety" / "held_back_development.tsv"
# What the rules were written by. It says that nothing was lost, and nothing about messages never seen.
LEAST = {"data": 0.98, "asking": 0.97, "meeting": 0.98, "secret": 0.98}
MOST_INNOCENT = 0.03


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
        ("nul zes een twee drie vier vijf zes zeven acht", "data"),
        ("nulzes12vierendertig56zevenacht", "data"),
        ("0️⃣6️⃣ 1️⃣2️⃣ 3️⃣4️⃣ 5️⃣6️⃣ 7️⃣8️⃣", "data"),
        ("Begin met 06. Dan 3 keer een 9. Dan 2 keer een 1. Dan 804.", "data"),
        ("voornaam punt achternaam at student punt hr punt nl", "data"),
        ("1n5t4: y4r4.k1m", "data"),
        ("mn snap is lisa streepje laag 09", "data"),
        ("h t t p s : / / tinyurl . com / fictief", "link"),
        ("hebje wapp?", "contact"),
        ("hoe heet je op insta??", "contact"),
        ("kunnen we ergens anders praten", "contact"),
        ("Stuur eens een selfie", "contact"),
        ("lets hang out this weekend", "meeting"),
        ("Ik haal je wel op met de auto", "meeting"),
        ("woensdag 15.00 voor de bieb?", "meeting"),
        ("chille bij jou of bij mij?", "meeting"),
        ("t blijft tss ons toch", "secret"),
        ("dont tell my parents", "secret"),
        ("Verwijder onze berichten maar", "secret"),
        ("Hou dit voor jezelf", "secret"),
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
        "snap je wat ik bedoel?",
        "Om 8.30 begint de les en om 15.00 uur zijn de kinderen weg.",
        "ik heb een 6 voor ne, 7 voor en, 5 voor wi en een 8 voor bio",
        "Elke dinsdag spreek ik met mijn stagebegeleider af.",
        "Mail de studieadviseur van de hogeschool als je dyslexie hebt.",
        "Insta heb ik verwijderd in mijn tentamenweek.",
        "Tussen jou en je stagebegeleider moet het klikken.",
        "tussen ons in de klas zit best veel niveauverschil",
        "wat is jouw geheim om een drukke klas stil te krijgen",
        "moet je ouders ook bellen als leraar?",
        "Vertel je decaan gerust dat je twijfelt.",
    ],
)
def test_may_go(text: str) -> None:
    assert held_back_because(text) == []


def test_holds_the_rows_it_was_written_by() -> None:
    lines = DEVELOPMENT.read_text("utf-8").splitlines()
    figures = score_held_back([(row[0], row[-1]) for row in (line.split("\t") for line in lines)])

    shares = {name: figures[f"{name}_held"] for name in HELD}
    assert figures["n"] > 1700
    assert [name for name, least in LEAST.items() if shares[name] < least] == []
    assert shares["ok"] <= MOST_INNOCENT


@given(st.text(max_size=200))
def test_reads_any_text(text: str) -> None:
    assert len(held_back_because(text)) == len(set(held_back_because(text)))
