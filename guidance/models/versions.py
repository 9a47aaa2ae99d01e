"""What a row carries that two people may change at the same time."""

from sqlalchemy.orm import Mapped, mapped_column

from guidance.database import NONE, Base


class Versioned(Base):
    """A row that counts its changes, so that a form made from an older one is refused."""

    __abstract__ = True

    version: Mapped[int] = mapped_column(default=1, server_default="1", info=NONE)
