"""Where a proposal stands, which earlier rooms ask about too."""

from enum import StrEnum

from labapp.domain.errors import mark


class ProposalState(StrEnum):
    """Where a proposal stands, read from its dates; the thread holds a copy of the value."""

    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SENT = "sent"
    ADMITTED = "admitted"
    REFUSED = "refused"
    ADOPTED = "adopted"
    LEFT = "left_out"

    @property
    def label(self) -> str:
        """The words for this state, for gettext."""
        return _WORDS[self]


_WORDS: dict[ProposalState, str] = {
    ProposalState.DRAFT: mark("Draft: only you see it"),
    ProposalState.WAITING: mark("We are reviewing it"),
    ProposalState.RETURNED: mark("Returned, to be corrected"),
    ProposalState.REJECTED: mark("Not published"),
    ProposalState.WITHDRAWN: mark("Withdrawn by who wrote it"),
    ProposalState.SENT: mark("Being studied"),
    ProposalState.ADMITTED: mark("Goes to the vote"),
    ProposalState.REFUSED: mark("Does not go to the vote"),
    ProposalState.ADOPTED: mark("Taken up"),
    ProposalState.LEFT: mark("Not this time"),
}
