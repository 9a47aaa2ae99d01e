"""What is allowed under 16: who may note and withdraw it, and that it is off without."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from guidance.consents import Basis, Decision, Purpose
from guidance.errors import ConsentMissing, NotFound, UnusableField
from guidance.models.audit import AuditEntry, AuditEntryPerson
from guidance.models.school import ConsentBasis
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.audit import CHANGED, list_openings, verify
from guidance.services.consents import has_basis, list_bases, note_basis, require_basis, withdraw_basis
from guidance.services.summary import draft_summary, share_summary
from guidance.services.talks import request_talk
from tests.people import MONDAY, pupil, staff

TODAY = MONDAY.date()
BY_BOARD = Decision(Basis.TASK, TODAY, "Bestuur")
BY_PARENT = Decision(Basis.PARENT, TODAY, "Moeder van Anna")
OUTSIDERS = pytest.mark.parametrize(
    "outsider", ["Smit", "Jansen"], ids=["dean of another school", "safeguarding contact"]
)


@pytest.fixture
def nothing_noted(session: Session) -> None:
    session.execute(delete(ConsentBasis))


def note(
    session: Session,
    purpose: Purpose = Purpose.MAIL,
    decision: Decision = BY_BOARD,
    *,
    name: str | None = None,
    dean: str = "De Vries",
) -> ConsentBasis:
    pupil_id = pupil(session, name).id if name else None
    return note_basis(session, staff(session, dean), purpose, decision, pupil_id=pupil_id, now=MONDAY)


def withdraw(session: Session, basis: ConsentBasis, dean: str = "De Vries") -> None:
    withdraw_basis(session, staff(session, dean), basis.id, now=MONDAY)


def allowed(session: Session, name: str, purpose: Purpose = Purpose.MAIL) -> bool:
    return has_basis(session, pupil(session, name), purpose, today=TODAY)


def changes(session: Session) -> list[tuple[str, str | None, int | None]]:
    """Return what the audit says was changed, by whom and about which pupil."""
    rows = session.execute(
        select(AuditEntryPerson.actor_kind, AuditEntryPerson.what, AuditEntryPerson.pupil_id)
        .join(AuditEntry, AuditEntry.id == AuditEntryPerson.entry_id)
        .where(AuditEntry.action == CHANGED)
        .order_by(AuditEntry.id)
    )
    return [(kind, what, pupil_id) for kind, what, pupil_id in rows]


class TestHasBasis:
    def test_is_off_when_nothing_is_noted(self, session: Session) -> None:
        assert not allowed(session, "Anna")
        with pytest.raises(ConsentMissing):
            require_basis(session, pupil(session, "Anna"), Purpose.MAIL, today=TODAY)

    def test_is_on_for_every_pupil_by_a_task_of_the_school(self, session: Session) -> None:
        note(session)

        assert [allowed(session, name) for name in ("Anna", "Bilal")] == [True, True]

    def test_is_on_for_one_pupil_and_one_purpose_by_a_parent(self, session: Session) -> None:
        note(session, decision=BY_PARENT, name="Anna")

        assert [allowed(session, name) for name in ("Anna", "Bilal")] == [True, False]
        assert not allowed(session, "Anna", Purpose.MENTOR_CONTACT)

    def test_takes_nothing_from_another_school(self, session: Session) -> None:
        note(session, dean="Smit")

        assert not allowed(session, "Anna")

    @given(noted=st.booleans(), own=st.booleans(), days=st.integers(-1000, 1000) | st.none())
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
    def test_needs_none_from_16_and_one_before(
        self, session: Session, noted: bool, own: bool, days: int | None
    ) -> None:
        anna = pupil(session, "Anna")
        with session.begin_nested() as undone:
            anna.under_16_until = None if days is None else TODAY + timedelta(days=days)
            is_16 = days is not None and days < 0
            if noted:
                note(session)
            if own and not is_16:
                note(session, decision=BY_PARENT, name="Anna")

            assert allowed(session, "Anna") == (is_16 or noted or own)
            undone.rollback()


class TestListBases:
    def test_gives_those_for_all_first_and_then_pupils_by_name(self, session: Session) -> None:
        bilals = note(session, decision=BY_PARENT, name="Bilal")
        annas = note(session, decision=BY_PARENT, name="Anna")
        mail = note(session)

        found = list_bases(session, staff(session, "De Vries"), today=TODAY)

        first = [one.basis.purpose for one in found[:2]]
        assert (first, found[1].basis) == (["summary", "mail"], mail)
        assert [(one.basis, one.pupil) for one in found[2:]] == [
            (annas, pupil(session, "Anna")),
            (bilals, pupil(session, "Bilal")),
        ]

    def test_leaves_out_who_is_16_or_has_left(self, session: Session) -> None:
        for name in ("Anna", "Bilal"):
            note(session, decision=BY_PARENT, name=name)
        pupil(session, "Anna").under_16_until = TODAY - timedelta(days=1)
        pupil(session, "Bilal").left_on = TODAY
        session.flush()

        found = list_bases(session, staff(session, "De Vries"), today=TODAY)

        assert [one.pupil for one in found] == [None]

    def test_is_of_the_own_school_and_for_deans_only(self, session: Session) -> None:
        note(session, decision=BY_PARENT, name="Anna")

        (elders,) = list_bases(session, staff(session, "Smit"), today=TODAY)
        assert elders.basis.school_id == staff(session, "Smit").school_id
        with pytest.raises(NotFound):
            list_bases(session, staff(session, "Jansen"), today=TODAY)


class TestNoteBasis:
    def test_keeps_the_ground_the_day_and_who_decided(self, session: Session) -> None:
        basis = note(session, decision=BY_PARENT, name="Anna")

        kept = (basis.basis, basis.decided_on, basis.decided_by, basis.pupil_id)
        assert kept == ("parent", TODAY, "Moeder van Anna", pupil(session, "Anna").id)

    @pytest.mark.parametrize("name", [None, "Anna"], ids=["whole school", "one pupil"])
    def test_changes_nothing_the_second_time(self, session: Session, name: str | None) -> None:
        first = note(session, name=name)

        assert note(session, name=name) is first
        assert len(changes(session)) == 1

    @pytest.mark.parametrize("name", [None, "Anna"], ids=["whole school", "one pupil"])
    def test_puts_another_decision_in_the_place_of_the_first(
        self, session: Session, name: str | None
    ) -> None:
        first = note(session, name=name)

        later = note(session, decision=Decision(Basis.TASK, TODAY, "Schoolleiding"), name=name)

        assert (later.id, later.decided_by) == (first.id, "Schoolleiding")
        mail = select(ConsentBasis).where(ConsentBasis.purpose == Purpose.MAIL)
        assert session.scalars(mail).all() == [later]

    def test_takes_no_parent_for_the_whole_school(self, session: Session) -> None:
        with pytest.raises(UnusableField) as refused:
            note(session, decision=BY_PARENT)

        assert (refused.value.name, allowed(session, "Anna")) == ("basis", False)

    @pytest.mark.parametrize(("days", "fits"), [(0, True), (1, False)], ids=["today", "tomorrow"])
    def test_takes_no_day_to_come(self, session: Session, days: int, fits: bool) -> None:
        decision = Decision(Basis.TASK, TODAY + timedelta(days=days), "Bestuur")

        if fits:
            assert note(session, decision=decision).decided_on == TODAY
            return
        with pytest.raises(UnusableField) as refused:
            note(session, decision=decision)
        assert refused.value.name == "decided_on"

    def test_takes_no_pupil_of_16_or_who_left(self, session: Session) -> None:
        pupil(session, "Anna").under_16_until = TODAY - timedelta(days=1)
        pupil(session, "Bilal").left_on = TODAY

        for name in ("Anna", "Bilal"):
            with pytest.raises(UnusableField) as refused:
                note(session, decision=BY_PARENT, name=name)
            assert refused.value.name == "pupil"

    def test_takes_no_visitor_without_a_name(self, session: Session) -> None:
        dean = staff(session, "De Vries")
        visitor = add_anonymous_pupil(session, dean.school, now=MONDAY)

        with pytest.raises(NotFound):
            note_basis(session, dean, Purpose.MAIL, BY_PARENT, pupil_id=visitor.id, now=MONDAY)

    @OUTSIDERS
    def test_is_not_for_others(self, session: Session, outsider: str) -> None:
        with pytest.raises(NotFound):
            note(session, decision=BY_PARENT, name="Anna", dean=outsider)

        assert (allowed(session, "Anna"), changes(session)) == (False, [])

    def test_a_safeguarding_contact_notes_none_for_the_school(self, session: Session) -> None:
        with pytest.raises(NotFound):
            note(session, dean="Jansen")

    def test_waits_for_another_who_notes_the_same(
        self, session: Session, sessions: sessionmaker[Session]
    ) -> None:
        def note_too() -> None:
            with sessions.begin() as other:
                note(other)

        session.rollback()
        with ThreadPoolExecutor(1) as threads:
            with sessions.begin() as first:
                note(first)
                second = threads.submit(note_too)
                assert wait([second], timeout=0.5).not_done
            second.result()

        mail = select(ConsentBasis).where(ConsentBasis.purpose == Purpose.MAIL)
        assert len(session.scalars(mail).all()) == len(changes(session)) == 1


class TestWithdrawBasis:
    def test_turns_it_off_and_says_so_in_the_audit_without_a_name(self, session: Session) -> None:
        basis, anna = note(session, decision=BY_PARENT, name="Anna"), pupil(session, "Anna")
        name = f"consent_basis:{basis.id}"

        withdraw(session, basis)

        assert not allowed(session, "Anna")
        assert changes(session) == [
            ("dean", f"{name}:noted:mail:parent:2026-11-23", anna.id),
            ("dean", f"{name}:withdrawn", anna.id),
        ]
        assert verify(session, anna.school).is_whole
        assert list_openings(session, anna) == []

    def test_changes_nothing_the_second_time(self, session: Session) -> None:
        basis = note(session)

        withdraw(session, basis)
        withdraw(session, basis)

        assert len(changes(session)) == 2

    def test_leaves_what_another_pupil_has(self, session: Session) -> None:
        note(session, decision=BY_PARENT, name="Bilal")

        withdraw(session, note(session))

        assert [allowed(session, name) for name in ("Anna", "Bilal")] == [False, True]

    def test_finds_none_that_never_was(self, session: Session) -> None:
        with pytest.raises(NotFound):
            withdraw_basis(session, staff(session, "De Vries"), 9999, now=MONDAY)

    @OUTSIDERS
    def test_is_not_for_others(self, session: Session, outsider: str) -> None:
        basis = note(session)

        with pytest.raises(NotFound):
            withdraw(session, basis, outsider)

        assert allowed(session, "Anna")

    @OUTSIDERS
    def test_tells_others_nothing_of_one_that_was_withdrawn(self, session: Session, outsider: str) -> None:
        basis = note(session)
        withdraw(session, basis)

        with pytest.raises(NotFound):
            withdraw(session, basis, outsider)

    def test_keeps_a_summary_from_the_dean_at_once(self, session: Session) -> None:
        anna, dean = pupil(session, "Anna"), staff(session, "De Vries")
        draft_summary(session, request_talk(session, anna, now=MONDAY), now=MONDAY)
        (noted,) = list_bases(session, dean, today=TODAY)

        withdraw(session, noted.basis)

        with pytest.raises(ConsentMissing):
            share_summary(session, anna, now=MONDAY)
