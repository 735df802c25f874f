"""ClosingDebt: what stays owed when a lab closes "con pendientes", by whom, and why anyway."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Key, Line, Prose


class ClosingDebt(Base):
    """One need that was not met at the close."""

    __tablename__ = "owed"
    __table_args__ = (
        UniqueConstraint("lab_id", "need", "closed_at"),
        CheckConstraint("length(reason) > 0", name="reasoned"),
    )

    id: Mapped[Key]
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"), index=True)
    #: ``Need.key``.
    need: Mapped[str] = mapped_column(String(40))
    owed_by: Mapped[Line]
    reason: Mapped[Prose]
    closed_at: Mapped[datetime]
