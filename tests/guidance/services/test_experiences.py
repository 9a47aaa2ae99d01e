import re
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from guidance.errors import (
    DangerInText,
    LinkUnusable,
    NotFound,
    OfferEnded,
    SignInNeeded,
    WordsTooLong,
)
from guidance.models.experiences import (
    CONFIRMED,
    DECLINED,
    LAPSED,
    LINK_LIVES,
    LONGEST_COMPLIMENT,
    WAITING,
    Experience,
    ExperienceOffer,
)
from guidance.models.guidance_log import GuidanceMoment, GuidanceMomentPerson
from guidance.models.mail import OutboxMail
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.experience_links import get_experience_of_link
from guidance.services.experience_offers import change_offer, end_offer
from guidance.services.experiences import (
    ask_experience,
    confirm_experience,
    decline_experience,
    keep_experience_words,
    list_experiences,
    list_experiences_of_dean,
)
from guidance.services.privacy import own_data
from tests.guidance.services.test_experience_offers import HOMEWORK, add, fields
from tests.people import MONDAY, add_cast, pupil, staff
from tests.readability import longest_sentence, reading_ease

TUESDAY = MONDAY + timedelta(days=1)
TOO_LATE = MONDAY + LINK_LIVES


@pytest.fixture
def offer(session: Session) -> ExperienceOffer:
    return add(session)


def ask(
    session: Session,
    offer: ExperienceOffer,
    message_id: str = "m1",
    *,
    first_name: str = "Anna",
    is_done: bool = False,
    now: datetime = MONDAY,
) -> Experience:
    someone = pupil(session, first_name)
    return ask_experience(session, someone, offer.id, is_done=is_done, message_id=message_id, now=now)


def mails(session: Session) -> list[OutboxMail]:
    return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def token_in(mail: OutboxMail) -> str:
    found = re.search(r"/ervaring/([\w-]+)", mail.body)
    assert found
    return found[1]


class TestAskExperience:
    def test_mails_the_address_that_came_with_the_offer(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        experience = ask(session, offer)

        (mail,) = mails(session)
        assert (mail.key, mail.recipient) == (f"experience:{experience.id}:1", HOMEWORK["teacher_mail"])
        assert experience.state_at(MONDAY) == WAITING
        assert get_experience_of_link(session, token_in(mail), now=MONDAY) is experience

    def test_tells_the_teacher_a_first_name_and_what_was_chosen(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        ask(session, offer)

        (mail,) = mails(session)
        told = f"{mail.subject} {mail.body}"
        assert "Anna" in mail.subject
        assert HOMEWORK["title"] in mail.body
        assert not any(word in told for word in ("Achternaam", "h3a", "havo", "Bilal"))

    @pytest.mark.parametrize("is_done", [False, True], ids=["wish", "done"])
    def test_writes_a_mail_that_reads_easily(
        self, session: Session, offer: ExperienceOffer, is_done: bool
    ) -> None:
        ask(session, offer, is_done=is_done)

        (mail,) = mails(session)
        told = re.sub(r"http\S+", "", mail.body)
        assert longest_sentence(told) <= 15
        assert reading_ease(told) >= 65

    def test_asked_again_gives_what_waits_and_no_second_mail(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        first = ask(session, offer)

        assert ask(session, offer) is first
        assert ask(session, offer, "m2", now=TUESDAY) is first
        assert (first.message_id, len(mails(session))) == ("m1", 1)

    def test_mails_anew_when_a_wish_is_now_done_and_the_old_link_stops(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        wish = ask(session, offer)
        old = token_in(mails(session)[0])

        done = ask(session, offer, "m2", is_done=True, now=TUESDAY)

        assert done is wish
        assert get_experience_of_link(session, token_in(mails(session)[1]), now=TUESDAY) is wish
        with pytest.raises(LinkUnusable):
            get_experience_of_link(session, old, now=TUESDAY)

    def test_mails_anew_when_the_link_lapsed(self, session: Session, offer: ExperienceOffer) -> None:
        first = ask(session, offer)
        assert first.state_at(TOO_LATE) == LAPSED

        assert ask(session, offer, "m2", now=TOO_LATE) is first
        assert first.state_at(TOO_LATE) == WAITING
        assert [mail.key for mail in mails(session)] == [f"experience:{first.id}:{n}" for n in (1, 2)]

    def test_leaves_a_teacher_who_said_no_in_peace_for_two_weeks(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        first = decline_experience(session, ask(session, offer, is_done=True), now=MONDAY)

        assert ask(session, offer, "m2", is_done=True, now=TUESDAY) is first
        assert ask(session, offer, "m3", is_done=True, now=TOO_LATE) is not first

    def test_may_be_done_once_more_later(self, session: Session, offer: ExperienceOffer) -> None:
        first = confirm_experience(session, ask(session, offer), now=MONDAY)

        assert ask(session, offer, "m2", is_done=True, now=TUESDAY) is first
        assert ask(session, offer, "m3", is_done=True, now=TOO_LATE) is not first

    def test_asks_an_anonymous_visitor_to_sign_in_and_stores_nothing(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        visitor = add_anonymous_pupil(session, pupil(session, "Anna").school, now=MONDAY)

        with pytest.raises(SignInNeeded):
            ask_experience(session, visitor, offer.id, is_done=True, message_id="m1", now=MONDAY)

        assert (mails(session), session.scalars(select(Experience)).all()) == ([], [])

    def test_finds_no_offer_of_another_school(self, session: Session) -> None:
        elsewhere = add(session, dean="Smit")

        with pytest.raises(NotFound):
            ask(session, elsewhere)

        assert mails(session) == []

    def test_says_that_an_offer_ended(self, session: Session, offer: ExperienceOffer) -> None:
        end_offer(session, staff(session, "De Vries"), offer.id, now=MONDAY)

        with pytest.raises(OfferEnded):
            ask(session, offer)

    def test_keeps_what_the_offer_said_then(self, session: Session, offer: ExperienceOffer) -> None:
        experience = ask(session, offer)

        change_offer(
            session,
            staff(session, "De Vries"),
            offer.id,
            fields(title="Bijles geven"),
            seen=offer.version,
            now=TUESDAY,
        )

        assert experience.title == HOMEWORK["title"]


class TestAnotherAddress:
    def test_asks_what_waits_there_and_stops_the_old_link(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        experience = ask(session, offer)
        changed = fields(teacher_mail="nieuw@vechtdal.example", teacher_name="Meneer Nieuw")

        change_offer(session, staff(session, "De Vries"), offer.id, changed, seen=offer.version, now=TUESDAY)

        old, new = mails(session)
        assert (new.recipient, experience.teacher_name) == ("nieuw@vechtdal.example", "Meneer Nieuw")
        assert get_experience_of_link(session, token_in(new), now=TUESDAY) is experience
        with pytest.raises(LinkUnusable):
            get_experience_of_link(session, token_in(old), now=TUESDAY)

    def test_leaves_alone_what_was_answered_or_lapsed(self, session: Session, offer: ExperienceOffer) -> None:
        confirm_experience(session, ask(session, offer), now=MONDAY)
        ask(session, offer, "m2", first_name="Bilal")
        changed = fields(teacher_mail="nieuw@vechtdal.example")

        change_offer(session, staff(session, "De Vries"), offer.id, changed, seen=offer.version, now=TOO_LATE)

        assert len(mails(session)) == 2


class TestGetExperienceOfLink:
    def test_finds_nothing_by_an_unknown_link(self, session: Session, offer: ExperienceOffer) -> None:
        ask(session, offer)

        with pytest.raises(LinkUnusable):
            get_experience_of_link(session, "unknown", now=MONDAY)

    @pytest.mark.parametrize("answer", [confirm_experience, decline_experience])
    def test_works_once(self, session: Session, offer: ExperienceOffer, answer: object) -> None:
        answer(session, ask(session, offer), now=MONDAY)  # type: ignore[operator]

        with pytest.raises(LinkUnusable):
            get_experience_of_link(session, token_in(mails(session)[0]), now=MONDAY)

    def test_works_for_two_weeks(self, session: Session, offer: ExperienceOffer) -> None:
        ask(session, offer)
        token = token_in(mails(session)[0])

        assert get_experience_of_link(session, token, now=TOO_LATE - timedelta(seconds=1))
        with pytest.raises(LinkUnusable):
            get_experience_of_link(session, token, now=TOO_LATE)


class TestConfirmExperience:
    def test_logs_one_qualifying_moment_by_the_teacher(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        experience = confirm_experience(session, ask(session, offer), now=TUESDAY)

        moment = session.scalars(select(GuidanceMoment)).one()
        person = session.scalars(select(GuidanceMomentPerson)).one()
        assert (moment.kind, moment.qualifying, moment.happened_at) == ("experience_confirmed", True, TUESDAY)
        assert (person.actor, person.source_key) == ("teacher", f"experience:{experience.id}")
        assert person.detail == f"{HOMEWORK['title']} (vakinhoudelijk)"
        assert (experience.state_at(TUESDAY), experience.is_done) == (CONFIRMED, True)

    def test_logs_that_there_was_a_compliment_and_not_its_words(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        confirm_experience(session, ask(session, offer), compliment="Legt goed uit.", now=TUESDAY)

        person = session.scalars(select(GuidanceMomentPerson)).one()
        assert person.detail == f"{HOMEWORK['title']} (vakinhoudelijk), met een compliment"

    def test_done_twice_keeps_the_first_words_and_logs_once(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        experience = confirm_experience(session, ask(session, offer), compliment="Heel rustig.", now=MONDAY)

        confirm_experience(session, experience, compliment="Heel rustig.", now=TUESDAY)
        confirm_experience(session, experience, now=TUESDAY)
        with pytest.raises(LinkUnusable):
            confirm_experience(session, experience, compliment="Iets anders.", now=TUESDAY)

        assert (experience.compliment, experience.confirmed_at) == ("Heel rustig.", MONDAY)
        assert session.scalar(select(func.count()).select_from(GuidanceMoment)) == 1

    @pytest.mark.parametrize("compliment", ["", "  \n "], ids=["empty", "blank"])
    def test_needs_no_compliment(self, session: Session, offer: ExperienceOffer, compliment: str) -> None:
        experience = confirm_experience(session, ask(session, offer), compliment=compliment, now=MONDAY)

        assert experience.compliment is None

    def test_takes_personal_data_out_of_a_compliment(self, session: Session, offer: ExperienceOffer) -> None:
        said = "Anna legt goed uit.\nBel me op 06-12345678, groet mevrouw Jansen"

        experience = confirm_experience(session, ask(session, offer), compliment=said, now=MONDAY)

        assert experience.compliment == (
            "Anna legt goed uit. Bel me op [telefoonnummer], groet mevrouw Jansen"
        )

    def test_takes_the_longest_and_refuses_one_character_more(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        experience = ask(session, offer)
        with pytest.raises(WordsTooLong):
            confirm_experience(session, experience, compliment="a" * (LONGEST_COMPLIMENT + 1), now=MONDAY)
        assert experience.state_at(MONDAY) == WAITING

        confirm_experience(session, experience, compliment="a" * LONGEST_COMPLIMENT, now=MONDAY)

        assert experience.compliment == "a" * LONGEST_COMPLIMENT

    def test_keeps_no_words_of_explicit_danger_and_confirms_nothing(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        experience = ask(session, offer)

        with pytest.raises(DangerInText):
            confirm_experience(session, experience, compliment="ik wil niet meer leven", now=MONDAY)

        assert (experience.compliment, experience.state_at(MONDAY)) == (None, WAITING)

    def test_comes_too_late_after_two_weeks_or_a_no(self, session: Session, offer: ExperienceOffer) -> None:
        experience = ask(session, offer)
        with pytest.raises(LinkUnusable):
            confirm_experience(session, experience, now=TOO_LATE)
        decline_experience(session, experience, now=MONDAY)

        with pytest.raises(LinkUnusable):
            confirm_experience(session, experience, now=MONDAY)

        assert session.scalars(select(GuidanceMoment)).all() == []


class TestDeclineExperience:
    def test_notes_it_and_logs_nothing(self, session: Session, offer: ExperienceOffer) -> None:
        experience = decline_experience(session, ask(session, offer), now=MONDAY)

        assert experience.state_at(MONDAY) == DECLINED
        assert session.scalars(select(GuidanceMoment)).all() == []

    def test_done_twice_keeps_the_first_moment(self, session: Session, offer: ExperienceOffer) -> None:
        experience = decline_experience(session, ask(session, offer), now=MONDAY)

        assert decline_experience(session, experience, now=TUESDAY).declined_at == MONDAY

    def test_takes_back_no_yes(self, session: Session, offer: ExperienceOffer) -> None:
        experience = confirm_experience(session, ask(session, offer), now=MONDAY)

        with pytest.raises(LinkUnusable):
            decline_experience(session, experience, now=MONDAY)


class TestKeepExperienceWords:
    def test_keeps_them_without_personal_data(self, session: Session, offer: ExperienceOffer) -> None:
        ask(session, offer, is_done=True)

        kept = keep_experience_words(
            session, pupil(session, "Anna"), offer.id, "Het ging\ngoed, app me: 06-12345678"
        )

        assert kept.words == "Het ging goed, app me: [telefoonnummer]"

    def test_needs_an_experience_of_ones_own(self, session: Session, offer: ExperienceOffer) -> None:
        ask(session, offer, is_done=True)

        with pytest.raises(NotFound):
            keep_experience_words(session, pupil(session, "Bilal"), offer.id, "het ging goed")


class TestListExperiences:
    def test_gives_a_pupil_what_is_theirs_in_the_order_of_asking(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        other = add(session, title="Meelopen met groep 6")
        later, first = ask(session, other, "m2", now=TUESDAY), ask(session, offer)
        ask(session, offer, "m3", first_name="Bilal")

        assert list_experiences(session, pupil(session, "Anna")) == [first, later]


class TestListExperiencesOfDean:
    def test_gives_the_dean_those_of_the_school_newest_first(
        self, session: Session, offer: ExperienceOffer
    ) -> None:
        first, later = ask(session, offer), ask(session, offer, "m2", first_name="Bilal", now=TUESDAY)

        assert list_experiences_of_dean(session, staff(session, "De Vries")) == [later, first]
        assert list_experiences_of_dean(session, staff(session, "Smit")) == []

    def test_is_for_deans_only(self, session: Session) -> None:
        with pytest.raises(NotFound):
            list_experiences_of_dean(session, staff(session, "Jansen"))


def test_a_pupil_finds_no_working_link_among_the_own_data(session: Session, offer: ExperienceOffer) -> None:
    ask(session, offer)
    token = token_in(mails(session)[0])

    kept = own_data(session, pupil(session, "Anna"))

    assert "/ervaring/…" in kept["outbox_mail"][0]["body"]
    assert token not in str(kept)


class Asking(RuleBasedStateMachine):
    """A pupil and a teacher who do anything at any time; the rules of the tables hold throughout."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.session = sessionmaker(self.engine)()
        add_cast(self.session)
        self.offers = [add(self.session), add(self.session, title="Meelopen met groep 6")]
        self.now, self.asked = MONDAY, 0

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(at=st.integers(0, 1), is_done=st.booleans(), again=st.booleans())
    def ask(self, at: int, is_done: bool, again: bool) -> None:
        self.asked += not again
        ask(self.session, self.offers[at], f"m{self.asked}-{at}", is_done=is_done, now=self.now)

    @rule(nth=st.integers(0, 9), says_yes=st.booleans())
    def open_a_link(self, nth: int, says_yes: bool) -> None:
        written = mails(self.session)
        if not written:
            return
        answer = confirm_experience if says_yes else decline_experience
        try:
            experience = get_experience_of_link(
                self.session, token_in(written[nth % len(written)]), now=self.now
            )
            answer(self.session, experience, now=self.now)
        except LinkUnusable:
            pass

    @invariant()
    def every_yes_is_logged_once_and_at_most_one_waits(self) -> None:
        experiences = list_experiences(self.session, pupil(self.session, "Anna"))
        logged = self.session.scalars(select(GuidanceMomentPerson.source_key)).all()
        assert sorted(logged) == sorted(f"experience:{one.id}" for one in experiences if one.confirmed_at)
        waiting = [one.offer_id for one in experiences if one.state_at(self.now) in (WAITING, LAPSED)]
        assert len(waiting) == len(set(waiting))
        assert not any(one.confirmed_at and one.declined_at for one in experiences)


def test_whatever_pupil_and_teacher_do_the_log_agrees(engine: Engine) -> None:
    Asking.engine = engine

    run_state_machine_as_test(
        Asking, settings=settings(max_examples=25, stateful_step_count=15, deadline=None)
    )
