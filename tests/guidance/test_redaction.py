from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.redaction import findings, redacted, visible

PERSONAL = [
    ("bel me op 06-12345678", "bel me op [telefoonnummer]"),
    ("06 12 34 56 78 en daarna 2026", "[telefoonnummer] en daarna 2026"),
    ("tel. 0031612345678", "tel. [telefoonnummer]"),
    ("(0529) 123456", "[telefoonnummer]"),
    ("nul zes een twee drie vier vijf zes zeven acht", "[telefoonnummer]"),
    ("mail anna.x@school.nl even", "mail [e-mailadres] even"),
    ("jan apenstaartje gmail punt com", "[e-mailadres]"),
    ("bsn 111222333", "bsn [bsn]"),
    ("NL91 ABNA 0417 1643 00 dus", "[rekeningnummer] dus"),
    ("volg @anna.x", "volg [accountnaam]"),
    ("mijn snap is lisaatje09", "mijn snap is [accountnaam]"),
    ("7731 AB Ommen", "7731 Ommen"),
    ("7731ab", "7731"),
    ("ik woon op Dorpsstraat 12a in Ommen", "ik woon op [adres] in Ommen"),
    ("Lange Nieuwstraat 5, 3512 PH Utrecht", "[adres], 3512 Utrecht"),
    ("geboren op 14 maart 2010", "geboren op [geboortedatum]"),
    ("12-AB-34", "[kenteken]"),
    ("leerlingnummer 123456", "leerlingnummer [leerlingnummer]"),
    ("Lisa de Vries zit naast me", "[naam] zit naast me"),
    ("mijn vriend mohammed el amrani", "mijn vriend [naam]"),
    ("vraag het meneer Jansen", "vraag het meneer [naam]"),
    ("bel 06\u200b1234\u200b5678", "bel [telefoonnummer]"),
]
LOOK_ALIKES = [
    "havo 3",
    "7731",
    "2026-2027",
    "06",
    "4",
    "een 8,5 voor wiskunde",
    "cijfers 7 8 6 7 8 9 5 6 7 8",
    "de open dag is 14-11-2026 om 10:00",
    "op 8 mei 2027 begint het examen",
    "binnen 30 km van Zwolle",
    "Tilburg 30 km",
    "in 2026 in Zwolle",
    "1000 km",
    "ik zit veel op insta en snap",
    "mijn insta is privé",
    "bestelnummer 123456789",
    "Hogeschool Windesheim in Zwolle",
    "Anne Frank",
    "de Thomas More Hogeschool",
    "Sanne wil leraar worden",
    "112 of 113 of 0800-0432",
    "2694 euro",
    "sinds 1 augustus 2006",
    "klas 4H2",
    "ik ben onderweg 5 minuten",
]


class TestRedacted:
    @pytest.mark.parametrize(("text", "plain"), PERSONAL)
    def test_puts_a_placeholder_in_place_of_personal_data(self, text: str, plain: str) -> None:
        assert redacted(text) == plain

    @pytest.mark.parametrize("text", LOOK_ALIKES)
    def test_leaves_what_only_looks_like_it(self, text: str) -> None:
        assert redacted(text) == text

    @pytest.mark.parametrize(("text", "_"), PERSONAL)
    def test_has_nothing_left_to_do_the_second_time(self, text: str, _: str) -> None:
        assert redacted(redacted(text)) == redacted(text)

    def test_keeps_the_names_of_the_schools_own_staff(self) -> None:
        assert redacted("vraag het meneer Jansen", keep={"Jansen"}) == "vraag het meneer Jansen"

    @given(st.integers(10_000_000, 99_999_999), st.sampled_from(["06-{}", "+316{}", "0031 6 {}", "06{}"]))
    def test_finds_every_mobile_number(self, number: int, shape: str) -> None:
        assert redacted(f"app me: {shape.format(number)} ok") == "app me: [telefoonnummer] ok"

    @given(st.text(max_size=300))
    @settings(deadline=None)
    def test_reads_any_text(self, text: str) -> None:
        shown = visible(text)

        assert all(shown[found.start : found.end] == found.value for found in findings(text))

    @pytest.mark.parametrize("part", ["a", "a.", "1", "06-", "Anna ", "a@", "straat "])
    def test_stays_quick_on_a_huge_text(self, part: str) -> None:
        started = perf_counter()
        redacted(part * (100_000 // len(part)))

        assert perf_counter() - started < 10
