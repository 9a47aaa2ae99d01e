from datetime import timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from guidance.errors import FileRefused, NotFound, StaleForm
from guidance.models.accounts import DEAN
from guidance.models.audit import AuditEntryPerson
from guidance.models.placements import Placement
from guidance.models.pupil import Pupil
from guidance.models.roster import RosterImport
from guidance.roster_csv import read_roster
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.placements import placement_in
from guidance.services.pupils import list_classes
from guidance.services.roster import (
    RosterChanges,
    forget_previews,
    import_roster,
    keep_preview,
    preview_roster,
    run_preview,
)
from tests.people import MONDAY, pupil, staff

HEAD = "leerlingnummer;voornaam;achternaam;klas;niveau;leerjaar;profiel"
LIST = f"{HEAD}\n1;Cem;Kaya;h3a;havo;3;\n2;Dewi;de Wit;v4b;vwo;4;NT\n"


def take_over(session: Session, text: str, name: str = "De Vries", **more: object) -> RosterChanges:
    digest = read_roster(text).digest
    return import_roster(session, staff(session, name), text, digest=digest, **{"now": MONDAY} | more)  # type: ignore[arg-type]


def by_key(session: Session, key: str) -> Pupil:
    return session.scalars(select(Pupil).where(Pupil.roster_key == key)).one()


def count(session: Session, model: type = Pupil) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_previews_and_stores_nothing(session: Session) -> None:
    add_anonymous_pupil(session, staff(session, "De Vries").school, now=MONDAY)
    before = count(session)

    changes = preview_roster(session, staff(session, "De Vries"), LIST, now=MONDAY)

    assert changes.counts == {"new": 2, "changed": 0, "unchanged": 0, "missing": 2}
    assert [one.name for one in changes.new] == ["Cem Kaya", "Dewi de Wit"]
    assert [one.name for one in changes.missing] == ["Anna Achternaam", "Bilal Achternaam"]
    assert count(session) == before


def test_takes_over_what_was_previewed(session: Session) -> None:
    take_over(session, LIST)

    dewi = by_key(session, "2")
    assert (dewi.surname, dewi.profile, dewi.exam_year, dewi.code_digest) == ("de Wit", "NT", 2029, None)
    placement = placement_in(session, dewi, 2026)
    assert placement is not None
    assert (placement.class_name, placement.exam_year) == ("v4b", 2029)
    classes = list_classes(session, staff(session, "De Vries"))
    assert classes == ["h3a", "v4b", "v5a"]
    assert session.scalars(select(AuditEntryPerson.what)).all() == ["roster: 2 new, 0 changed"]


def test_changes_nothing_the_second_time(session: Session) -> None:
    take_over(session, LIST)
    noted = by_key(session, "1").created_at, count(session), count(session, Placement)

    again = take_over(session, LIST, now=MONDAY + timedelta(days=1))

    assert again.counts == {"new": 0, "changed": 0, "unchanged": 2, "missing": 2}
    assert (by_key(session, "1").created_at, count(session), count(session, Placement)) == noted
    assert count(session, AuditEntryPerson) == 1


def test_changes_what_the_file_says_and_no_more(session: Session) -> None:
    take_over(session, LIST)
    by_key(session, "1").mail = "cem@vechtdal.example"
    by_key(session, "2").left_on = MONDAY.date()

    changes = take_over(session, LIST.replace("h3a;havo;3", "h4c;havo;4"))

    assert [one.fields for one in changes.changed] == [("class_name", "leerjaar", "exam_year"), ("left_on",)]
    cem = by_key(session, "1")
    assert (cem.class_name, cem.exam_year, cem.mail) == ("h4c", 2028, "cem@vechtdal.example")
    assert by_key(session, "2").left_on is None


def test_removes_nobody_who_is_missing(session: Session) -> None:
    take_over(session, LIST)

    changes = take_over(session, f"{HEAD}\n1;Cem;Kaya;h3a;havo;3;\n")

    assert [one.name for one in changes.missing] == ["Anna Achternaam", "Dewi de Wit", "Bilal Achternaam"]
    assert by_key(session, "2").left_on is None
    assert pupil(session, "Anna").left_on is None


def test_stores_nothing_of_a_list_with_one_wrong_line(session: Session) -> None:
    with pytest.raises(FileRefused) as refused:
        take_over(session, LIST + "3;;X;h3a;mavo;3;\n")

    assert refused.value.lines == [(4, "first_name"), (4, "level")]
    assert count(session) == 2


def test_refuses_another_list_than_was_previewed(session: Session) -> None:
    with pytest.raises(StaleForm):
        import_roster(
            session,
            staff(session, "De Vries"),
            LIST,
            digest=read_roster(HEAD + "\n9;A;B;h3a;havo;3;").digest,
            now=MONDAY,
        )


def test_keeps_schools_apart(session: Session) -> None:
    take_over(session, LIST)
    kept, _ = keep_preview(session, staff(session, "De Vries"), LIST, now=MONDAY)

    assert take_over(session, LIST, "Smit").counts["new"] == 2
    with pytest.raises(NotFound):
        run_preview(session, staff(session, "Smit"), kept.id, digest=kept.digest, now=MONDAY)


@pytest.mark.parametrize("name", ["Postma", "Hofman", "Jansen", "Kuiper"])
def test_is_for_deans_only(session: Session, name: str) -> None:
    with pytest.raises(NotFound):
        preview_roster(session, staff(session, name), LIST, now=MONDAY)


def test_runs_a_preview_once_and_empties_it(session: Session) -> None:
    dean = staff(session, "De Vries")
    kept, _ = keep_preview(session, dean, LIST, now=MONDAY)

    assert run_preview(session, dean, kept.id, digest=kept.digest, now=MONDAY).counts["new"] == 2
    assert (kept.text, kept.run_at) == (None, MONDAY)
    with pytest.raises(StaleForm):
        run_preview(session, dean, kept.id, digest=kept.digest, now=MONDAY)


def test_keeps_no_birth_date(session: Session) -> None:
    text = LIST.replace("profiel", "geboortedatum").replace("3;\n", "3;1-5-2011\n").replace("NT", "2-6-2012")
    kept, _ = keep_preview(session, staff(session, "De Vries"), text, now=MONDAY)

    assert kept.text is not None
    assert "2011" not in kept.text
    assert "2027-04-30" in kept.text


def test_keeps_a_list_for_a_day(session: Session) -> None:
    dean = staff(session, "De Vries")
    kept, _ = keep_preview(session, dean, LIST, now=MONDAY)
    later = MONDAY + timedelta(days=1, seconds=1)

    with pytest.raises(StaleForm):
        run_preview(session, dean, kept.id, digest=kept.digest, now=later)
    assert forget_previews(session, now=MONDAY + timedelta(hours=23)) == 0
    assert forget_previews(session, now=later) == 1
    assert count(session, RosterImport) == 0


def test_asks_nothing_about_each_pupil_of_a_large_school(session: Session) -> None:
    text = HEAD + "\n" + "".join(f"{n};Voor{n};Achter{n};h3a;havo;3;\n" for n in range(1500))
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *call: statements.append(call[2]))

    kept, _ = keep_preview(session, staff(session, "De Vries"), text, now=MONDAY)
    changes = run_preview(session, staff(session, "De Vries"), kept.id, digest=kept.digest, now=MONDAY)

    assert changes.counts["new"] == 1500
    assert sum("SELECT" in one for one in statements) < 20


def test_runs_once_for_two_deans_who_look_at_it(session: Session) -> None:
    dean, colleague = staff(session, "De Vries"), staff(session, "Postma")
    colleague.role = DEAN
    kept, _ = keep_preview(session, dean, LIST, now=MONDAY)

    run_preview(session, colleague, kept.id, digest=kept.digest, now=MONDAY)

    with pytest.raises(StaleForm):
        run_preview(session, dean, kept.id, digest=kept.digest, now=MONDAY)


def test_refuses_to_run_with_another_digest(session: Session) -> None:
    dean = staff(session, "De Vries")
    kept, _ = keep_preview(session, dean, LIST, now=MONDAY)

    with pytest.raises(StaleForm):
        run_preview(session, dean, kept.id, digest="x", now=MONDAY)
    assert kept.run_at is None
