import logging
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from guidance import clock, database
from guidance.mentor_vetting import State
from jobs import night
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY


def test_a_night_stores_what_was_due_and_logs_only_counts(
    session: Session,
    sessions: sessionmaker[Session],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    open_contact(session)
    mentor = add_mentor(session, "Cor", vog_ends=date(2026, 12, 1))
    session.commit()
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=9))

    with caplog.at_level(logging.INFO):
        assert night.main() == 0

    session.refresh(mentor)
    assert mentor.state == State.EXPIRED
    assert "expired 1" in caplog.text
    assert "Cor" not in caplog.text
