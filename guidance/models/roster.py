"""Table of lists of pupils that a dean looks through before they are taken over."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from guidance.database import NONE, PERSONAL, PSEUDONYMOUS, Base


class RosterImport(Base):
    """A list that waits for a dean's word; emptied when it is taken over, and gone after a day."""

    __tablename__ = "roster_import"

    id: Mapped[int] = mapped_column(primary_key=True, info=NONE)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), index=True, info=NONE)
    digest: Mapped[str] = mapped_column(info=PSEUDONYMOUS)
    # In our own template: without what we do not keep.
    text: Mapped[str | None] = mapped_column(info=PERSONAL)
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), info=NONE)
    made_at: Mapped[datetime] = mapped_column(info=NONE)
    run_at: Mapped[datetime | None] = mapped_column(info=NONE)
