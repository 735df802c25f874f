"""EntityLink: how an entity without an account acts on one letter or agreement."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Key
from labapp.followup.states import LinkState


class EntityLink(Base):
    """An expiring address by which an entity without an account acts on one letter or agreement."""

    __tablename__ = "entity_link"

    id: Mapped[Key]
    #: SHA-256 of the token in the address.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    thing_id: Mapped[int] = mapped_column(ForeignKey("thing.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    def state(self, now: datetime) -> LinkState:
        """Return whether it was ended, has expired or opens still."""
        if self.revoked_at is not None:
            return LinkState.ENDED
        return LinkState.EXPIRED if self.expires_at <= now else LinkState.OPEN
