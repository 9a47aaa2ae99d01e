"""What a message names."""

from pathlib import Path
from typing import Any

import pytest

from bot.catalogue_entities import CatalogueEntityExtractor
from tests.bot.conftest import NAMES
from tests.bot.mini_training import processed, trained_component

EXAMPLES = {"find_programmes": ["pabo in Ommen"]}


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("entities")
    return trained_component(CatalogueEntityExtractor, EXAMPLES, folder, {"names_file": str(NAMES)})


def named(extractor: Any, text: str) -> list[tuple[str, str]]:
    return [(entity["entity"], entity["value"]) for entity in processed(extractor, text).get("entities")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pabo in de buurt van Ommen", [("kind", "pabo"), ("place", "Ommen")]),
        ("pabo in de buurt van ommn", [("kind", "pabo"), ("place", "Ommen")]),
        ("7731", [("postcode", "7731")]),
        ("ik woon op 7731 AB", [("postcode", "7731")]),
        ("7731ab", [("postcode", "7731")]),
        ("leraar wiskunde", [("subject", "wiskunde")]),
        ("leraar wiskune", [("subject", "wiskunde")]),
        ("binnen 40 km", [("distance", "40")]),
        ("havo 3", [("level", "havo"), ("leerjaar", "3")]),
        ("ik zit in 5vwo", [("leerjaar", "5"), ("level", "vwo")]),
        ("mbo 4", [("level", "mbo4")]),
        ("havo 4 met NG", [("level", "havo"), ("leerjaar", "4"), ("profile", "NG")]),
        ("natuur en techniek", [("profile", "NT")]),
        ("hoe zit die tweede in elkaar", [("ordinal", "2")]),
        ("bewaar de eerste", [("ordinal", "1")]),
        ("den bosch", [("place", "'s-Hertogenbosch")]),
        ("HOEK VAN HOLLAND", [("place", "Hoek van Holland")]),
        ("deeltijd bij Hogeschool Utrecht", [("form", "deeltijd"), ("institution", "Hogeschool Utrecht")]),
        ("pabo leiden", [("kind", "pabo"), ("place", "Leiden")]),
        ("pabo in amstredam", [("kind", "pabo"), ("place", "Amsterdam")]),
    ],
)
def test_finds_what_is_named(extractor: Any, text: str, expected: list[tuple[str, str]]) -> None:
    assert named(extractor, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "best wel leuk",
        "het is een leuk beroep",
        "in een klein dorp",
        "is dat duur",
        "dat kan leiden tot stress",
        "ik hou van dieren",
        "wij wonen in de wijk",
        "mijn vriend adam weet het ook niet",
        "in 2027 doe ik examen",
        "het kost 2601 euro",
        "in het eerste jaar",
        "een leraar leert kinderen lezen",
        "weet ik niet",
        "😀",
        "",
    ],
)
def test_takes_no_everyday_word_or_number_for_a_name(extractor: Any, text: str) -> None:
    assert named(extractor, text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ik woon in best", "Best"),
        ("ik wil in Best studeren", "Best"),
        ("ik woon in Een", "Een"),
        ("oss", "Oss"),
        ("bij beek", "Beek"),
        ("rond hoek", "Hoek van Holland"),
        ("ik woon in best, vlakbij zwolle", "Best"),
        ("hoorn of zwolle", "Hoorn"),
        ("beek is waar ik woon", "Beek"),
        ("assen graag", "Assen"),
        ("wiskunde leiden", "Leiden"),
        ("havo 5 leiden", "Leiden"),
        ("verhuizen naar bergen op zoom", "Bergen op Zoom"),
        ("ik kom uit Dieren", "Dieren"),
        ("wij wonen in De Wijk", "De Wijk"),
    ],
)
def test_takes_an_everyday_word_for_a_place_where_it_stands_like_one(
    extractor: Any, text: str, place: str
) -> None:
    assert ("place", place) in named(extractor, text)


class TestMisspeltNames:
    def test_carry_what_was_typed_and_less_than_full_sureness(self, extractor: Any) -> None:
        entity = processed(extractor, "ik woon in zwole").get("entities")[0]

        assert (entity["typed"], entity["value"]) == ("zwole", "Zwolle")
        assert 0 < entity["confidence_entity"] < 1

    @pytest.mark.parametrize(
        ("text", "entity", "value"),
        [
            ("rosendaal", "place", "Roosendaal"),
            ("ik woon in bergen op zom", "place", "Bergen op Zoom"),
            ("capele aan den ijsel", "place", "Capelle aan den IJssel"),
            ("capelle a/d ijssel", "place", "Capelle aan den IJssel"),
            ("denbosch", "place", "'s-Hertogenbosch"),
            ("s hertogenbosh", "place", "'s-Hertogenbosch"),
            ("den bos", "place", "'s-Hertogenbosch"),
            ("zwolle of asen", "place", "Assen"),
            ("ik kom uit someren en fiets", "place", "Someren"),
            ("docent wiksunde", "subject", "wiskunde"),
            ("wis kunde", "subject", "wiskunde"),
            ("aardrijks kunde vind ik leuk", "subject", "aardrijkskunde"),
            ("engelss", "subject", "Engels"),
            ("docent frasn", "subject", "Frans"),
            ("lichamlijke opvoeding", "subject", "lichamelijke opvoeding"),
        ],
    )
    def test_are_found_by_swapped_doubled_and_like_sounding_letters(
        self, extractor: Any, text: str, entity: str, value: str
    ) -> None:
        assert (entity, value) in named(extractor, text)

    @pytest.mark.parametrize("text", ["hello", "hellooo", "de franse revolutie", "kan ik dat vinden", "asem"])
    def test_are_no_everyday_words_nor_english_ones(self, extractor: Any, text: str) -> None:
        assert named(extractor, text) == []

    def test_short_names_must_be_exact(self, extractor: Any) -> None:
        assert named(extractor, "ik heb een osj") == []

    def test_an_unknown_place_is_handed_on_as_typed(self, extractor: Any) -> None:
        entity = processed(extractor, "pabo in de buurt van Xyzzystad").get("entities")[1]

        assert (entity["value"], entity["confidence_entity"]) == ("Xyzzystad", 0.0)


class TestLevels:
    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("met hvao naar de alo", "havo"),
            ("havvo", "havo"),
            ("mijn niveau is vow", "vwo"),
            ("atheneumm", "vwo"),
            ("gymnasuim", "vwo"),
            ("ik zit op het gym", "vwo"),
            ("ik doe mob4", "mbo4"),
            ("mboo 4 afgerond", "mbo4"),
        ],
    )
    def test_are_found_in_short_words_with_a_slip(self, extractor: Any, text: str, level: str) -> None:
        assert ("level", level) in named(extractor, text)

    @pytest.mark.parametrize(
        ("text", "level", "year"),
        [
            ("hvao 5", "havo", "5"),
            ("5vwoo", "vwo", "5"),
            ("gymnasuim 3", "vwo", "3"),
            ("havp 4", "havo", "4"),
        ],
    )
    def test_keep_the_year_beside_them(self, extractor: Any, text: str, level: str, year: str) -> None:
        assert sorted(named(extractor, text)) == [("leerjaar", year), ("level", level)]


class TestGym:
    def test_is_a_subject(self, extractor: Any) -> None:
        assert named(extractor, "ik wil gym geven") == [("subject", "lichamelijke opvoeding")]
        assert named(extractor, "gymleraar") == [("subject", "lichamelijke opvoeding")]

    def test_is_no_subject_where_one_trains(self, extractor: Any) -> None:
        assert named(extractor, "ik ga elke dag naar de gym") == []


def test_a_subject_is_no_man_of_that_name(extractor: Any) -> None:
    assert named(extractor, "mijn oom frans geeft les") == []


class TestFingerprint:
    def test_changes_with_the_names(self, tmp_path: Path) -> None:
        other = tmp_path / "names.json"
        other.write_bytes(NAMES.read_bytes().replace(b"Ommen", b"Vilsteren"))
        fingerprint = CatalogueEntityExtractor.fingerprint_addon

        assert fingerprint({"names_file": str(NAMES)}) == fingerprint({"names_file": str(NAMES)})
        assert fingerprint({"names_file": str(NAMES)}) != fingerprint({"names_file": str(other)})
