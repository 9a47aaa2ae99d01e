"""Table of the open days that institutions announced."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from guidance.database import NONE, Base


class OpenDay(Base):
    """An open day of an institution, as its own file gives it; it ends at the first moment after it."""

    __tablename__ = "open_day"
    __table_args__ = (UniqueConstraint("brin", "uid"), UniqueConstraint("key"))

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    # What its address is made of: `uid` is the institution's own, and may hold any sign.
    key: Mapped[str] = mapped_column(String(16), info=NONE)
    brin: Mapped[str] = mapped_column(String(4), info=NONE)
    uid: Mapped[str] = mapped_column(String(255), info=NONE)
    title: Mapped[str] = mapped_column(String(150), info=NONE)
    starts_at: Mapped[datetime] = mapped_column(info=NONE)
    ends_at: Mapped[datetime] = mapped_column(index=True, info=NONE)
    is_whole_day: Mapped[bool] = mapped_column(info=NONE)
    is_online: Mapped[bool] = mapped_column(info=NONE)
    # The place as one reads it, and the city of the institution that it names, if it names one.
    place: Mapped[str | None] = mapped_column(String(300), info=NONE)
    city: Mapped[str | None] = mapped_column(info=NONE)
    # Kinds of programme, parted by "|"; empty stands for all.
    kinds: Mapped[str] = mapped_column(info=NONE)
    url: Mapped[str] = mapped_column(String(500), info=NONE)
    source: Mapped[str] = mapped_column(String(300), info=NONE)
    imported_at: Mapped[datetime] = mapped_column(info=NONE)
