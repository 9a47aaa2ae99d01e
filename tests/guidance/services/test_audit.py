from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.models.audit import AuditEntry
from guidance.models.pupil import Pupil
from guidance.models.school import School
from guidance.services.audit import list_openings, record_opening, record_refusal, verify
from tests.people import MONDAY, pupil, staff


def dean(session: Session) -> Actor:
    return Actor("dean", staff(session, "De Vries").id)


class TestListOpenings:
    def test_tells_a_pupil_who_opened_what_newest_first(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        record_opening(session, anna, dean(session), now=MONDAY)
        record_opening(session, anna, dean(session), now=MONDAY + timedelta(days=1), what="summary:4")

        found = [(opening.name, opening.what, opening.opened_at) for opening in list_openings(session, anna)]

        assert found == [
            ("De Vries", "summary:4", MONDAY + timedelta(days=1)),
            ("De Vries", None, MONDAY),
        ]

    def test_keeps_one_pupils_openings_from_another(self, session: Session) -> None:
        record_opening(session, pupil(session, "Anna"), dean(session), now=MONDAY)

        assert list_openings(session, pupil(session, "Bilal")) == []

    def test_does_not_show_what_was_refused(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        smit = staff(session, "Smit")
        record_refusal(session, smit.school_id, Actor("dean", smit.id), "pupil", now=MONDAY, pupil_id=anna.id)

        assert list_openings(session, anna) == []


class TestVerify:
    def test_finds_the_audit_whole_after_a_pupil_is_erased(self, session: Session) -> None:
        record_opening(session, pupil(session, "Anna"), dean(session), now=MONDAY)
        session.execute(delete(Pupil).where(Pupil.first_name == "Anna"))

        found = verify(session, session.scalars(select(School).where(School.code == "vechtdal")).one())

        assert (found.is_whole, found.rows, found.erased) == (True, 1, 1)

    def test_keeps_a_chain_for_each_school(self, session: Session) -> None:
        record_opening(session, pupil(session, "Anna"), dean(session), now=MONDAY)
        smit = staff(session, "Smit")
        record_refusal(session, smit.school_id, Actor("dean", smit.id), "pupil", now=MONDAY)

        assert [verify(session, school).rows for school in session.scalars(select(School))] == [1, 1]


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"], ids=["update", "delete"]
)
def test_the_database_refuses_to_change_the_audit(session: Session, change: str) -> None:
    record_opening(session, pupil(session, "Anna"), dean(session), now=MONDAY)
    assert session.scalars(select(AuditEntry)).one()

    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(change))
