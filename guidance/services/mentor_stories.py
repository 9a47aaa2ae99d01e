"""Which story of an oud-leerling a pupil reads beside an answer."""

from datetime import datetime

from sqlalchemy.orm import Session

from guidance.mentor_stories import Story
from guidance.models.pupil import Pupil
from guidance.services.mentor_offers import matches_for


def find_story(session: Session, pupil: Pupil, *, now: datetime) -> Story | None:
    """Return the approved story of who fits this pupil best, of those active today; None while it is off."""
    if pupil.school.mentors_on_at is None:
        return None
    for match in matches_for(session, pupil, now=now):
        mentor = match.mentor
        if mentor.story and mentor.story_approved_at:
            return Story(mentor.first_name, mentor.programme_name, mentor.institution, mentor.story)
    return None
