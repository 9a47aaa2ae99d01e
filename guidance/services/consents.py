"""What is allowed for a pupil under 16: by the basis that the school noted for a purpose, or not at all."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from guidance.consents import Purpose
from guidance.errors import ConsentMissing
from guidance.models.pupil import Pupil
from guidance.models.school import ConsentBasis


def has_basis(session: Session, pupil: Pupil, purpose: Purpose, *, today: date) -> bool:
    """Say whether a purpose is allowed: from 16 always, before that by a basis for all or for this pupil."""
    if not pupil.is_under_16(today):
        return True
    basis = select(ConsentBasis.id).where(
        ConsentBasis.school_id == pupil.school_id,
        ConsentBasis.purpose == purpose,
        or_(ConsentBasis.pupil_id.is_(None), ConsentBasis.pupil_id == pupil.id),
    )
    return session.scalars(basis.limit(1)).first() is not None


def require_basis(session: Session, pupil: Pupil, purpose: Purpose, *, today: date) -> None:
    """Raise ConsentMissing for a purpose that is not allowed for this pupil."""
    if not has_basis(session, pupil, purpose, today=today):
        raise ConsentMissing(f"{purpose} of pupil {pupil.id}")
