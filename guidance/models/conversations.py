"""Tables of the chat: a conversation and its turns."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base
from guidance.models.pupil import Pupil


class Conversation(Base):
    """One talk of one pupil on one device; its token is only with the pupil, its engine id only with us."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(primary_key=True, info=PSEUDONYMOUS)
    engine_id: Mapped[str] = mapped_column(unique=True, info=PSEUDONYMOUS)
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("pupil.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    token_digest: Mapped[str] = mapped_column(unique=True, info=PSEUDONYMOUS)
    is_own_device: Mapped[bool] = mapped_column(default=False, info=NONE)
    started_at: Mapped[datetime] = mapped_column(info=NONE)
    last_message_at: Mapped[datetime] = mapped_column(info=NONE)
    ended_at: Mapped[datetime | None] = mapped_column(info=NONE)

    pupil: Mapped[Pupil] = relationship()
    turns: Mapped[list["Turn"]] = relationship(
        back_populates="conversation", order_by="Turn.id", cascade="all, delete-orphan", passive_deletes=True
    )


class Turn(Base):
    """What a pupil sent (redacted) and what was answered; received first, answered later."""

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("conversation_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), index=True, info=PSEUDONYMOUS
    )
    message_id: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    body_digest: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    text: Mapped[str | None] = mapped_column(info=PERSONAL)
    payload: Mapped[str | None] = mapped_column(info=PSEUDONYMOUS)
    messages: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True), info=PERSONAL)
    received_at: Mapped[datetime] = mapped_column(info=NONE)
    answered_at: Mapped[datetime | None] = mapped_column(info=NONE)

    conversation: Mapped[Conversation] = relationship(back_populates="turns")
