"""The picture of an outcome says the same as its words and its table."""

import base64
from xml.etree import ElementTree

from hypothesis import given

from guidance.interest_outcome import interest_outcome
from guidance.picture import WIDTH, as_data_url, interest_bars, interest_picture, interest_rows
from tests.guidance.interest_answers import INTEREST, Answers, all_of, only, some_answers

SVG = "{http://www.w3.org/2000/svg}"


def drawing(answers: Answers) -> ElementTree.Element:
    return ElementTree.fromstring(interest_picture(interest_outcome(INTEREST, answers, "havo")))  # noqa: S314  our own


class TestInterestPicture:
    def test_names_itself_and_says_its_figures_in_words(self) -> None:
        svg = drawing(all_of(2, but={"social": 5}))

        assert svg.get("role") == "img"
        assert str(svg.get("aria-labelledby")).split() == [svg[0].get("id"), svg[1].get("id")]
        assert str(svg[1].text).startswith("Mensen helpen: gemiddeld 5,0 van 5.")

    def test_fits_a_small_phone(self) -> None:
        svg = drawing(all_of(5))
        edges = [float(bar.get("x", 0)) + float(bar.get("width", 0)) for bar in svg.iter(f"{SVG}rect")]

        assert svg.get("width") == "290"
        assert max(edges) <= WIDTH

    def test_draws_a_longer_bar_for_a_stronger_field(self) -> None:
        svg = drawing({**only({"perform": 5, "repair_bike": 1}), **only({"do_experiment": 3})})
        bars = [int(bar.get("width", 0)) for bar in svg.iter(f"{SVG}rect") if bar.get("fill") == "#12565c"]

        assert len(bars) == 3
        assert bars == sorted(bars, reverse=True)

    @given(some_answers)
    def test_needs_nothing_from_elsewhere(self, answers: Answers) -> None:
        picture = interest_picture(interest_outcome(INTEREST, answers, None))

        assert picture.count("http") == 1  # the name of the format itself
        assert "url(" not in picture
        assert "<script" not in picture


class TestInterestRows:
    def test_say_every_field_strongest_first(self) -> None:
        answers = only({"perform": 4, "draw_or_design": 5, "repair_bike": 1})

        assert interest_rows(interest_outcome(INTEREST, answers, "havo")) == (
            ("Creatief bezig zijn", "gemiddeld 4,5 van 5 (2 van 3 vragen)"),
            ("Doen en maken", "gemiddeld 1,0 van 5 (1 van 3 vragen)"),
            ("Onderzoeken", "geen cijfer gegeven"),
            ("Mensen helpen", "geen cijfer gegeven"),
            ("Ondernemen en leiden", "geen cijfer gegeven"),
            ("Regelen en ordenen", "geen cijfer gegeven"),
        )


class TestAsDataUrl:
    def test_holds_the_drawing_whole(self) -> None:
        kind, _, content = as_data_url("<svg>é</svg>").partition(",")

        assert kind == "data:image/svg+xml;base64"
        assert base64.b64decode(content).decode() == "<svg>é</svg>"


def test_bars_for_another_drawing_hold_the_same_figures() -> None:
    bars = interest_bars(interest_outcome(INTEREST, only({"perform": 5, "repair_bike": 1}), "havo"))

    assert [(bar.share, bar.figure) for bar in bars[:3]] == [(1.0, "5,0"), (0.2, "1,0"), (None, "–")]
    assert bars[0].label == "Creatief bezig zijn"
