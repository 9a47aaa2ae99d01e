"""Tables of questions asked: how often each topic was, and which topics a pupil asked about."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PSEUDONYMOUS, Base
from guidance.models.pupil import Pupil


class TopicCount(Base):
    """How often a topic was asked about at a school on one day; it knows of no one."""

    __tablename__ = "topic_count"
    __table_args__ = (UniqueConstraint("school_id", "day", "topic"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), info=NONE)
    day: Mapped[date] = mapped_column(info=NONE)
    topic: Mapped[str] = mapped_column(info=NONE)
    asked: Mapped[int] = mapped_column(default=0, info=NONE)


class CountedQuestion(Base):
    """A message that was counted today, so that it counts once; without topic, and gone the next day."""

    __tablename__ = "counted_question"

    # Salted with what only the process that counted knows.
    digest: Mapped[str] = mapped_column(primary_key=True, info=NONE)
    day: Mapped[date] = mapped_column(index=True, info=NONE)


class TopicAsked(Base):
    """A topic that a pupil asked about, without the words; never one that is only counted."""

    __tablename__ = "topic_asked"
    __table_args__ = (UniqueConstraint("message_id", "topic"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    topic: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    message_id: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    asked_at: Mapped[datetime] = mapped_column(info=NONE)

    pupil: Mapped[Pupil] = relationship()
