"""A migration leaves what was stored before it in place, on both databases."""

from datetime import timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from guidance import clock
from guidance.models.accounts import Staff
from guidance.models.experiences import ExperienceOffer
from guidance.models.placements import Placement
from guidance.models.pupil import Pupil
from guidance.models.talks import TalkRequest
from guidance.services import guidance_log
from guidance.services.accounts import add_anonymous_pupil
from guidance.services.experience_offers import add_offer
from guidance.services.talks import find_open_talk, mark_discussed, request_talk
from guidance.settings import ROOT
from tests.conftest import migrate
from tests.guidance.services.test_experience_offers import fields
from tests.people import MONDAY, pupil, staff

LATER = MONDAY + timedelta(days=1)
STAYS = (Pupil, Staff, ExperienceOffer, TalkRequest)


def go_back(engine: Engine, revision: str) -> None:
    config = Config(toml_file=ROOT / "pyproject.toml")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def live_a_little(session: Session) -> None:
    """Two pupils ask for a talk, one has it, one leaves school; a visitor comes by."""
    anna, bilal, dean = pupil(session, "Anna"), pupil(session, "Bilal"), staff(session, "De Vries")
    add_offer(session, dean, fields(), now=MONDAY)
    add_anonymous_pupil(session, anna.school, now=MONDAY)
    request_talk(session, anna, now=MONDAY)
    mark_discussed(session, dean, anna.id, now=LATER)
    request_talk(session, bilal, now=MONDAY)
    bilal.left_on = LATER.date()
    session.commit()


def counted(session: Session) -> list[int]:
    return [session.scalars(select(func.count()).select_from(model)).one() for model in STAYS]


def test_ground_for_the_portal_keeps_what_was_there(engine: Engine, session: Session) -> None:
    live_a_little(session)
    before = counted(session)
    session.rollback()

    go_back(engine, "0012")
    migrate(engine)

    session.expire_all()
    anna, bilal = pupil(session, "Anna"), pupil(session, "Bilal")
    (placement,) = session.scalars(select(Placement))
    assert counted(session) == before
    assert [talk.closed_at for talk in session.scalars(select(TalkRequest))] == [LATER, None]
    assert find_open_talk(session, anna) is None
    assert find_open_talk(session, bilal)
    assert (placement.pupil_id, placement.class_name, placement.exam_year) == (anna.id, "h3a", 2029)
    assert placement.school_year == clock.school_year(clock.school_day(clock.now()))
    assert guidance_log.verify(session, anna.school).is_whole
