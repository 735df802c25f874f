"""Completion as Open Government Partnership codes it, and the evidence each value needs."""

from dataclasses import dataclass
from enum import StrEnum

from labapp.domain.errors import Blocked, mark


class OgpCompletion(StrEnum):
    """Open Government Partnership's five values. "No evidence" is not "not started"."""

    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        """The words for this value, for gettext."""
        return _COMPLETION[self]

    @property
    def needs_evidence(self) -> bool:
        """Whether this value may only be given where there is evidence."""
        return self in (OgpCompletion.LIMITED, OgpCompletion.SUBSTANTIAL, OgpCompletion.COMPLETE)


_COMPLETION = {
    OgpCompletion.NO_EVIDENCE: mark("No evidence available"),
    OgpCompletion.NOT_STARTED: mark("Not started"),
    OgpCompletion.LIMITED: mark("Limited"),
    OgpCompletion.SUBSTANTIAL: mark("Substantial"),
    OgpCompletion.COMPLETE: mark("Complete"),
}


class IRM(StrEnum):
    """The independent mechanism's coding: a field of its own, never overwritten by ours."""

    PENDING = "pending"
    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        """The words for this value, for gettext."""
        return (
            mark("Pending IRM review") if self is IRM.PENDING else _COMPLETION[OgpCompletion(self)]
        )


@dataclass(frozen=True, slots=True)
class Backing:
    """What stands behind a completion value. Counts of public evidence of the lab's agreements.

    Attributes:
        public: pieces of evidence anyone can see.
        backed: those among them that somebody other than the executor stands behind: attested by
            the committee or a neighbour, or of a step that one of them verified.
    """

    public: int = 0
    backed: int = 0


def require_backed(value: OgpCompletion, backing: Backing) -> None:
    """Let pass a value that its evidence bears.

    Raises:
        Blocked: limited, substantial or complete, without evidence or with the executor's alone.
    """
    if not value.needs_evidence:
        return
    if not backing.public:
        raise Blocked(
            mark("Limited, substantial and complete need public evidence: there is none.")
        )
    if not backing.backed:
        raise Blocked(
            mark("The only evidence is the entity's own: the committee or neighbours look first.")
        )
