"""StoredFile: a photo, re-encoded, or a PDF, kept beside the database."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Key, Line
from labapp.domain.removal_code import RemovalCode


class StoredFile(Base):
    """One file on the disk, under the hash of its bytes."""

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("size > 0", name="not_empty"),
        CheckConstraint("(removed_at IS NULL) = (removed_code IS NULL)", name="removed_with_code"),
    )

    id: Mapped[Key]
    #: SHA-256 of the stored bytes, and their name on the disk.
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    media_type: Mapped[str] = mapped_column(String(60))
    #: What the sender called it, for the download's name alone.
    name: Mapped[Line]
    #: Bytes.
    size: Mapped[int]
    #: For screen readers and captions.
    alt: Mapped[Line] = mapped_column(default="")
    thing_id: Mapped[int | None] = mapped_column(ForeignKey("thing.id"), index=True)
    stored_at: Mapped[datetime]
    stored_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: When it was taken away: the row stays, its bytes do not.
    removed_at: Mapped[datetime | None]
    removed_code: Mapped[RemovalCode | None]
