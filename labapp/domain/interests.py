"""What keeps somebody from serving a lab, and which roles serve it."""

from enum import StrEnum

from labapp.domain.errors import mark
from labapp.domain.roles import Role


class Interest(StrEnum):
    """What somebody declares before they serve; whoever has one of these does not serve."""

    OFFICE = "office"
    CANDIDACY = "candidacy"
    CONTRACT = "contract"

    @property
    def label(self) -> str:
        """The words for it, for gettext."""
        return _LABELS[self]


_LABELS = {
    Interest.OFFICE: mark("holds a public office, elected or of direction"),
    Interest.CANDIDACY: mark("is a candidate to an elected office"),
    Interest.CONTRACT: mark("works for, or has a contract with, an entity that owes this lab"),
}

#: Whoever holds one of these runs the lab or counts its votes, and answers to nobody it watches.
SERVING = frozenset({Role.FACILITATOR, Role.TELLER})
#: Whoever holds one of these is of an organization.
OF_A_BODY = frozenset({Role.RESPONSIBLE, Role.ALLY})
