"""Oud-leerlingen: signing up, the two links, what a dean sees, and every step of the vetting."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.errors import (
    DangerInText,
    LinkUnusable,
    MentorsOff,
    NotFound,
    StepLacks,
    StepRefused,
    UnusableField,
)
from guidance.mentor_vetting import State, Who
from guidance.models.mail import OutboxMail
from guidance.models.mentors import CONFIRM_LINK_LIVES, SIGN_IN_LINK_LIVES, Mentor
from guidance.services.mentor_mails import confirm_mail, get_mentor_of_link
from guidance.services.mentor_night import run_mentor_night
from guidance.services.mentor_vetting import list_steps, note_vog, take_step
from guidance.services.mentors import (
    AboutMentor,
    approve_story,
    ask_sign_in_link,
    change_about,
    get_mentor_of_dean,
    list_mentors_of_dean,
    sign_up,
    turn_mentors_off,
    turn_mentors_on,
)
from tests.guidance.services.mentor_cast import VOG_ENDS, add_mentor, open_contact
from tests.people import MONDAY, staff

ABOUT = AboutMentor(
    "Cor", 2019, "Hoe de pabo is.", 2, programme_name="Pabo", institution="Hogeschool Windesheim"
)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def school(session: Session) -> Session:
    """Anna's school, with contact turned on."""
    open_contact(session)
    return session


def sign_up_cor(session: Session, about: AboutMentor = ABOUT) -> Mentor:
    return sign_up(session, staff(session, "De Vries").school, " Cor@Post.example ", about, now=MONDAY)


def token_of_last_mail(session: Session) -> str:
    body = session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc()).limit(1)).one()
    found = re.search(r"/oud-leerling/\w+/([\w-]+)", body)
    assert found
    return found[1]


class TestTurnOn:
    def test_needs_two_confirmed_contacts(self, session: Session) -> None:
        staff(session, "Jansen").confirmed_at = None
        session.flush()

        with pytest.raises(MentorsOff):
            turn_mentors_on(session, staff(session, "De Vries"), now=MONDAY)

    def test_is_for_deans(self, session: Session) -> None:
        with pytest.raises(NotFound):
            turn_mentors_on(session, staff(session, "Jansen"), now=MONDAY)

    def test_off_nobody_signs_up(self, school: Session) -> None:
        turn_mentors_off(staff(school, "De Vries"))

        with pytest.raises(MentorsOff):
            sign_up_cor(school)


class TestSignUp:
    def test_mails_a_link_that_confirms_the_address_once(self, school: Session) -> None:
        mentor = sign_up_cor(school)
        token = token_of_last_mail(school)

        assert mentor.mail == "cor@post.example"
        assert confirm_mail(school, token, now=MONDAY).mail_confirmed_at == MONDAY
        with pytest.raises(LinkUnusable):
            confirm_mail(school, token, now=MONDAY)

    def test_a_link_works_for_a_day(self, school: Session) -> None:
        sign_up_cor(school)
        token = token_of_last_mail(school)

        with pytest.raises(LinkUnusable):
            confirm_mail(school, token, now=MONDAY + CONFIRM_LINK_LIVES)
        assert confirm_mail(school, token, now=MONDAY + CONFIRM_LINK_LIVES - A_SECOND)

    def test_signing_up_again_replaces_the_link_and_what_was_told(self, school: Session) -> None:
        sign_up_cor(school)
        first = token_of_last_mail(school)

        mentor = sign_up_cor(school, replace(ABOUT, capacity=5))

        assert school.scalars(select(Mentor)).all() == [mentor]
        assert mentor.capacity == 5
        with pytest.raises(LinkUnusable):
            confirm_mail(school, first, now=MONDAY)

    def test_an_address_that_is_confirmed_changes_nothing_and_gets_its_own_page(
        self, school: Session
    ) -> None:
        mentor = add_mentor(school, "Cor")

        again = sign_up(school, mentor.school, mentor.mail, replace(ABOUT, capacity=5), now=MONDAY)

        assert (again.id, again.capacity, again.state) == (mentor.id, 2, State.ACTIVE)
        assert get_mentor_of_link(school, token_of_last_mail(school), now=MONDAY) is mentor

    @pytest.mark.parametrize(
        ("changes", "name"),
        [
            ({"first_name": "Cor Jansen"}, "first_name"),
            ({"first_name": " "}, "first_name"),
            ({"exam_year": 2031}, "exam_year"),
            ({"capacity": 0}, "capacity"),
            ({"capacity": 6}, "capacity"),
            ({"profile": "XX"}, "profile"),
            ({"topics": " "}, "topics"),
            ({"programme": "made-up"}, "programme"),
            ({"programme_name": ""}, "programme_name"),
            ({"institution": "x" * 121}, "institution"),
        ],
    )
    def test_names_the_field_that_cannot_be_used(
        self, school: Session, changes: dict[str, object], name: str
    ) -> None:
        with pytest.raises(UnusableField) as refused:
            sign_up_cor(school, replace(ABOUT, **changes))  # type: ignore[arg-type]

        assert refused.value.name == name

    @pytest.mark.parametrize(
        "mail", ["geen adres", "a@b", "a@b.example\nBcc: c@d.example", "x" * 260 + "@b.nl"]
    )
    def test_refuses_what_is_no_address(self, school: Session, mail: str) -> None:
        with pytest.raises(UnusableField):
            sign_up(school, staff(school, "De Vries").school, mail, ABOUT, now=MONDAY)

    def test_keeps_no_personal_data_of_others_in_what_was_told(self, school: Session) -> None:
        mentor = sign_up_cor(school, replace(ABOUT, story="Ik ben Cor. Jan Verhoeven was mijn mentor."))

        assert mentor.story == "Ik ben Cor. [naam] was mijn mentor."

    @pytest.mark.parametrize("field", ["topics", "story", "programme_name", "institution"])
    @pytest.mark.parametrize(
        "text", ["Bel me op 06-12345678", "Kijk op www.cor.nl", "Mijn insta is cor.leert"], ids=str
    )
    def test_refuses_a_way_to_get_in_touch(self, school: Session, field: str, text: str) -> None:
        with pytest.raises(UnusableField) as refused:
            sign_up_cor(school, replace(ABOUT, **{field: text}))

        assert refused.value.name == "contact"

    def test_danger_in_a_story_is_not_kept(self, school: Session) -> None:
        with pytest.raises(DangerInText):
            sign_up_cor(school, replace(ABOUT, story="ik wil niet meer leven"))


class TestSignInLink:
    def test_an_unknown_address_gets_nothing(self, school: Session) -> None:
        ask_sign_in_link(school, staff(school, "De Vries").school, "nobody@post.example", now=MONDAY)

        assert school.scalars(select(OutboxMail)).all() == []

    def test_opens_the_own_page_for_two_weeks(self, school: Session) -> None:
        mentor = add_mentor(school, "Cor")
        ask_sign_in_link(school, mentor.school, mentor.mail, now=MONDAY)
        token = token_of_last_mail(school)

        last = MONDAY + SIGN_IN_LINK_LIVES - A_SECOND
        assert get_mentor_of_link(school, token, now=last) is mentor
        with pytest.raises(LinkUnusable):
            get_mentor_of_link(school, token, now=last + A_SECOND)
        with pytest.raises(LinkUnusable):
            confirm_mail(school, token, now=MONDAY)


class TestVetting:
    def test_stores_every_step_with_time_and_actor(self, school: Session) -> None:
        mentor, dean = add_mentor(school, "Cor"), staff(school, "De Vries")

        assert [(step.start, step.end, step.actor) for step in list_steps(school, mentor)] == [
            ("signed_up", "alumnus_confirmed", f"dean:{dean.id}"),
            ("alumnus_confirmed", "talk_held", f"dean:{dean.id}"),
            ("talk_held", "vog_seen", f"dean:{dean.id}"),
            ("vog_seen", "conduct_agreed", f"mentor:{mentor.id}"),
            ("conduct_agreed", "active", f"dean:{dean.id}"),
        ]

    def test_the_same_step_twice_is_one(self, school: Session) -> None:
        mentor = add_mentor(school, "Cor")
        actor = Actor(Who.MENTOR, mentor.id)

        first = take_step(school, mentor, State.PAUSED, actor, now=MONDAY)

        assert take_step(school, mentor, State.PAUSED, actor, now=MONDAY) is first

    def test_refuses_a_step_that_is_not_theirs(self, school: Session) -> None:
        sign_up_cor(school)
        mentor = confirm_mail(school, token_of_last_mail(school), now=MONDAY)

        with pytest.raises(StepRefused):
            take_step(school, mentor, State.ALUMNUS_CONFIRMED, Actor(Who.MENTOR, mentor.id), now=MONDAY)

    def test_names_what_lacks(self, school: Session) -> None:
        mentor = sign_up_cor(school)

        with pytest.raises(StepLacks) as refused:
            take_step(school, mentor, State.ALUMNUS_CONFIRMED, Actor(Who.DEAN, 1), now=MONDAY)

        assert refused.value.needs == ["mail_confirmed"]

    def test_an_unconfirmed_address_is_seen_by_no_dean(self, school: Session) -> None:
        mentor, dean = sign_up_cor(school), staff(school, "De Vries")

        assert list_mentors_of_dean(school, dean) == []
        with pytest.raises(NotFound):
            get_mentor_of_dean(school, dean, mentor.id)

    def test_a_dean_of_another_school_finds_nobody(self, school: Session) -> None:
        mentor, smit = add_mentor(school, "Cor"), staff(school, "Smit")

        assert list_mentors_of_dean(school, smit) == []
        for attempt in (
            lambda: get_mentor_of_dean(school, smit, mentor.id),
            lambda: approve_story(school, smit, mentor.id, now=MONDAY),
            lambda: note_vog(school, smit, mentor.id, seen_on=MONDAY.date(), expires_on=VOG_ENDS, now=MONDAY),
        ):
            with pytest.raises(NotFound):
                attempt()

    @pytest.mark.parametrize(
        ("seen_on", "expires_on"),
        [(date(2026, 11, 24), VOG_ENDS), (date(2026, 11, 2), date(2026, 11, 23))],
        ids=["seen tomorrow", "run out today"],
    )
    def test_a_vog_that_cannot_be_is_refused(self, school: Session, seen_on: date, expires_on: date) -> None:
        mentor, dean = add_mentor(school, "Cor"), staff(school, "De Vries")

        with pytest.raises(UnusableField):
            note_vog(school, dean, mentor.id, seen_on=seen_on, expires_on=expires_on, now=MONDAY)
        assert mentor.vog_expires_on == VOG_ENDS

    def test_another_story_waits_for_the_dean_anew(self, school: Session) -> None:
        mentor, dean = add_mentor(school, "Cor"), staff(school, "De Vries")
        change_about(mentor, replace(ABOUT, story="Ik werd juf."), now=MONDAY)
        approve_story(school, dean, mentor.id, now=MONDAY)

        change_about(mentor, replace(ABOUT, story="Ik werd meester."), now=MONDAY)

        assert mentor.story_approved_at is None


class TestNight:
    def test_pauses_who_has_no_vog_any_more_and_says_so_once(self, school: Session) -> None:
        mentor = add_mentor(school, "Cor", vog_ends=date(2026, 12, 1))

        assert run_mentor_night(school, now=MONDAY + timedelta(days=8))["expired"] == 0
        assert run_mentor_night(school, now=MONDAY + timedelta(days=9))["expired"] == 1
        assert run_mentor_night(school, now=MONDAY + timedelta(days=9)).total() == 0
        assert mentor.state == State.EXPIRED
        assert (
            "telt niet meer"
            in school.scalars(select(OutboxMail.subject).order_by(OutboxMail.id.desc())).first()
        )  # type: ignore[operator]

    def test_reminds_60_and_14_days_before_once_each(self, school: Session) -> None:
        add_mentor(school, "Cor", vog_ends=date(2027, 2, 1))

        days = [run_mentor_night(school, now=MONDAY + timedelta(days=day))["reminded"] for day in range(70)]

        assert [day for day, count in enumerate(days) if count] == [10, 56]
