"""What oud-leerlingen ask of the school or offer it: proposing, deciding, undoing, and what the log keeps."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.errors import (
    DangerInText,
    MentorsOff,
    NotAllowed,
    NotFound,
    ProposalRefused,
    TooLateToUndo,
    TooManyProposals,
    WordsEmpty,
    WordsTooLong,
)
from guidance.mentor_proposals import MOST_WAITING, UNDO_WITHIN, Kind, Outcome
from guidance.mentor_vetting import State
from guidance.models.accounts import DEAN, Staff
from guidance.models.guidance_log import GuidanceMoment, GuidanceMomentPerson
from guidance.models.mail import OutboxMail
from guidance.models.mentors import LONGEST_PROPOSAL, Mentor, MentorProposal
from guidance.services.guidance_log import verify
from guidance.services.mentor_proposals import (
    can_decide,
    decide,
    list_proposals_of_dean,
    list_proposals_of_mentor,
    propose,
    undo_decision,
)
from guidance.services.mentor_vetting import leave
from guidance.services.mentors import turn_mentors_off
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import HASH_OF_PASSWORD, MONDAY, OTP_SECRET, staff
from tests.readability import longest_sentence, reading_ease

WORDS = "Ik vertel graag over de pabo."
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def cor(session: Session) -> Mentor:
    """Cor is an active oud-leerling of Anna's school, and no mail was written yet."""
    open_contact(session)
    mentor = add_mentor(session, "Cor")
    for mail in session.scalars(select(OutboxMail)):
        session.delete(mail)
    session.commit()
    return mentor


def offer(
    session: Session, mentor: Mentor, words: str = WORDS, *, form_id: str = "1", kind: Kind = Kind.EVENING
) -> MentorProposal:
    return propose(session, mentor, kind, words, form_id=form_id, now=MONDAY)


def logged(session: Session) -> list[tuple[str, str, str]]:
    rows = session.execute(
        select(GuidanceMoment.kind, GuidanceMomentPerson.source_key, GuidanceMomentPerson.actor)
        .join(GuidanceMomentPerson, GuidanceMomentPerson.moment_id == GuidanceMoment.id)
        .order_by(GuidanceMoment.id)
    )
    return [(kind, source, actor) for kind, source, actor in rows]


def add_dean(session: Session, name: str, mail: str) -> Staff:
    dean = Staff(
        school_id=staff(session, "De Vries").school_id,
        name=name,
        mail=mail,
        username=name.lower(),
        role=DEAN,
        password_hash=HASH_OF_PASSWORD,
        otp_secret=OTP_SECRET,
    )
    session.add(dean)
    session.flush()
    return dean


class TestPropose:
    def test_waits_for_the_school_and_is_in_the_log_without_words_or_name(
        self, session: Session, cor: Mentor
    ) -> None:
        proposal = offer(session, cor)

        assert (proposal.words, proposal.outcome, proposal.proposed_at) == (WORDS, Outcome.WAITING, MONDAY)
        assert logged(session) == [
            ("mentor_evening_proposed", f"mentor_proposal:{proposal.id}", f"mentor:{cor.id}")
        ]
        assert session.scalars(select(GuidanceMomentPerson.detail)).all() == [None]

    def test_the_same_form_is_one(self, session: Session, cor: Mentor) -> None:
        first = offer(session, cor)
        turn_mentors_off(staff(session, "De Vries"))

        assert offer(session, cor, "Iets anders.") is first
        assert len(logged(session)) == len(session.scalars(select(OutboxMail)).all()) == 1

    def test_takes_personal_data_out(self, session: Session, cor: Mentor) -> None:
        assert offer(session, cor, "Bel Cor op 06-12345678").words == "Bel Cor op [telefoonnummer]"

    @pytest.mark.parametrize(
        ("words", "failure"),
        [
            (" \u200b ", WordsEmpty),
            ("x" * (LONGEST_PROPOSAL + 1), WordsTooLong),
            ("ik wil niet meer leven", DangerInText),
        ],
        ids=["empty", "too long", "danger"],
    )
    def test_keeps_no_words_that_cannot_be_kept(
        self, session: Session, cor: Mentor, words: str, failure: type[Exception]
    ) -> None:
        with pytest.raises(failure):
            offer(session, cor, words)

        assert logged(session) == list_proposals_of_mentor(session, cor) == []

    def test_keeps_words_of_the_longest_length(self, session: Session, cor: Mentor) -> None:
        assert len(offer(session, cor, "x" * LONGEST_PROPOSAL).words) == LONGEST_PROPOSAL

    def test_no_more_wait_than_may_and_a_decision_makes_room(self, session: Session, cor: Mentor) -> None:
        made = [offer(session, cor, form_id=str(number)) for number in range(MOST_WAITING)]

        with pytest.raises(TooManyProposals) as refused:
            offer(session, cor, form_id="more")
        assert refused.value.limit == MOST_WAITING
        decide(session, staff(session, "De Vries"), made[0].id, came=False, now=MONDAY)
        assert offer(session, cor, form_id="more").outcome == Outcome.WAITING

    @pytest.mark.parametrize(
        "state", [one for one in State if one not in (State.SUSPENDED, State.WITHDRAWN)], ids=str
    )
    def test_needs_no_vetting(self, session: Session, cor: Mentor, state: State) -> None:
        cor.state = state

        assert offer(session, cor).kind == Kind.EVENING

    @pytest.mark.parametrize(
        "change",
        [
            {"state": State.SUSPENDED},
            {"state": State.WITHDRAWN},
            {"mail_confirmed_at": None},
            {"left_at": MONDAY},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_is_not_for_who_was_stopped_or_left(
        self, session: Session, cor: Mentor, change: dict[str, object]
    ) -> None:
        for name, value in change.items():
            setattr(cor, name, value)

        with pytest.raises(ProposalRefused):
            offer(session, cor)

    def test_waits_for_contact_to_be_on(self, session: Session, cor: Mentor) -> None:
        turn_mentors_off(staff(session, "De Vries"))

        with pytest.raises(MentorsOff):
            offer(session, cor)


class TestMail:
    def test_tells_every_dean_of_the_school_and_holds_no_words(self, session: Session, cor: Mentor) -> None:
        add_dean(session, "Yilmaz", "yilmaz@vechtdal.example")
        offer(session, cor)

        mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
        assert [mail.recipient for mail in mails] == ["devries@vechtdal.example", "yilmaz@vechtdal.example"]
        assert all("/portaal/oud-leerlingen" in mail.body for mail in mails)
        assert not any(words in mail.subject + mail.body for mail in mails for words in (WORDS, "Cor"))
        assert longest_sentence(mails[0].body) <= 15
        assert reading_ease(mails[0].body) >= 65

    def test_tells_no_dean_about_themselves(self, session: Session, cor: Mentor) -> None:
        add_dean(session, "Cor", " Cor@Post.example")
        cor.staff_id = staff(session, "De Vries").id
        offer(session, cor)

        assert session.scalars(select(OutboxMail)).all() == []


class TestIsSamePerson:
    def test_knows_a_link_or_the_same_address(self, session: Session, cor: Mentor) -> None:
        dean, other = staff(session, "De Vries"), add_dean(session, "Cor", "COR@post.example ")

        assert (cor.is_also(dean), cor.is_also(other)) == (False, True)
        cor.staff_id = dean.id
        assert cor.is_also(dean)


class TestDecide:
    def test_notes_that_it_came_about_once_and_logs_it(self, session: Session, cor: Mentor) -> None:
        proposal, dean = offer(session, cor), staff(session, "De Vries")
        decide(session, dean, proposal.id, came=True, now=MONDAY)
        decide(session, dean, proposal.id, came=False, now=MONDAY + A_SECOND)

        assert (proposal.outcome, proposal.decided_at) == (Outcome.CAME, MONDAY)
        assert proposal.decided_by == dean.id
        assert logged(session)[1:] == [
            ("mentor_evening_came", f"mentor_proposal:{proposal.id}:came", f"dean:{dean.id}")
        ]

    def test_what_did_not_come_about_is_not_logged(self, session: Session, cor: Mentor) -> None:
        proposal = offer(session, cor)

        decide(session, staff(session, "De Vries"), proposal.id, came=False, now=MONDAY)

        assert proposal.outcome == Outcome.NOT_NOW
        assert len(logged(session)) == 1

    @pytest.mark.parametrize("name", ["Smit", "Jansen"], ids=["another school", "no dean"])
    def test_is_for_a_dean_of_the_school(self, session: Session, cor: Mentor, name: str) -> None:
        proposal, outsider = offer(session, cor), staff(session, name)

        for attempt in (
            lambda: decide(session, outsider, proposal.id, came=True, now=MONDAY),
            lambda: undo_decision(session, outsider, proposal.id, now=MONDAY),
        ):
            with pytest.raises(NotFound):
                attempt()
        assert proposal.outcome == Outcome.WAITING

    def test_nobody_decides_about_themselves(self, session: Session, cor: Mentor) -> None:
        proposal, dean = offer(session, cor), staff(session, "De Vries")
        cor.staff_id = dean.id

        assert not can_decide(dean, proposal)
        with pytest.raises(NotAllowed):
            decide(session, dean, proposal.id, came=True, now=MONDAY)
        decide(session, add_dean(session, "Yilmaz", "y@vechtdal.example"), proposal.id, came=True, now=MONDAY)
        with pytest.raises(NotAllowed):
            undo_decision(session, dean, proposal.id, now=MONDAY)


class TestUndoDecision:
    def test_lets_it_wait_again_and_takes_the_moment_back(self, session: Session, cor: Mentor) -> None:
        proposal, dean = offer(session, cor), staff(session, "De Vries")
        decide(session, dean, proposal.id, came=True, now=MONDAY)
        for _ in range(2):
            undo_decision(session, dean, proposal.id, now=MONDAY + UNDO_WITHIN - A_SECOND)
        assert (proposal.outcome, proposal.decided_by) == (Outcome.WAITING, None)

        decide(session, dean, proposal.id, came=True, now=MONDAY + UNDO_WITHIN)

        kinds = [kind for kind, _, _ in logged(session)]
        assert kinds[1:] == ["mentor_evening_came", "reversal", "mentor_evening_came"]
        assert verify(session, dean.school).is_whole

    def test_takes_nothing_back_when_it_did_not_come_about(self, session: Session, cor: Mentor) -> None:
        proposal, dean = offer(session, cor), staff(session, "De Vries")
        decide(session, dean, proposal.id, came=False, now=MONDAY)

        assert undo_decision(session, dean, proposal.id, now=MONDAY).outcome == Outcome.WAITING
        assert len(logged(session)) == 1

    def test_is_too_late_after_an_hour(self, session: Session, cor: Mentor) -> None:
        proposal, dean = offer(session, cor), staff(session, "De Vries")
        decide(session, dean, proposal.id, came=True, now=MONDAY)

        with pytest.raises(TooLateToUndo):
            undo_decision(session, dean, proposal.id, now=MONDAY + UNDO_WITHIN)
        assert proposal.outcome == Outcome.CAME


class TestLists:
    def test_a_dean_reads_first_what_is_undecided(self, session: Session, cor: Mentor) -> None:
        first, second, third = (offer(session, cor, form_id=str(number)) for number in range(3))
        dean = staff(session, "De Vries")
        decide(session, dean, second.id, came=True, now=MONDAY)

        assert list_proposals_of_dean(session, dean) == [third, first, second]
        assert list_proposals_of_dean(session, staff(session, "Smit")) == []
        with pytest.raises(NotFound):
            list_proposals_of_dean(session, staff(session, "Jansen"))

    def test_an_oud_leerling_reads_their_own_newest_first(self, session: Session, cor: Mentor) -> None:
        first, second = offer(session, cor), offer(session, cor, form_id="2", kind=Kind.JOB)
        offer(session, add_mentor(session, "Dua"))

        assert list_proposals_of_mentor(session, cor) == [second, first]


class TestLeave:
    def test_erases_the_words_and_keeps_that_it_was_proposed(self, session: Session, cor: Mentor) -> None:
        proposal, dean = offer(session, cor), staff(session, "De Vries")

        leave(session, cor, now=MONDAY)
        session.expire_all()

        assert (proposal.words, proposal.kind, proposal.outcome) == ("", Kind.EVENING, Outcome.WAITING)
        assert decide(session, dean, proposal.id, came=True, now=MONDAY).outcome == Outcome.CAME
