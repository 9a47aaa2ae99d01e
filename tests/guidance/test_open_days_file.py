"""Files of open days: what is read from them, and what refuses the whole file."""

import contextlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance import wording
from guidance.errors import NotFound, OpenDaysRefused
from guidance.open_days import LENGTHS, AnnouncedDay, get_institution, plain
from guidance.open_days_file import MOST_BYTES, MOST_DAYS, read_open_days
from guidance.open_days_ics import calendar_of
from tests.open_days import EVENT, KPZ_SITE, calendar, institution, open_day, table
from tests.people import MONDAY

LINES = ("DTSTART", "DTEND", "DURATION", "UID", "SUMMARY", "LOCATION", "URL", "STATUS", "CATEGORIES", "RRULE")
LATIN_1 = "titel;datum\nCafé;2027-01-23\n".encode("latin-1")


def read(name: str, content: bytes, *, now: datetime = MONDAY) -> tuple[AnnouncedDay, ...]:
    return read_open_days(name, content, institution(), now=now)


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(OpenDaysRefused) as caught:
        read(name, content)
    return wording.failure(caught.value)


class TestTable:
    @pytest.mark.parametrize("day", ["2027-01-23", "23-01-2027", "23-1-2027"])
    @pytest.mark.parametrize("begin", ["10:00", "10.00"])
    def test_reads_days_and_times_as_they_are_written_here(self, day: str, begin: str) -> None:
        (found,) = read("x.csv", table(f"Proefdag;{day};{begin};14:00;Zwolle;;;;"))

        assert (found.starts_at, found.ends_at) == (open_day().starts_at, open_day().ends_at)
        assert (found.url, found.place, found.city) == (KPZ_SITE, "Zwolle", "Zwolle")

    def test_reads_a_day_without_hours_as_a_whole_day(self) -> None:
        (found,) = read("x.csv", table("Proefdag;2027-03-27;;;;;ja;pabo;https://info.kpz.nl/open"))

        assert found.is_whole_day
        assert found.is_online
        assert found.kinds == ("pabo",)
        assert found.ends_at - found.starts_at == timedelta(hours=24)

    def test_knows_the_clock_of_summer(self) -> None:
        (found,) = read("x.csv", table("Proefdag;2027-06-05;10:00;12:00;;;;;"))

        assert found.starts_at == datetime(2027, 6, 5, 8, tzinfo=UTC)

    def test_puts_the_city_behind_the_address(self) -> None:
        (found,) = read("x.csv", table("Proefdag;2027-01-23;10:00;12:00;Zwolle;Ten Oeverstraat 68;;;"))

        assert (found.place, found.city) == ("Ten Oeverstraat 68, Zwolle", "Zwolle")

    def test_reads_commas_a_mark_at_the_start_and_lines_in_quotes(self) -> None:
        content = '\ufefftitel,datum\r\n"Proefdag, met\r\nrondleiding",2027-01-23\r\n\r\n'.encode()

        (found,) = read("X.CSV", content)
        assert found.title == "Proefdag, met rondleiding"

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (";2027-01-23;10:00;12:00;;;;;", "De titel ontbreekt."),
            ("x;31-02-2027;10:00;12:00;;;;;", "'31-02-2027' is geen dag."),
            ("x;9999-12-31;;;;;;;", "te ver weg in de tijd"),
            ("x;morgen;10:00;12:00;;;;;", "'morgen' is geen dag."),
            ("x;2027-01-23;25:00;12:00;;;;;", "'25:00' is geen tijd."),
            ("x;2027-01-23;10:00;;;;;;", "begin en einde allebei"),
            ("x;2027-01-23;12:00;10:00;;;;;", "Het einde ligt niet na het begin."),
            ("x;2037-01-23;10:00;12:00;;;;;", "meer dan twee jaar"),
            ("x;2027-01-23;10:00;12:00;Utrecht;;;;", "In Utrecht heeft Hogeschool KPZ geen opleiding"),
            ("x;2027-01-23;10:00;12:00;Zwolle;;ja;;", "online of op een plaats"),
            ("x;2027-01-23;10:00;12:00;;;misschien;;", "ja of nee"),
            ("x;2027-01-23;10:00;12:00;;;;kapper;", "'kapper' is geen soort opleiding."),
            ("x;2027-01-23;10:00;12:00;;;;alo;", "heeft deze soort niet"),
            ("x;2027-01-23;10:00;12:00;;;;;http://www.kpz.nl", "geen https-adres van de instelling (kpz.nl)"),
            ("x;2027-01-23;10:00;12:00;;;;;https://kpz.nl.evil.nl", "geen https-adres"),
            ("x;2027-01-23;10:00;12:00;;;;;https://www.kpz.nl@evil.nl/", "geen https-adres"),
            ("x;2027-01-23;10:00;12:00;;;;;https://evilkpz.nl", "geen https-adres"),
            ("x;2027-01-23;10:00;12:00;;;;;https://[kpz.nl", "geen https-adres"),
            ("x;2027-01-23;10:00;12:00;;;;;javascript:alert(1)", "geen https-adres"),
            ("x;2027-01-23", "Hier staan 2 vakken"),
            (f"{'x' * 151};2027-01-23;;;;;;;", "hoogstens 150 tekens"),
        ],
    )  # fmt: skip
    def test_refuses_the_file_and_names_the_row_and_why(self, row: str, said: str) -> None:
        message = refusal("x.csv", table("Proefdag;2027-01-23;10:00;12:00;;;;;", row))

        assert message.startswith("Rij 3: ")
        assert said in message
        assert message.endswith("Er is niets veranderd.")

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("x.csv", table(header="titel"), "Deze kolom ontbreekt: datum."),
            ("x.csv", table(header="titel;datum;prijs"), "niet bekend: prijs"),
            ("x.csv", table(header="titel;datum;datum"), "twee keer"),
            ("x.csv", b'titel;datum\n"x;2027-01-23\n', "aanhalingsteken"),
            ("x.csv", b"", "Deze kolom ontbreekt"),
            ("x.csv", table(), "geen enkele dag"),
            ("x.csv", table(*["x;2027-01-23;;;;;;;"] * 2), "Rij 3: Deze dag staat er twee keer in."),
            ("x.csv", table(*[f"{n};2027-01-23;;;;;;;" for n in range(MOST_DAYS + 1)]), "meer dan 500"),
            ("x.csv", b" " * (MOST_BYTES + 1), "groter dan 1 MB"),
            ("x.csv", LATIN_1, "niet in UTF-8"),
            ("x.ics", LATIN_1, "niet in UTF-8"),
            ("x.xlsx", b"PK", ".csv of .ics"),
        ],
    )
    def test_refuses_a_file_that_is_none(self, name: str, content: bytes, said: str) -> None:
        assert said in refusal(name, content)


class TestCalendar:
    def test_reads_an_event(self) -> None:
        assert read("x.ics", calendar(EVENT)) == (open_day(),)

    @pytest.mark.parametrize(
        ("times", "start", "end", "is_whole_day"),
        [
            ("DTSTART:20270123T090000Z\nDTEND:20270123T130000Z", 9, 13, False),
            ("DTSTART:20270123T100000\nDTEND:20270123T140000", 9, 13, False),
            ("DTSTART;TZID=America/New_York:20270123T040000\nDURATION:PT4H", 9, 13, False),
            ("DTSTART;VALUE=DATE:20270123", -1, 23, True),
            ("DTSTART;VALUE=DATE:20270123\nDTEND;VALUE=DATE:20270125", -1, 47, True),
        ],
        ids=["UTC", "floating", "another zone, a duration", "whole day", "two days"],
    )
    def test_reads_every_kind_of_time(self, times: str, start: int, end: int, is_whole_day: bool) -> None:
        (found,) = read("x.ics", calendar(f"UID:1\nSUMMARY:Proefdag\n{times}"))

        midnight = datetime(2027, 1, 23, tzinfo=UTC)
        assert found.starts_at == midnight + timedelta(hours=start)
        assert found.ends_at == midnight + timedelta(hours=end)
        assert found.is_whole_day is is_whole_day

    def test_reads_the_zone_that_a_file_brings_along(self) -> None:
        zone = (
            "BEGIN:VTIMEZONE\nTZID:Kantoor\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
            "TZOFFSETFROM:+0200\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT"
        )
        event = "UID:1\nSUMMARY:x\nDTSTART;TZID=Kantoor:20270123T110000\nDTEND;TZID=Kantoor:20270123T150000"
        content = calendar(event).replace(b"BEGIN:VEVENT", zone.replace("\n", "\r\n").encode(), 1)

        (found,) = read("x.ics", content)
        assert found.starts_at == open_day().starts_at

    def test_reads_folded_lines_and_escaped_signs(self) -> None:
        event = EVENT.replace("Proefdag", "Proef\n dag\\, ook voor\\; ouders\\nen vrienden")

        (found,) = read("x.ics", calendar(event))
        assert found.title == "Proefdag, ook voor; ouders en vrienden"

    def test_leaves_out_what_was_called_off(self) -> None:
        cancelled = EVENT.replace("1@kpz.nl", "2@kpz.nl") + "\nSTATUS:CANCELLED"

        assert read("x.ics", calendar(EVENT, cancelled)) == (open_day(),)
        assert read("x.ics", calendar(cancelled)) == ()

    @pytest.mark.parametrize(
        ("location", "is_online", "city"),
        [
            ("Online", True, None),
            ("https://video.kpz.nl/1", True, None),
            ("Zwolsestraat 1\\, Deventer", False, None),
            ("Aula\\, Zwolle", False, "Zwolle"),
        ],
    )
    def test_knows_a_place_from_a_screen(self, location: str, is_online: bool, city: str | None) -> None:
        (found,) = read("x.ics", calendar(EVENT.replace("LOCATION:Zwolle", f"LOCATION:{location}")))

        assert (found.is_online, found.city) == (is_online, city)

    @pytest.mark.parametrize(
        ("event", "said"),
        [
            (EVENT + "\nRRULE:FREQ=WEEKLY", "1. Proefdag: Deze dag herhaalt zich."),
            (EVENT + "\nRECURRENCE-ID:20270123T090000Z", "herhaalt zich"),
            (EVENT.replace("UID:1@kpz.nl\n", ""), "De UID ontbreekt."),
            (EVENT.replace("SUMMARY:Proefdag\n", ""), "De titel ontbreekt."),
            ("UID:1\nSUMMARY:x", "DTSTART ontbreekt."),
            ("UID:1\nSUMMARY:x\nDTSTART:20270123T090000Z", "Het einde ontbreekt"),
            ("UID:1\nSUMMARY:x\nDTSTART;VALUE=DATE:20270123\nDTEND:20270123T090000Z", "Het einde ontbreekt"),
            ("UID:1\nSUMMARY:x\nDTSTART:gisteren\nDTEND:20270123T090000Z", "DTSTART kan niet worden gelezen"),
            (EVENT.replace("Europe/Amsterdam", "Mars/Olympus"), "tijdzone Mars/Olympus is niet bekend"),
            ("UID:1\nSUMMARY:x\nDTSTART;VALUE=DATE:99991231", "te ver weg in de tijd"),
            (EVENT.replace("https://www.kpz.nl", "https://evil.nl"), "geen https-adres"),
            (EVENT.replace("DTEND;TZID=Europe/Amsterdam:20270123", "DTEND:20270323"), "langer dan 14 dagen"),
        ],
    )
    def test_refuses_the_file_and_names_the_event_and_why(self, event: str, said: str) -> None:
        assert said in refusal("x.ics", calendar(event))

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (calendar(EVENT, EVENT), "twee keer"),
            (calendar(), "geen enkele dag"),
            (b"", "geen geldig iCalendar-bestand"),
            (b"<html>niet gevonden</html>", "geen geldig iCalendar-bestand"),
            (calendar(EVENT).replace(b"END:VCALENDAR", b""), "geen geldig iCalendar-bestand"),
            (f"BEGIN:VEVENT\n{EVENT}\nEND:VEVENT\n".encode(), "geen geldig iCalendar-bestand"),
        ],
    )
    def test_refuses_a_file_that_is_none(self, content: bytes, said: str) -> None:
        assert said in refusal("x.ics", content)

    def test_takes_a_category_in_any_shape(self) -> None:
        (found,) = read("x.ics", calendar(EVENT + "\nCATEGORIES:PABO,feest\nCATEGORIES;VALUE=TEXT:school"))

        assert found.kinds == ("pabo",)

    @given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
    def test_refuses_rubbish_by_name(self, content: bytes) -> None:
        for name in ("x.csv", "x.ics"):
            with pytest.raises(OpenDaysRefused):
                read(name, content)

    @given(name=st.sampled_from(LINES), more=st.sampled_from(["", ";TZID=x", ";VALUE=DATE"]), value=st.text())
    def test_reads_or_refuses_an_event_with_a_strange_line(self, name: str, more: str, value: str) -> None:
        event = EVENT.replace(f"{name};", "X-WAS;").replace(f"{name}:", "X-WAS:")

        # Any other failure than this one would be a broken page.
        with contextlib.suppress(OpenDaysRefused):
            read("x.ics", calendar(f"{event}\n{name}{more}:{value}"))

    def test_refuses_an_institution_that_teaches_no_teachers(self) -> None:
        with pytest.raises(NotFound):
            get_institution("99ZZ")


def texts(most: int) -> st.SearchStrategy[str]:
    signs = st.characters(exclude_categories=["Cs", "Cc", "Cf"])
    return st.text(signs, min_size=1, max_size=most).map(plain).filter(bool)


@st.composite
def open_days(draw: st.DrawFn) -> AnnouncedDay:
    is_whole_day = draw(st.booleans())
    start = MONDAY + timedelta(minutes=draw(st.integers(0, 900_000)))
    length = timedelta(minutes=draw(st.integers(1, 20_000)))
    is_online = draw(st.booleans())
    place = None if is_online else draw(st.none() | texts(60).map(lambda one: f"Zaal {one}, Zwolle"))
    if is_whole_day:
        # Midnight here, on two days in winter.
        start, length = datetime(2027, 1, 22, 23, tzinfo=UTC), timedelta(days=draw(st.integers(1, 14)))
    return open_day(
        draw(texts(LENGTHS["uid"] - 10)) + "@kpz.nl",
        title=draw(texts(60)),
        starts_at=start,
        ends_at=start + length,
        is_whole_day=is_whole_day,
        is_online=is_online,
        place=place,
        city="Zwolle" if place else None,
        kinds=draw(st.sampled_from([(), ("pabo",), ("associate_degree", "pabo")])),
        url=draw(st.sampled_from([KPZ_SITE, "https://info.kpz.nl/a,b;c?d=1&e=%20#f"])),
    )


def written(days: Iterable[AnnouncedDay]) -> bytes:
    return calendar_of((day, MONDAY) for day in days)


@given(days=st.lists(open_days(), min_size=1, max_size=4, unique_by=lambda day: day.uid))
def test_reads_back_what_it_writes(days: list[AnnouncedDay]) -> None:
    content = written(days)

    assert read("x.ics", content) == tuple(days)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_a_backslash_is_no_line_break_after_writing_and_reading() -> None:
    day = open_day(title=plain("Zaal 1\\Noord"))

    assert read("x.ics", written([day])) == (day,)
    assert day.title == "Zaal 1/Noord"


def test_writes_what_an_agenda_needs() -> None:
    lines = written([open_day(title="Proefdag, ook; ouders")]).decode().split("\r\n")

    assert "UID:1@kpz.nl" in lines
    assert "DTSTAMP:20261123T090000Z" in lines
    assert "DTSTART:20270123T090000Z" in lines
    assert "SUMMARY:Proefdag\\, ook\\; ouders" in lines
