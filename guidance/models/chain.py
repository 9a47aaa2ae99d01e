"""What the two append-only chains share: the links of a row, and the salt of its personal side."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from guidance.database import NONE, PSEUDONYMOUS, Base

SALT = "salt"


def names_of(row: Base) -> list[str]:
    return [column.name for column in row.__table__.columns]


class ChainRow(Base):
    """A row that refuses change; it holds nothing of a person and points at none."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), info=NONE)
    previous_hash: Mapped[str] = mapped_column(info=NONE)
    personal_hash: Mapped[str] = mapped_column(info=NONE)
    hash: Mapped[str] = mapped_column(info=NONE)

    def public_values(self) -> dict[str, Any]:
        """Return the columns that the hash covers."""
        return {name: getattr(self, name) for name in names_of(self) if name not in ("id", "hash")}


class SideRow(Base):
    """The personal side of one row; erasing it with its salt leaves the chain whole."""

    __abstract__ = True

    salt: Mapped[str] = mapped_column(info=PSEUDONYMOUS)

    def personal_values(self) -> dict[str, Any]:
        """Return the columns that the personal hash covers."""
        key = {column.name for column in self.__table__.primary_key}
        return {name: getattr(self, name) for name in names_of(self) if name not in key | {SALT}}
