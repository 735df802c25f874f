"""Person, their global roles, and their sign-in sessions."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Key, Line
from labapp.domain.roles import Role


class Person(Base):
    """Someone known here. Without ``username`` they have no account: registered in the room."""

    __tablename__ = "person"

    #: What the sign-in asks of whoever a token leads to: somebody, and no visitor.
    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    id: Mapped[Key]
    #: The name others see; may be a pseudonym, or "Vecina 1".
    name: Mapped[Line]
    #: What they sign in with, folded to lower case.
    username: Mapped[str | None] = mapped_column(String(60), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    lang: Mapped[str] = mapped_column(String(8), default="es")
    #: When they declared to be 18 or older; for people registered in the room, who saw them.
    adult_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    #: When ANTAI or an administrator took the name from public pages: it insults, or is another's.
    name_hidden_at: Mapped[datetime | None]
    #: A deleted account keeps its number, so that votes stay counted and texts stay anonymous.
    deleted_at: Mapped[datetime | None]
    #: As which number this person counts wherever different people are asked for, once some lab
    #: found two numbers to be one person; None where this is the only one. A copy, kept by labs.
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    @property
    def is_unnamed(self) -> bool:
        """Whether the name was taken from public pages."""
        return self.name_hidden_at is not None

    def get_id(self) -> str:
        """Return the number of the person as the sign-in writes it."""
        return str(self.id)


class GlobalRole(Base):
    """A role on the whole site, granted by a person until it ends."""

    __tablename__ = "global_role"
    __table_args__ = (
        Index("ix_global_role_person_id_ended_at", "person_id", "ended_at"),
        Index(
            "uq_global_role_current",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignIn(Base):
    """One device that signed in: listed to its owner, and ended by them."""

    __tablename__ = "sign_in"

    id: Mapped[Key]
    #: SHA-256 of the random token in the cookie.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: What the browser said of itself.
    device: Mapped[Line]
    began_at: Mapped[datetime]
    #: The day it was last used, no finer: a finer time would stand beside a ballot.
    seen_on: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FailedSignIn(Base):
    """A wrong password, counted to slow guessing down."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index("ix_failed_sign_in_username_at", "username", "at"),)

    id: Mapped[Key]
    username: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class Recovery(Base):
    """A link, used once, by which somebody chooses a new password."""

    __tablename__ = "recovery"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
