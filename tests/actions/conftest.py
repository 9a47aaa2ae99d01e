"""The ground of the tests of actions: who talks with the assistant, on Monday."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from guidance import clock, database
from guidance.models.conversations import Conversation
from guidance.services.accounts import add_anonymous_pupil
from tests.actions.programme_talk import Talk
from tests.people import MONDAY, pupil


@pytest.fixture
def people(session: Session, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> Session:
    """Anna and an anonymous visitor of her school, each in a talk: "anna" and "visitor" to the engine."""
    anna = pupil(session, "Anna")
    visitor = add_anonymous_pupil(session, anna.school, now=MONDAY)
    times = {"started_at": MONDAY, "last_message_at": MONDAY}
    for name, someone in (("anna", anna), ("visitor", visitor)):
        session.add(Conversation(id=name, engine_id=name, pupil=someone, token_digest=name, **times))
    session.commit()
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return session


@pytest.fixture
def talk(sessions: sessionmaker[Session], session: Session, monkeypatch: pytest.MonkeyPatch) -> Talk:
    session.add(
        Conversation(
            id="c1",
            engine_id="anna",
            pupil_id=pupil(session, "Anna").id,
            token_digest="x",
            started_at=MONDAY,
            last_message_at=MONDAY,
        )
    )
    session.commit()
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return Talk()
