from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from guidance.errors import AlreadySent, NotFound, SignInNeeded, WordsTooLong
from guidance.models.guidance_log import GuidanceMoment
from guidance.models.mail import OutboxMail
from guidance.models.talks import TalkRequest
from guidance.own_words import LONGEST_WORDS
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.summary import draft_summary, share_summary
from guidance.services.talks import (
    find_open_talk,
    find_talk_to_word,
    keep_talk_words,
    mark_discussed,
    request_talk,
)
from tests.people import MONDAY, pupil, staff

TUESDAY = MONDAY + timedelta(days=1)


class TestRequestTalk:
    def test_reaches_the_dean_of_the_pupils_own_school(self, session: Session) -> None:
        request = request_talk(session, pupil(session, "Anna"), now=MONDAY)

        assert (request.staff, request.requested_at) == (staff(session, "De Vries"), MONDAY)
        assert find_open_talk(session, pupil(session, "Anna")) is request

    def test_tells_the_dean_no_more_than_a_first_name_and_a_link(self, session: Session) -> None:
        anna = pupil(session, "Anna")

        request = request_talk(session, anna, now=MONDAY)

        mail = session.scalars(select(OutboxMail)).one()
        assert (mail.key, mail.recipient) == (f"talk_request:{request.id}", "devries@vechtdal.example")
        assert "Anna" in mail.subject
        assert f"/portaal/leerlingen/{anna.id}" in mail.body
        assert "Achternaam" not in mail.subject + mail.body
        assert "h3a" not in mail.subject + mail.body

    def test_asked_again_gives_the_open_request_and_no_second_mail(self, session: Session) -> None:
        first = request_talk(session, pupil(session, "Anna"), now=MONDAY)

        assert request_talk(session, pupil(session, "Anna"), now=TUESDAY) is first
        assert session.scalar(select(func.count()).select_from(OutboxMail)) == 1

    def test_may_be_asked_anew_after_the_talk(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        first = request_talk(session, anna, now=MONDAY)
        mark_discussed(session, staff(session, "De Vries"), anna.id, now=MONDAY)

        assert request_talk(session, anna, now=TUESDAY) is not first
        assert session.scalar(select(func.count()).select_from(OutboxMail)) == 2

    def test_asks_an_anonymous_visitor_to_sign_in_and_stores_nothing(self, session: Session) -> None:
        visitor = add_anonymous_pupil(session, pupil(session, "Anna").school, now=MONDAY)

        with pytest.raises(SignInNeeded):
            request_talk(session, visitor, now=MONDAY)

        assert session.scalars(select(TalkRequest)).all() == []

    def test_says_so_when_the_school_has_no_dean(self, session: Session) -> None:
        session.delete(staff(session, "De Vries"))

        with pytest.raises(NotFound):
            request_talk(session, pupil(session, "Anna"), now=MONDAY)


class TestKeepTalkWords:
    def asked(self, session: Session) -> TalkRequest:
        return request_talk(session, pupil(session, "Anna"), now=MONDAY)

    def keep(self, session: Session, words: str, message_id: str = "m1") -> TalkRequest:
        return keep_talk_words(session, pupil(session, "Anna"), words, message_id=message_id)

    def test_keeps_the_words_on_one_line_with_the_open_request(self, session: Session) -> None:
        request = self.asked(session)

        assert self.keep(session, "ik twijfel\n tussen twee studies") is request
        assert request.words == "ik twijfel tussen twee studies"

    def test_counts_a_message_once(self, session: Session) -> None:
        self.asked(session)
        self.keep(session, "over de pabo")

        assert self.keep(session, "iets anders").words == "over de pabo"

    def test_lets_later_words_take_the_place_of_earlier_ones(self, session: Session) -> None:
        self.asked(session)
        self.keep(session, "over de pabo")

        assert self.keep(session, "over de alo", "m2").words == "over de alo"

    def test_takes_the_longest_and_refuses_one_character_more(self, session: Session) -> None:
        self.asked(session)
        self.keep(session, "a" * LONGEST_WORDS)

        with pytest.raises(WordsTooLong) as refused:
            self.keep(session, "a" * (LONGEST_WORDS + 1), "m2")

        assert refused.value.limit == LONGEST_WORDS

    def test_needs_an_open_talk(self, session: Session) -> None:
        with pytest.raises(NotFound):
            self.keep(session, "over de pabo")
        self.asked(session)
        mark_discussed(session, staff(session, "De Vries"), pupil(session, "Anna").id, now=MONDAY)

        with pytest.raises(NotFound):
            self.keep(session, "over de pabo")

    def test_is_too_late_once_the_summary_is_with_the_dean(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        draft_summary(session, self.asked(session), now=MONDAY)
        assert find_talk_to_word(session, anna) is not None
        share_summary(session, anna, now=MONDAY)

        assert find_talk_to_word(session, anna) is None
        with pytest.raises(AlreadySent):
            self.keep(session, "over de pabo")


class TestMarkDiscussed:
    def test_closes_the_request_and_records_one_guidance_moment(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        request_talk(session, anna, now=MONDAY)

        discussed = mark_discussed(session, staff(session, "De Vries"), anna.id, now=TUESDAY)

        assert discussed.discussed_at == TUESDAY
        assert find_open_talk(session, anna) is None
        moment = session.scalars(select(GuidanceMoment)).one()
        assert (moment.kind, moment.happened_at, moment.qualifying) == ("talk_held", TUESDAY, True)

    def test_done_twice_keeps_the_first_moment(self, session: Session) -> None:
        anna, dean = pupil(session, "Anna"), staff(session, "De Vries")
        request_talk(session, anna, now=MONDAY)
        first = mark_discussed(session, dean, anna.id, now=MONDAY)

        assert mark_discussed(session, dean, anna.id, now=TUESDAY) is first
        assert first.discussed_at == MONDAY
        assert len(session.scalars(select(GuidanceMoment)).all()) == 1

    @pytest.mark.parametrize("outsider", ["Smit", "Jansen"], ids=["another school", "not a dean"])
    def test_is_not_for_others(self, session: Session, outsider: str) -> None:
        anna = pupil(session, "Anna")
        request = request_talk(session, anna, now=MONDAY)

        with pytest.raises(NotFound):
            mark_discussed(session, staff(session, outsider), anna.id, now=MONDAY)

        assert request.discussed_at is None

    def test_finds_no_anonymous_visitor(self, session: Session) -> None:
        visitor = add_anonymous_pupil(session, pupil(session, "Anna").school, now=MONDAY)

        with pytest.raises(NotFound):
            mark_discussed(session, staff(session, "De Vries"), visitor.id, now=MONDAY)

    def test_finds_nothing_when_no_talk_was_asked_for(self, session: Session) -> None:
        with pytest.raises(NotFound):
            mark_discussed(session, staff(session, "De Vries"), pupil(session, "Anna").id, now=MONDAY)
