"""Tables of questions to an oud-leerling: threads, offers, messages, blocks and reports."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.mentor_questions import LONGEST_MESSAGE, News, State, Why
from guidance.models.mentors import Mentor
from guidance.models.pupil import Pupil

PUPIL, MENTOR = "pupil", "mentor"
_UNCLOSED = text("state IN ('draft', 'with_dean', 'offered', 'answered')")


class MentorThread(Base):
    """One question of one pupil and what was written about it; a pupil has one at a time."""

    __tablename__ = "mentor_thread"
    __table_args__ = (
        Index(
            "ix_mentor_thread_one_open",
            "pupil_id",
            unique=True,
            sqlite_where=_UNCLOSED,
            postgresql_where=_UNCLOSED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    # Whom it is with now; empty while no one has it.
    mentor_id: Mapped[int | None] = mapped_column(
        ForeignKey("mentor.id", ondelete="SET NULL"), index=True, info=PSEUDONYMOUS
    )
    # Whom the pupil chose, when a dean looks first.
    wished_mentor_id: Mapped[int | None] = mapped_column(
        ForeignKey("mentor.id", ondelete="SET NULL"), info=PSEUDONYMOUS
    )
    state: Mapped[State] = mapped_column(String, default=State.DRAFT, info=NONE)
    started_at: Mapped[datetime] = mapped_column(info=NONE)
    submitted_at: Mapped[datetime | None] = mapped_column(info=NONE)
    last_message_at: Mapped[datetime | None] = mapped_column(info=NONE)
    # The last day for the dean or the oud-leerling, in the state that it is in.
    due_on: Mapped[date | None] = mapped_column(info=NONE)
    # Nothing reads this any more: news is kept in rows of its own. The next release drops it.
    reminded_at: Mapped[datetime | None] = mapped_column(info=NONE)
    closed_at: Mapped[datetime | None] = mapped_column(info=NONE)
    closed_because: Mapped[Why | None] = mapped_column(String, info=NONE)

    pupil: Mapped[Pupil] = relationship()
    mentor: Mapped[Mentor | None] = relationship(foreign_keys=[mentor_id])
    messages: Mapped[list["MentorMessage"]] = relationship(
        back_populates="thread",
        order_by="MentorMessage.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    offers: Mapped[list["MentorOffer"]] = relationship(
        back_populates="thread", order_by="MentorOffer.id", cascade="all, delete-orphan", passive_deletes=True
    )


class MentorOffer(Base):
    """A question was given to an oud-leerling; never twice to the same."""

    __tablename__ = "mentor_offer"
    __table_args__ = (UniqueConstraint("thread_id", "mentor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    thread_id: Mapped[int] = mapped_column(
        ForeignKey("mentor_thread.id", ondelete="CASCADE"), index=True, info=NONE
    )
    mentor_id: Mapped[int] = mapped_column(
        ForeignKey("mentor.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    # Why this one, in one word: school, programme, profile, region or chosen.
    reason: Mapped[str] = mapped_column(info=NONE)
    offered_at: Mapped[datetime] = mapped_column(info=NONE)

    thread: Mapped[MentorThread] = relationship(back_populates="offers")
    mentor: Mapped[Mentor] = relationship()


class MentorMessage(Base):
    """What one of the two wrote, without personal data; held back it is for the writer and the dean only."""

    __tablename__ = "mentor_message"
    __table_args__ = (UniqueConstraint("thread_id", "form_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    thread_id: Mapped[int] = mapped_column(
        ForeignKey("mentor_thread.id", ondelete="CASCADE"), index=True, info=NONE
    )
    # PUPIL or MENTOR, and which oud-leerling: a question may have been with another one before.
    author: Mapped[str] = mapped_column(info=NONE)
    mentor_id: Mapped[int | None] = mapped_column(
        ForeignKey("mentor.id", ondelete="SET NULL"), index=True, info=PSEUDONYMOUS
    )
    text: Mapped[str] = mapped_column(String(LONGEST_MESSAGE), info=PERSONAL)
    # The form it was sent with, so that a form sent twice adds one message.
    form_id: Mapped[str] = mapped_column(info=NONE)
    written_at: Mapped[datetime] = mapped_column(info=NONE)
    # Why it was held back, with spaces between; empty means it went.
    held_because: Mapped[str] = mapped_column(default="", info=PERSONAL)
    # A dean looked and let it go after all.
    released_at: Mapped[datetime | None] = mapped_column(info=NONE)

    thread: Mapped[MentorThread] = relationship(back_populates="messages")

    @property
    def is_held(self) -> bool:
        return bool(self.held_because) and self.released_at is None


class MentorNews(Base):
    """Something happened to a question that its pupil should hear of, in the chat or on the page, once."""

    __tablename__ = "mentor_news"
    __table_args__ = (UniqueConstraint("thread_id", "source_key"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    thread_id: Mapped[int] = mapped_column(
        ForeignKey("mentor_thread.id", ondelete="CASCADE"), index=True, info=NONE
    )
    kind: Mapped[News] = mapped_column(String, info=NONE)
    # What made it news, such as "message:12", so that it is news once.
    source_key: Mapped[str] = mapped_column(info=NONE)
    happened_at: Mapped[datetime] = mapped_column(info=NONE)
    told_at: Mapped[datetime | None] = mapped_column(info=NONE)

    thread: Mapped[MentorThread] = relationship()


class MentorBlock(Base):
    """A pupil and an oud-leerling who see nothing of each other any more, whoever wished it."""

    __tablename__ = "mentor_block"
    __table_args__ = (UniqueConstraint("pupil_id", "mentor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    mentor_id: Mapped[int] = mapped_column(
        ForeignKey("mentor.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    blocked_by: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    blocked_at: Mapped[datetime] = mapped_column(info=NONE)


class MentorReport(Base):
    """A message was reported: the thread is evidence, which only a safeguarding contact reads."""

    __tablename__ = "mentor_report"

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    thread_id: Mapped[int] = mapped_column(
        ForeignKey("mentor_thread.id", ondelete="CASCADE"), index=True, info=NONE
    )
    message_id: Mapped[int] = mapped_column(
        ForeignKey("mentor_message.id", ondelete="CASCADE"), index=True, info=NONE
    )
    # PUPIL or MENTOR.
    reporter: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    reported_at: Mapped[datetime] = mapped_column(info=NONE)
    # Where the question stood, to go back to when the report is undone.
    state_before: Mapped[State] = mapped_column(String, info=NONE)
    looked_at: Mapped[datetime | None] = mapped_column(info=NONE)
    closed_at: Mapped[datetime | None] = mapped_column(info=NONE)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), info=NONE)
    is_undone: Mapped[bool] = mapped_column(default=False, info=NONE)
    # When a contact made a copy for the reporter, the last time.
    copied_at: Mapped[datetime | None] = mapped_column(info=NONE)

    thread: Mapped[MentorThread] = relationship()
    message: Mapped[MentorMessage] = relationship()
