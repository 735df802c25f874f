"""StoredFile: the public copy of a photo or a PDF, kept beside the database."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Key, Line, enum_type
from labapp.domain.removal_code import RemovalCode


class StoredFile(Base):
    """One file on the disk, under the hash of its bytes."""

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("size > 0", name="not_empty"),
        CheckConstraint("(removed_at IS NULL) = (removed_for IS NULL)", name="removed_why"),
        CheckConstraint(
            "(original_sha256 IS NULL) = (original_type IS NULL)", name="original_of_a_type"
        ),
    )

    id: Mapped[Key]
    #: SHA-256 of the stored bytes, and their name on the disk.
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    media_type: Mapped[str] = mapped_column(String(60))
    #: What the site calls it, for the download's name alone: never what its sender did.
    name: Mapped[Line]
    #: Bytes.
    size: Mapped[int]
    #: SHA-256 of the bytes as they were sent, where they are kept apart, and their name on the
    #: disk: for whoever may see what is reserved. They go wherever the public copy goes.
    original_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    original_type: Mapped[str | None] = mapped_column(String(60))
    #: For screen readers and captions.
    alt: Mapped[Line] = mapped_column(default="")
    thing_id: Mapped[int | None] = mapped_column(ForeignKey("thing.id"), index=True)
    stored_at: Mapped[datetime]
    stored_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: When it was taken away, and the public reason: from then on nobody is sent its bytes.
    removed_at: Mapped[datetime | None]
    removed_for: Mapped[RemovalCode | None] = mapped_column(enum_type(RemovalCode))

    @property
    def has_copy(self) -> bool:
        """Whether the public has a copy: of a document of before, only once one is made."""
        return self.sha256 != self.original_sha256
