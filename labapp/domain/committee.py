"""When a social audit committee stands, and what it may do as it stands."""

from dataclasses import dataclass
from enum import StrEnum

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


def require_receivable(*, delivered: bool, override: str) -> None:
    """Let pass the formal acceptance of a work.

    Args:
        delivered: whether the committee gave its final report.
        override: why it is accepted without; empty for no reason.

    Raises:
        Blocked: the report is missing and nobody says why.
    """
    if not delivered and not override:
        raise Blocked(
            mark("The committee's final report is missing: write why the work is accepted anyway.")
        )
