"""Table of mail to send."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from guidance.database import NONE, PERSONAL, Base


class OutboxMail(Base):
    """A mail that waits to be sent or was sent; the key keeps it from being written twice."""

    __tablename__ = "outbox_mail"
    __table_args__ = (UniqueConstraint("key"), Index("ix_outbox_mail_next_try_at", "next_try_at"))

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), index=True, info=NONE)
    key: Mapped[str] = mapped_column(info=NONE)
    recipient: Mapped[str] = mapped_column(info=PERSONAL)
    subject: Mapped[str] = mapped_column(info=PERSONAL)
    body: Mapped[str] = mapped_column(info=PERSONAL)
    written_at: Mapped[datetime] = mapped_column(info=NONE)
    tries: Mapped[int] = mapped_column(default=0, server_default="0", info=NONE)
    # Nobody else takes it before this; while it is being sent that is the end of the sender's time.
    next_try_at: Mapped[datetime | None] = mapped_column(info=NONE)
    sent_at: Mapped[datetime | None] = mapped_column(info=NONE)
    # The server refused it for good, or it took too long; it is not tried again.
    given_up_at: Mapped[datetime | None] = mapped_column(info=NONE)
