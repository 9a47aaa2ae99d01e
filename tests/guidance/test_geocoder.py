"""Where a place lies with PDOK switched on: its answer where that can be right, else the tables."""

import random
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidance.distance import Point
from guidance.errors import AmbiguousPlace, UnknownPlace
from guidance.geocoder import MOST_KEPT, Geocoder, locate
from guidance.places import all_places, find_place
from guidance.settings import Settings
from tests.pdok import PdokServer, ommen, postcode, reply_with, village
from tests.people import MONDAY

NEWER_OMMEN = (52.5301, 6.4301)


class Clock:
    """A clock that a test puts forward."""

    def __init__(self) -> None:
        self.moment: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def geocoder(pdok: PdokServer, clock: Clock) -> Geocoder:
    return Geocoder(pdok.url, now=clock)


class TestLocate:
    def test_asks_nobody_unless_the_school_switched_it_on(
        self, pdok: PdokServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("guidance.geocoder.get_settings", lambda: Settings(GEOCODER="tables"))  # type: ignore[call-arg]

        assert locate("Ommen") == find_place("Ommen")
        assert pdok.asked == []

    def test_asks_first_when_it_is_on(self, pdok: PdokServer) -> None:
        pdok.rows = [ommen()]

        assert locate("ommen").point == NEWER_OMMEN


class TestAtVillage:
    def test_takes_only_the_point(self, pdok: PdokServer, geocoder: Geocoder) -> None:
        pdok.rows = [ommen() | {"gemeentenaam": "Nieuwe Gemeente"}]

        place = geocoder.locate("Ommen")

        known = find_place("Ommen")
        assert place.point == NEWER_OMMEN != known.point
        assert (str(place), place.municipality, place.radius_km) == ("Ommen", "Ommen", 50)

    @pytest.mark.parametrize(
        ("typed", "official", "point", "radius_km"),
        [
            ("den haag", "'s-Gravenhage", (52.07, 4.3), 15),
            ("mokum", "Amsterdam", (52.37, 4.89), 15),
            ("texel", "Den Burg", (53.05, 4.8), 50),
            ("Bergen (Limburg)", "Bergen", (51.6, 6.04), 50),
        ],
        ids=["official name", "nickname", "municipality", "twin"],
    )
    def test_knows_the_place_by_each_of_its_names(
        self, geocoder: Geocoder, pdok: PdokServer, typed: str, official: str, point: Point, radius_km: int
    ) -> None:
        lat, lon = map(str, point)
        pdok.rows = [village(official, lon="5.5", lat="53.2"), village(official, lon=lon, lat=lat)]

        place = geocoder.locate(typed)

        assert place.point == point
        assert str(place) == str(find_place(typed))
        assert place.radius_km == radius_km
        assert pdok.asked[0]["q"] == find_place(typed).name

    @pytest.mark.parametrize(
        "row",
        [
            village("Ommen", lon="4.28", lat="51.92"),
            village("Ommerkanaal", lon="6.43", lat="52.53"),
            postcode("7731AX", "Ommen", lon="6.43", lat="52.53"),
        ],
        ids=["far away", "another village", "a street"],
    )
    def test_keeps_to_the_tables_for_what_is_another_place(
        self, pdok: PdokServer, geocoder: Geocoder, row: dict[str, str]
    ) -> None:
        pdok.rows = [row]

        assert geocoder.locate("Ommen") == find_place("Ommen")

    def test_never_asks_for_a_province(self, pdok: PdokServer, geocoder: Geocoder) -> None:
        assert geocoder.locate("Friesland") == find_place("Friesland")
        assert pdok.asked == []


class TestAtPostcode:
    def test_takes_the_middle_of_its_streets(self, pdok: PdokServer, geocoder: Geocoder) -> None:
        pdok.rows = [
            postcode("7731AA", "Ommen", lon="6.40", lat="52.50"),
            postcode("7731ZZ", "Ommen", lon="6.44", lat="52.54"),
            postcode("7732AA", "Elders", lon="6.00", lat="52.00"),
        ]

        place = geocoder.locate("7731 AB")

        assert place.point == pytest.approx((52.52, 6.42))
        assert (str(place), place.radius_km) == ("7731 Ommen", 50)
        assert pdok.asked[0]["q"] == "7731"

    def test_finds_one_that_is_younger_than_the_tables(self, pdok: PdokServer, geocoder: Geocoder) -> None:
        pdok.rows = [postcode("1369AA", "Almere", lon="5.30", lat="52.34", province="Flevoland")]
        with pytest.raises(UnknownPlace):
            find_place("1369")

        place = geocoder.locate("1369")

        assert (str(place), place.point, place.radius_km) == ("1369 Almere", (52.34, 5.3), 15)

    def test_counts_a_village_that_the_tables_lack_as_countryside(
        self, pdok: PdokServer, geocoder: Geocoder
    ) -> None:
        pdok.rows = [postcode("1999ZZ", "Nieuwland aan Zee", lon="5.30", lat="52.34")]

        assert (str(geocoder.locate("1999")), geocoder.locate("1999").radius_km) == (
            "1999 Nieuwland aan Zee",
            50,
        )

    def test_does_not_know_what_neither_knows(self, geocoder: Geocoder) -> None:
        with pytest.raises(UnknownPlace):
            geocoder.locate("0000")


class TestWhatIsSent:
    @pytest.mark.parametrize(
        "text",
        ["zwole", "ik ben Sanne Jansen en woon in Ommen", "Kerkstraat 12", "06-12345678", "bij mij", ""],
        ids=repr,
    )
    def test_nothing_of_what_is_not_recognised(self, pdok: PdokServer, geocoder: Geocoder, text: str) -> None:
        with pytest.raises(UnknownPlace):
            geocoder.locate(text)

        assert pdok.asked == []

    def test_nothing_before_a_twin_was_chosen(self, pdok: PdokServer, geocoder: Geocoder) -> None:
        with pytest.raises(AmbiguousPlace):
            geocoder.locate("Bergen")

        assert pdok.asked == []

    def test_no_letters_of_a_postcode_and_nothing_of_who_asks(
        self, pdok: PdokServer, geocoder: Geocoder
    ) -> None:
        geocoder.locate("7731 qz")

        (whole,) = pdok.whole
        assert "q=7731&" in whole
        assert "qz" not in whole.casefold()
        assert not {"cookie", "referer", "authorization"} & set(whole.casefold().replace(":", " ").split())

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.one_of(st.text(max_size=40), st.sampled_from([place.name for place in all_places()])))
    def test_only_a_name_of_the_tables_or_four_digits(
        self, pdok: PdokServer, geocoder: Geocoder, text: str
    ) -> None:
        names = {place.name for place in all_places()}
        with suppress(UnknownPlace, AmbiguousPlace):
            geocoder.locate(text)

        sent = [asked["q"] for asked in pdok.asked]
        assert all(one in names or (one.isdigit() and len(one) == 4) for one in sent)


class TestFailures:
    def test_end_at_the_tables(self, pdok: PdokServer, geocoder: Geocoder) -> None:
        for reply in (reply_with(b"<html>"), reply_with(b"", status=429), pdok.break_off):
            pdok.reply = reply

            assert geocoder.locate("Ommen") == find_place("Ommen")

    def test_are_told_without_the_place(
        self, pdok: PdokServer, geocoder: Geocoder, caplog: pytest.LogCaptureFixture
    ) -> None:
        pdok.reply = reply_with(b"oops", status=500)
        geocoder.locate("Ommen")

        assert "our own tables are used" in caplog.text
        assert "ommen" not in caplog.text.casefold()

    def test_are_not_kept(self, pdok: PdokServer, geocoder: Geocoder) -> None:
        pdok.rows = [ommen()]
        pdok.reply = reply_with(b"oops", status=500)
        geocoder.locate("Ommen")
        pdok.reply = pdok.answer

        assert geocoder.locate("Ommen").point == NEWER_OMMEN

    def test_three_in_a_row_give_it_five_minutes_rest(
        self, pdok: PdokServer, geocoder: Geocoder, clock: Clock
    ) -> None:
        pdok.rows = [ommen()]
        pdok.reply = reply_with(b"slow down", status=429)
        for name in ("Ommen", "Urk", "Goirle", "Vaals"):
            assert geocoder.locate(name) == find_place(name)
        assert len(pdok.asked) == 3
        pdok.reply = pdok.answer

        clock.moment += timedelta(minutes=4, seconds=59)
        assert geocoder.locate("Ommen") == find_place("Ommen")
        clock.moment += timedelta(seconds=1)

        assert geocoder.locate("Ommen").point == NEWER_OMMEN
        assert len(pdok.asked) == 4

    @pytest.mark.slow
    def test_a_server_that_hangs_holds_up_three_searches_at_most(
        self, pdok: PdokServer, geocoder: Geocoder
    ) -> None:
        pdok.reply = pdok.hang
        for name in ("Ommen", "Urk", "Goirle", "Vaals", "Zwolle", "Emmen"):
            assert geocoder.locate(name) == find_place(name)

        assert len(pdok.asked) == 3 * 2


class TestKept:
    def test_is_not_asked_twice_a_day(self, pdok: PdokServer, geocoder: Geocoder, clock: Clock) -> None:
        pdok.rows = [ommen()]
        for typed in ("Ommen", "OMMEN", "ommen "):
            assert geocoder.locate(typed).point == NEWER_OMMEN
        assert len(pdok.asked) == 1

        clock.moment += timedelta(days=1, seconds=1)
        geocoder.locate("Ommen")

        assert len(pdok.asked) == 2

    def test_remembers_that_there_is_no_such_village(self, pdok: PdokServer, geocoder: Geocoder) -> None:
        for _ in range(2):
            geocoder.locate("Ommen")

        assert len(pdok.asked) == 1

    @pytest.mark.slow
    def test_is_bounded(self, pdok: PdokServer, geocoder: Geocoder) -> None:
        digits = [f"{number}" for number in random.Random(3).sample(range(1000, 10_000), MOST_KEPT + 1)]
        pdok.rows = [postcode(f"{one}AA", "Ommen", lon="6.42", lat="52.52") for one in digits[:1]]
        for one in digits:
            with suppress(UnknownPlace):
                geocoder.locate(one)
        asked = len(pdok.asked)

        geocoder.locate(digits[0])

        assert len(pdok.asked) == asked + 1
