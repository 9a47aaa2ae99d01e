"""How two people who change one thing are kept apart: who looked before the other changed it is refused."""

from sqlalchemy.orm import Session

from guidance.database import lock
from guidance.errors import StaleForm
from guidance.models.versions import Versioned


def require_fresh(session: Session, row: Versioned, seen: int) -> None:
    """Keep a row for who saw this version, and count the change; raise StaleForm if it was changed since."""
    lock(session, row)
    if row.version != seen:
        raise StaleForm(f"{row.__tablename__}, version {seen} of {row.version}")
    row.version += 1
