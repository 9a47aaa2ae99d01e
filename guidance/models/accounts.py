"""Tables of staff and of their signed-in sessions."""

from datetime import datetime

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.school import School

DEAN = "dean"
SAFEGUARDING_CONTACT = "safeguarding_contact"
# A teacher, who is asked for talks and confirms experiences, and sees nothing else.
STAFF = "staff"
SCHOOL_LEAD = "school_lead"
# Works at a school of its own, and sees totals of others that agreed to it.
REGION_VIEWER = "region_viewer"
ADMINISTRATOR = "administrator"
ROLES = (DEAN, SAFEGUARDING_CONTACT, STAFF, SCHOOL_LEAD, REGION_VIEWER, ADMINISTRATOR)
# Whose account was closed: no role, so no right.
FORMER = "former"


class Staff(Base):
    """A member of staff with a role; a new account has no rights but those of its role."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), index=True, info=NONE)
    name: Mapped[str] = mapped_column(info=PERSONAL)
    mail: Mapped[str] = mapped_column(info=PERSONAL)
    username: Mapped[str] = mapped_column(unique=True, info=PERSONAL)
    role: Mapped[str] = mapped_column(info=NONE)
    password_hash: Mapped[str] = mapped_column(info=PERSONAL)
    otp_secret: Mapped[str] = mapped_column(info=PERSONAL)
    # The last 30-second step whose code was used, so that one code opens one session.
    otp_step: Mapped[int] = mapped_column(default=0, info=NONE)
    # A safeguarding contact has confirmed a test message; the chat opens with two of them.
    confirmed_at: Mapped[datetime | None] = mapped_column(info=NONE)
    # Pupils may choose to talk with this teacher.
    takes_talks: Mapped[bool] = mapped_column(default=False, server_default=false(), info=NONE)

    school: Mapped[School] = relationship()


class StaffSession(Base):
    """A signed-in member of staff on one device; the token itself is only in the cookie."""

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True, info=NONE)
    token_digest: Mapped[str] = mapped_column(unique=True, info=PSEUDONYMOUS)
    started_at: Mapped[datetime] = mapped_column(info=NONE)
    seen_at: Mapped[datetime] = mapped_column(info=NONE)

    staff: Mapped[Staff] = relationship()
