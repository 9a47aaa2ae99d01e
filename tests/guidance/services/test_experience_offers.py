from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from guidance.errors import AlreadyOffered, NotFound, StaleForm, UnusableField
from guidance.models.experiences import ExperienceOffer
from guidance.services.experience_offers import (
    OfferFields,
    add_offer,
    change_offer,
    end_offer,
    list_offers,
    list_offers_of_dean,
    reopen_offer,
)
from tests.people import MONDAY, pupil, staff

HOMEWORK = {
    "kind": "homework_help",
    "title": "Huiswerkhulp op dinsdag",
    "description": "Je helpt brugklassers een uur met hun huiswerk.",
    "teacher_name": "Mevrouw Jansen",
    "teacher_mail": "jansen@vechtdal.example",
}
OUTSIDERS = pytest.mark.parametrize(
    "outsider", ["Smit", "Jansen"], ids=["dean of another school", "not a dean"]
)


def fields(**other: str) -> OfferFields:
    return OfferFields(**HOMEWORK | other)


def add(session: Session, *, dean: str = "De Vries", **other: str) -> ExperienceOffer:
    return add_offer(session, staff(session, dean), fields(**other), now=MONDAY)


class TestOfferFields:
    def test_puts_every_field_on_one_line(self) -> None:
        assert fields(title="  Huiswerkhulp\r\nop maandag ").title == "Huiswerkhulp op maandag"

    def test_keeps_no_sign_that_cannot_be_seen(self) -> None:
        assert fields(title="Huis\0werk\u202ehulp").title == "Huiswerkhulp"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("kind", "cooking"),
            ("title", " "),
            ("title", "\u200b"),
            ("teacher_name", "\u3164"),
            ("title", "a" * 61),
            ("description", "a" * 301),
            ("teacher_name", ""),
            ("teacher_mail", "jansen"),
            ("teacher_mail", "jansen@school"),
            ("teacher_mail", "a@b.example, c@d.example"),
            ("teacher_mail", "Jansen <jansen@b.example>"),
            ("teacher_mail", "a@b@c.example"),
            ("teacher_mail", "@b.example"),
        ],
    )
    def test_names_the_field_that_cannot_be_used(self, name: str, value: str) -> None:
        with pytest.raises(UnusableField) as refused:
            fields(**{name: value})

        assert refused.value.name == name


class TestAddOffer:
    def test_adds_it_to_the_deans_own_school(self, session: Session) -> None:
        offer = add(session)

        assert list_offers(session, pupil(session, "Anna").school) == [offer]
        assert list_offers(session, staff(session, "Smit").school) == []
        assert (offer.added_by, offer.added_at) == (staff(session, "De Vries").id, MONDAY)

    def test_sent_twice_adds_one(self, session: Session) -> None:
        assert add(session) is add(session)
        assert len(session.scalars(select(ExperienceOffer)).all()) == 1

    def test_is_for_deans_only(self, session: Session) -> None:
        with pytest.raises(NotFound):
            add(session, dean="Jansen")

    def test_stands_once_in_the_database_too(self, session: Session) -> None:
        offer = add(session)
        session.add(
            ExperienceOffer(school_id=offer.school_id, added_by=offer.added_by, added_at=MONDAY, **HOMEWORK)
        )

        with pytest.raises(IntegrityError):
            session.flush()


class TestChangeOffer:
    def test_changes_what_it_says(self, session: Session) -> None:
        dean, offer = staff(session, "De Vries"), add(session)

        change_offer(
            session, dean, offer.id, fields(title="Bijles", kind="assistant"), seen=offer.version, now=MONDAY
        )

        assert (offer.title, offer.kind) == ("Bijles", "assistant")

    def test_refuses_to_make_two_the_same(self, session: Session) -> None:
        add(session)
        other = add(session, title="Bijles")

        with pytest.raises(AlreadyOffered):
            change_offer(
                session, staff(session, "De Vries"), other.id, fields(), seen=other.version, now=MONDAY
            )

        assert other.title == "Bijles"

    def test_refuses_who_did_not_see_the_last_change(self, session: Session) -> None:
        dean, offer = staff(session, "De Vries"), add(session)
        change_offer(session, dean, offer.id, fields(title="Bijles"), seen=1, now=MONDAY)

        with pytest.raises(StaleForm):
            change_offer(session, dean, offer.id, fields(title="Surveilleren"), seen=1, now=MONDAY)

        assert change_offer(session, dean, offer.id, fields(title="Bijles"), seen=1, now=MONDAY) is offer
        assert (offer.title, offer.version) == ("Bijles", 2)

    @OUTSIDERS
    def test_is_not_for_others(self, session: Session, outsider: str) -> None:
        offer = add(session)

        with pytest.raises(NotFound):
            change_offer(
                session,
                staff(session, outsider),
                offer.id,
                fields(title="Weg"),
                seen=offer.version,
                now=MONDAY,
            )

        assert offer.title == HOMEWORK["title"]


class TestEndOffer:
    def test_takes_it_from_what_pupils_see_and_keeps_it_for_the_dean(self, session: Session) -> None:
        dean, offer, other = staff(session, "De Vries"), add(session), add(session, title="Bijles")

        end_offer(session, dean, offer.id, now=MONDAY)
        end_offer(session, dean, offer.id, now=MONDAY + timedelta(days=1))

        assert offer.ended_at == MONDAY
        assert list_offers(session, dean.school) == [other]
        assert list_offers_of_dean(session, dean) == [other, offer]

    @OUTSIDERS
    def test_is_not_for_others(self, session: Session, outsider: str) -> None:
        offer = add(session)

        with pytest.raises(NotFound):
            end_offer(session, staff(session, outsider), offer.id, now=MONDAY)

        assert offer.ended_at is None


class TestReopenOffer:
    def test_offers_it_again(self, session: Session) -> None:
        dean, offer = staff(session, "De Vries"), add(session)
        end_offer(session, dean, offer.id, now=MONDAY)

        reopen_offer(session, dean, offer.id)
        reopen_offer(session, dean, offer.id)

        assert list_offers(session, dean.school) == [offer]

    def test_is_refused_when_the_same_was_added_meanwhile(self, session: Session) -> None:
        dean, offer = staff(session, "De Vries"), add(session)
        end_offer(session, dean, offer.id, now=MONDAY)
        add(session)

        with pytest.raises(AlreadyOffered):
            reopen_offer(session, dean, offer.id)

    @OUTSIDERS
    def test_is_not_for_others(self, session: Session, outsider: str) -> None:
        offer = end_offer(session, staff(session, "De Vries"), add(session).id, now=MONDAY)

        with pytest.raises(NotFound):
            reopen_offer(session, staff(session, outsider), offer.id)


def test_lists_the_offers_of_a_school_for_its_dean_only(session: Session) -> None:
    add(session)

    assert list_offers_of_dean(session, staff(session, "Smit")) == []
    with pytest.raises(NotFound):
        list_offers_of_dean(session, staff(session, "Jansen"))
