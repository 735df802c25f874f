"""Submission: a form that was taken, so that sending it again changes nothing."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base


class Submission(Base):
    """One form sent: its random token and where its sender was taken. It holds no person."""

    __tablename__ = "submission"

    once: Mapped[str] = mapped_column(String(40), primary_key=True)
    location: Mapped[str] = mapped_column(String(400))
    taken_at: Mapped[datetime] = mapped_column(index=True)
