import logging
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from guidance import clock, database
from guidance.mentor_vetting import State
from guidance.models.programmes import SavedProgramme
from guidance.services.saved_programmes import remove_saved_programme, save_programme
from jobs import night
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY, pupil

PABO = "00ic-34808-zwolle"


def test_a_night_stores_what_was_due_and_logs_only_counts(
    session: Session,
    sessions: sessionmaker[Session],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    open_contact(session)
    mentor = add_mentor(session, "Cor", vog_ends=date(2026, 12, 1))
    save_programme(session, pupil(session, "Anna"), PABO, now=MONDAY)
    remove_saved_programme(session, pupil(session, "Anna"), PABO, now=MONDAY)
    session.commit()
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=9))

    with caplog.at_level(logging.INFO):
        assert night.main() == 0

    session.refresh(mentor)
    assert mentor.state == State.EXPIRED
    assert "expired 1" in caplog.text
    assert session.scalars(select(SavedProgramme)).all() == []
    assert "forgotten: 1" in caplog.text
    assert "Cor" not in caplog.text
