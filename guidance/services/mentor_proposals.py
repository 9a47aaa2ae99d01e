"""What oud-leerlingen ask of the school or offer it, and what a dean says came of it."""

from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.database import lock
from guidance.errors import NotAllowed, NotFound, ProposalRefused, TooLateToUndo, TooManyProposals, WordsEmpty
from guidance.kept_words import kept_words
from guidance.mentor_proposals import MOST_WAITING, Kind, moment_came, moment_made
from guidance.mentor_vetting import State, Who
from guidance.models.accounts import Staff
from guidance.models.mentors import LONGEST_PROPOSAL, Mentor, MentorProposal
from guidance.services.guidance_log import find_school_moment, record_school_moment, reverse_moment
from guidance.services.mentor_mails import tell_deans
from guidance.services.mentors import refuse_others, require_on

STOPPED = {State.SUSPENDED, State.WITHDRAWN}


def can_propose(mentor: Mentor) -> bool:
    """Tell whether an oud-leerling may ask or offer something; an active state is not needed for it."""
    is_here = mentor.mail_confirmed_at is not None and mentor.left_at is None
    return is_here and mentor.state not in STOPPED


def propose(
    session: Session, mentor: Mentor, kind: Kind, words: str, *, form_id: str, now: datetime
) -> MentorProposal:
    """Keep what is asked or offered and mail the deans; the same form gives what it made before.

    Raises MentorsOff, ProposalRefused, TooManyProposals, and for the words WordsEmpty, WordsTooLong or
    DangerInText.
    """
    lock(session, mentor)
    if earlier := _find_proposal(session, mentor, form_id):
        return earlier
    require_on(mentor.school)
    if not can_propose(mentor):
        raise ProposalRefused(f"mentor {mentor.id} is {mentor.state}")
    kept = kept_words(words, longest=LONGEST_PROPOSAL, keep=[mentor.first_name])
    if not kept:
        raise WordsEmpty(f"mentor {mentor.id}")
    if _count_waiting(session, mentor) >= MOST_WAITING:
        raise TooManyProposals(f"mentor {mentor.id}", limit=MOST_WAITING)
    proposal = MentorProposal(mentor=mentor, kind=kind, words=kept, form_id=form_id, proposed_at=now)
    session.add(proposal)
    session.flush()
    _log(session, proposal, moment_made(kind), Actor(Who.MENTOR, mentor.id), _source(proposal), now)
    tell_deans(session, mentor, "proposal", key=_source(proposal), now=now)
    return proposal


def _find_proposal(session: Session, mentor: Mentor, form_id: str) -> MentorProposal | None:
    return session.scalars(_of_mentor(mentor).where(MentorProposal.form_id == form_id)).one_or_none()


def _of_mentor(mentor: Mentor) -> Select[MentorProposal]:
    return select(MentorProposal).where(MentorProposal.mentor_id == mentor.id)


def _count_waiting(session: Session, mentor: Mentor) -> int:
    waiting = _of_mentor(mentor).where(MentorProposal.decided_at.is_(None)).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0


def list_proposals_of_mentor(session: Session, mentor: Mentor) -> list[MentorProposal]:
    """Return what an oud-leerling asked and offered, newest first."""
    return list(session.scalars(_of_mentor(mentor).order_by(MentorProposal.id.desc())))


def list_proposals_of_dean(session: Session, dean: Staff) -> list[MentorProposal]:
    """Return what was asked of the dean's school and offered to it, undecided first, then newest first."""
    refuse_others(dean)
    of_school = select(MentorProposal).join(Mentor).where(Mentor.school_id == dean.school_id)
    return list(
        session.scalars(of_school.order_by(MentorProposal.decided_at.is_not(None), MentorProposal.id.desc()))
    )


def get_proposal_of_dean(session: Session, dean: Staff, proposal_id: int) -> MentorProposal:
    """Return a proposal to the dean's own school, or raise NotFound."""
    refuse_others(dean)
    proposal = session.get(MentorProposal, proposal_id)
    if proposal is None or proposal.mentor.school_id != dean.school_id:
        raise NotFound(f"proposal {proposal_id} for staff {dean.id}")
    return proposal


def can_decide(dean: Staff, proposal: MentorProposal) -> bool:
    """Tell whether a dean may say what came of it: nobody does of what they proposed themselves."""
    return not proposal.mentor.is_also(dean)


def decide(session: Session, dean: Staff, proposal_id: int, *, came: bool, now: datetime) -> MentorProposal:
    """Note whether it came about; decided before, it stays as it is."""
    proposal = _locked(session, dean, proposal_id)
    if proposal.decided_at:
        return proposal
    proposal.decided_at, proposal.decided_by, proposal.came = now, dean.id, came
    session.flush()
    if came:
        kind, actor = moment_came(Kind(proposal.kind)), Actor(Who.DEAN, dean.id)
        _log(session, proposal, kind, actor, _source_came(proposal), now)
    return proposal


def undo_decision(session: Session, dean: Staff, proposal_id: int, *, now: datetime) -> MentorProposal:
    """Let a proposal wait again, and take back what the log says came of it; raises TooLateToUndo."""
    proposal = _locked(session, dean, proposal_id)
    if proposal.decided_at is None:
        return proposal
    if not proposal.can_be_undone_at(now):
        raise TooLateToUndo(f"proposal {proposal.id} was decided at {proposal.decided_at}")
    proposal.decided_at = proposal.decided_by = proposal.came = None
    session.flush()
    if moment := find_school_moment(session, proposal.mentor.school, _source_came(proposal)):
        reverse_moment(session, None, moment, now=now, actor=str(Actor(Who.DEAN, dean.id)))
    return proposal


def _locked(session: Session, dean: Staff, proposal_id: int) -> MentorProposal:
    proposal = get_proposal_of_dean(session, dean, proposal_id)
    if not can_decide(dean, proposal):
        raise NotAllowed(f"proposal {proposal_id} is of staff {dean.id}")
    lock(session, proposal)
    return proposal


def erase_words_of(session: Session, mentor: Mentor) -> None:
    """Erase what an oud-leerling wrote; that something was proposed, and what came of it, stays."""
    session.execute(update(MentorProposal).where(MentorProposal.mentor_id == mentor.id).values(words=""))


def _source(proposal: MentorProposal) -> str:
    return f"mentor_proposal:{proposal.id}"


def _source_came(proposal: MentorProposal) -> str:
    return f"{_source(proposal)}:came"


def _log(
    session: Session, proposal: MentorProposal, kind: str, actor: Actor, source_key: str, now: datetime
) -> None:
    school = proposal.mentor.school
    record_school_moment(
        session, school, kind, happened_at=now, now=now, actor=str(actor), source_key=source_key
    )
