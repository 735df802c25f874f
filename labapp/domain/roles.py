"""What a person can be, on the site or in one lab, and what a person can be to one object."""

from dataclasses import dataclass
from enum import StrEnum

from labapp.domain.errors import mark


class Role(StrEnum):
    """The first five are global, kept in accounts; the rest are held in one lab, kept in labs."""

    ACCOUNT = "account"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"
    DATA_OFFICER = "data_officer"
    TRUSTED = "trusted_facilitator"
    MEMBER = "member"
    FACILITATOR = "facilitator"
    ALLY = "ally"
    RESPONSIBLE = "responsible"
    COMMITTEE = "committee_member"
    TELLER = "teller"

    @property
    def label(self) -> str:
        """The words for this role, for gettext."""
        return LABELS[self]


LABELS: dict[Role, str] = {
    Role.ACCOUNT: mark("someone with an account"),
    Role.REVIEWER: mark("ANTAI"),
    Role.ADMINISTRATOR: mark("administrator"),
    Role.DATA_OFFICER: mark("personal data officer"),
    Role.TRUSTED: mark("trusted facilitator"),
    Role.MEMBER: mark("community member"),
    Role.FACILITATOR: mark("facilitator"),
    Role.ALLY: mark("ally"),
    Role.RESPONSIBLE: mark("responsible entity"),
    Role.COMMITTEE: mark("audit committee"),
    Role.TELLER: mark("teller"),
}

GLOBAL = frozenset({Role.REVIEWER, Role.ADMINISTRATOR, Role.DATA_OFFICER, Role.TRUSTED})
IN_LAB = frozenset(
    {Role.MEMBER, Role.FACILITATOR, Role.ALLY, Role.RESPONSIBLE, Role.COMMITTEE, Role.TELLER}
)


class Relation(StrEnum):
    """What a person is to *this* object; the owning room computes it."""

    AUTHOR = "author"
    SEATED = "seated"
    RESPONSIBLE = "responsible"
    NOT_EXECUTOR = "not_executor"
    NOT_OWN_LAB = "not_own_lab"
    ON_ROLL = "on_roll"


#: Why a missing relation refuses, fit to be shown.
LACKING: dict[Relation, str] = {
    Relation.AUTHOR: mark("Only the person who wrote it may do this."),
    Relation.SEATED: mark("Only someone who sits on this committee may do this."),
    Relation.RESPONSIBLE: mark("Only the entity that made this agreement may do this."),
    Relation.NOT_EXECUTOR: mark("Whoever carries out the work cannot also verify it."),
    Relation.NOT_OWN_LAB: mark("Nobody reviews a lab they take part in."),
    Relation.ON_ROLL: mark("You are not on the list of those who may vote here."),
}


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role that somebody was given.

    Attributes:
        lab_id: where; None for a role on the whole site.
        person_id: to whom, by which of their numbers.
        role: what they are now.
        organization_id: on whose behalf, for the responsible and for allies; None elsewhere.
    """

    lab_id: int | None
    person_id: int
    role: Role
    organization_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person seen from one lab or from the site.

    Attributes:
        person_id: None for a visitor, for the clock, and for an entity that came by a link.
        roles: every role held here; ``ACCOUNT`` is among them for anyone signed in.
        organizations: those it is responsible for in this lab, by id.
        others: roles that the same person holds here by another number of theirs. They allow
            nothing; whoever asks for independence asks for them too.
        past: roles that the same person held here once, by any number. They allow nothing either.
    """

    person_id: int | None
    roles: frozenset[Role] = frozenset()
    organizations: frozenset[int] = frozenset()
    others: frozenset[Role] = frozenset()
    past: frozenset[Role] = frozenset()

    def speaks_for(self, organization_id: int) -> bool:
        """Tell whether this is somebody of that organization, who answers for it here."""
        return Role.RESPONSIBLE in self.roles and organization_id in self.organizations

    def writes_for(self, organization_id: int) -> bool:
        """Tell whether this writes down what it says: of it, or a facilitator from paper."""
        return Role.FACILITATOR in self.roles or self.speaks_for(organization_id)

    @property
    def speaks_as(self) -> Role | None:
        """The most telling role, for the public record; None for a visitor."""
        return next((role for role in _BY_WEIGHT if role in self.roles), None)


_BY_WEIGHT = (
    Role.REVIEWER,
    Role.FACILITATOR,
    Role.RESPONSIBLE,
    Role.COMMITTEE,
    Role.ADMINISTRATOR,
    Role.TRUSTED,
    Role.TELLER,
    Role.ALLY,
    Role.MEMBER,
    Role.DATA_OFFICER,
    Role.ACCOUNT,
)

#: Who acts when the clock does.
CLOCK = Actor(None)
VISITOR = Actor(None)
