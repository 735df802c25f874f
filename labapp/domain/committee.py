"""When a social audit committee stands, and what it may do as it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from labapp.domain.errors import Blocked, mark

#: Distinct persons a committee needs, at least. Source: ANTAI, quoted by the press (secondary).
QUORUM = 5


class CommitteeState(StrEnum):
    """Where a committee stands. Never stored as the truth: read from dates and seats."""

    FORMING = "forming"
    CONSTITUTED = "constituted"
    REPORTED = "reported"
    CERTIFIED = "certified"
    ACTIVE = "active"
    DELIVERED = "delivered"
    CONCLUDED = "concluded"
    INACTIVE = "inactive"

    @property
    def label(self) -> str:
        """The words for this state, for gettext."""
        return _WORDS[self]


_WORDS: dict[CommitteeState, str] = {
    CommitteeState.FORMING: mark("Forming"),
    CommitteeState.CONSTITUTED: mark("Constituted"),
    CommitteeState.REPORTED: mark("Waiting for ANTAI's certificate"),
    CommitteeState.CERTIFIED: mark("Certified"),
    CommitteeState.ACTIVE: mark("Watching the work"),
    CommitteeState.DELIVERED: mark("Final report delivered"),
    CommitteeState.CONCLUDED: mark("Concluded"),
    CommitteeState.INACTIVE: mark("Inactive: it fell below five members"),
}


@dataclass(frozen=True, slots=True)
class CommitteeStatus:
    """What is known of a committee.

    Attributes:
        seats: distinct persons seated now.
        constituted: whether it ever had five.
        reported: whether it told ANTAI that it exists.
        certified: whether ANTAI certified it.
        visited: whether it made a visit.
        delivered: whether it gave its final report.
        accepted: whether the work was formally accepted.
    """

    seats: int = 0
    constituted: bool = False
    reported: bool = False
    certified: bool = False
    visited: bool = False
    delivered: bool = False
    accepted: bool = False

    @property
    def lacking(self) -> int:
        """How many more persons it needs."""
        return max(0, QUORUM - self.seats)


def state(known: CommitteeStatus) -> CommitteeState:
    """Return where the committee stands; a report delivered stands whoever leaves later."""
    if known.delivered:
        return CommitteeState.CONCLUDED if known.accepted else CommitteeState.DELIVERED
    if known.lacking:
        return CommitteeState.INACTIVE if known.constituted else CommitteeState.FORMING
    if known.certified:
        return CommitteeState.ACTIVE if known.visited else CommitteeState.CERTIFIED
    return CommitteeState.REPORTED if known.reported else CommitteeState.CONSTITUTED


def require_complete(known: CommitteeStatus) -> None:
    """Let pass a committee of five or more.

    Raises:
        Blocked: it has fewer.
    """
    if known.lacking:
        raise Blocked(mark("A committee needs five members before it can do this."))


def require_certified(known: CommitteeStatus) -> None:
    """Let pass a committee that may visit, find, and report: five members, certified.

    Raises:
        Blocked: it may not yet, or no longer.
    """
    require_complete(known)
    if not known.certified:
        raise Blocked(mark("ANTAI has not certified this committee yet."))


def require_receivable(*, delivered: bool, excused: bool) -> None:
    """Let pass the formal acceptance of a work.

    Args:
        delivered: whether the committee gave its final report.
        excused: whether ANTAI said that the work may be accepted without it, and why.

    Raises:
        Blocked: the report is missing, and ANTAI did not say so.
    """
    if not delivered and not excused:
        raise Blocked(mark("The final report is missing. Only ANTAI may excuse it, saying why."))


class DatedTie(Protocol):
    """A tie that a member declared: with which step, and until which day it lasted."""

    @property
    def milestone_id(self) -> int | None: ...  # noqa: D102
    @property
    def ended_on(self) -> date | None: ...  # noqa: D102


def bars(ties: Iterable[DatedTie], step_id: int | None, began_on: date) -> bool:
    """Tell whether one of a member's ties keeps them from an act of the committee.

    A tie counts for whatever was there before it ended: whoever takes it back today still says
    nothing of what was found yesterday, nor of what is found today.

    Args:
        ties: with the whole work (no step) or with one step of it.
        step_id: the step that the act is about; None for the whole work, every step of it.
        began_on: since when there is what is judged: the day of the visit or of the finding, or
            today.
    """
    return any(
        (tie.milestone_id is None or step_id is None or tie.milestone_id == step_id)
        and (tie.ended_on is None or began_on <= tie.ended_on)
        for tie in ties
    )
