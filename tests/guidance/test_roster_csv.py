"""The list of pupils: what is read, and what is said of each line that is wrong."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.errors import FileRefused
from guidance.roster_csv import MOST_BYTES, last_day_under_16, read_roster, template
from guidance.wording import texts_of

HEAD = "leerlingnummer;voornaam;achternaam;klas;niveau;leerjaar;profiel;vakantieregio;onder_16_tot;mail"
ROW = "1001;Zoë;de Wit;h3a;havo;3;;noord;31-12-2027;"
NEEDED = "leerlingnummer;voornaam;achternaam;klas;niveau;leerjaar"


def table(*rows: str, head: str = HEAD) -> str:
    return "\n".join([head, *rows]) + "\n"


def mistakes(content: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(FileRefused) as refused:
        read_roster(content)
    assert all(name in texts_of("roster.mistakes") for _, name in refused.value.lines)
    return refused.value.lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_reads_what_spreadsheets_write(encoding: str, sign: str, end: str) -> None:
    content = table(ROW).replace(";", sign).replace("\n", end).encode(encoding)

    assert read_roster(content).lines[0].values == {
        "roster_key": "1001",
        "first_name": "Zoë",
        "surname": "de Wit",
        "class_name": "h3a",
        "level": "havo",
        "leerjaar": 3,
        "profile": None,
        "holiday_region": "noord",
        "under_16_until": date(2027, 12, 31),
        "mail": None,
    }


def test_reads_quotes_and_counts_their_lines() -> None:
    rows = ('1;"Jan ""J""";"Wit; de";h3a;havo;3', '2;"Ann\na";X;h3a;havo;3', "3;A;B;h3a;mavo;3")

    assert mistakes(table(*rows, head=NEEDED)) == [(5, "level")]
    assert read_roster(table(*rows[:2], head=NEEDED)).lines[0].values["surname"] == "Wit; de"


def test_knows_other_names_of_columns_and_names_what_it_does_not_know() -> None:
    head = "Stamnr,Roepnaam,Tussenvoegsel,Achternaam,Stamgroep,Studie,Leerjaar,Geboortedatum,BSN"
    found = read_roster(table("7,Bo,van,Dam,v5a,Gymnasium,5,29-2-2012,123", head=head))

    assert found.lines[0].values == {
        "roster_key": "7",
        "first_name": "Bo",
        "surname": "van Dam",
        "class_name": "v5a",
        "level": "vwo",
        "leerjaar": 5,
        "under_16_until": date(2028, 2, 28),
    }
    assert (found.unknown_columns, found.is_unverified) == (("BSN",), True)
    assert "2012" not in found.table
    assert "123" not in found.table


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2011, 5, 1), date(2027, 4, 30)),
        (date(2012, 2, 29), date(2028, 2, 28)),
        (date(2084, 2, 29), date(2100, 2, 28)),
        (date(2011, 1, 1), date(2026, 12, 31)),
    ],
)
def test_knows_the_last_day_under_16(born: date, last: date) -> None:
    assert last_day_under_16(born) == last


@pytest.mark.parametrize("begin", ["=", "+", "@"])
def test_keeps_a_formula_as_text(begin: str) -> None:
    found = read_roster(table(f"1;{begin}1+1;X;h3a;havo;3", head=NEEDED))

    assert found.lines[0].values["first_name"] == f"{begin}1+1"


@pytest.mark.parametrize("written", ["31-12-2027", "31/12/2027", "2027-12-31"])
def test_reads_dates_both_ways(written: str) -> None:
    found = read_roster(table(f"1;A;B;h3a;havo;3;;;{written};"))

    assert found.lines[0].values["under_16_until"] == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (";A;B;h3a;havo;3;;;;", "roster_key"),
        ("1;;B;h3a;havo;3;;;;", "first_name"),
        ("1;A;;h3a;havo;3;;;;", "surname"),
        (f"1;A;{'b' * 81};h3a;havo;3;;;;", "surname"),
        ("1;A;B;;havo;3;;;;", "class_name"),
        ("1;A;B;h3a;mavo;3;;;;", "level"),
        ("1;A;B;h3a;havo;6;;;;", "leerjaar"),
        ("1;A;B;h3a;havo;drie;;;;", "leerjaar"),
        ("1;A;B;h3a;havo;3;XX;;;", "profile"),
        ("1;A;B;h3a;havo;3;;oost;;", "holiday_region"),
        ("1;A;B;h3a;havo;3;;;31-2-2027;", "under_16_until"),
        ("1;A;B;h3a;havo;3;;;;bo@", "mail"),
        ("1;A\x07;B;h3a;havo;3;;;;", "hidden_sign"),
        ("1;A;B;h3a;havo;3", "other_cells"),
        ("1001;A;B;h3a;havo;3;;;;", "twice"),
    ],
)
def test_says_what_is_wrong_with_a_line(row: str, name: str) -> None:
    assert mistakes(table(ROW, "", row)) == [(4, name)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", [(0, "empty")]),
        (HEAD, [(1, "empty")]),
        (b"a\0b", [(0, "unreadable")]),
        (b"x" * (MOST_BYTES + 1), [(0, "too_large")]),
        (b"\x81\x8d", [(0, "unreadable")]),
        (table('1;"A', head=NEEDED), [(2, "unreadable")]),
        (table(ROW, head=HEAD.replace("klas", "groepje")), [(1, "no_column_class_name")]),
        (table(ROW, head=HEAD.replace("profiel", "klas")), [(1, "column_twice")]),
        (table(*["x"] * 5001, head=NEEDED), [(1, "too_many")]),
    ],
)
def test_says_what_is_wrong_with_a_file(content: str | bytes, found: list[tuple[int, str]]) -> None:
    assert mistakes(content) == found


def test_makes_a_template_that_it_reads() -> None:
    filled = template() + "1;A;B;h3a;havo;3;;;;;;\r\n"

    assert read_roster(filled.encode()).lines[0].key == "1"


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=5, unique_by=lambda row: row[0]))
def test_reads_its_own_table_as_it_was(rows: list[tuple[str, str, str]]) -> None:
    cells = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows]
    first = read_roster(table(*(f"{a};{b};{c};h3a;havo;3" for a, b, c in cells), head=NEEDED))
    again = read_roster(first.table)

    assert [line.values for line in again.lines] == [line.values for line in first.lines]
    assert again.digest == first.digest


@given(st.one_of(st.text(), st.binary()))
def test_reads_or_refuses_anything(content: str | bytes) -> None:
    with suppress(FileRefused):
        assert read_roster(content).lines
