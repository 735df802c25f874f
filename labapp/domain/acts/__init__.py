"""Everything that can be done: one row an act, one file a room, and ``Act``, which gathers them.

To add an act, add its row to the file of its room. To add a room, write its file and name its
class among the bases of ``Act``; their order is the order in which acts are printed.
"""

from typing import final

from labapp.domain.acts.accounts import AccountActs
from labapp.domain.acts.audits import AuditActs
from labapp.domain.acts.followup import FollowupActs
from labapp.domain.acts.labs import LabActs
from labapp.domain.acts.moderation import ModerationActs
from labapp.domain.acts.organizations import OrganizationActs
from labapp.domain.acts.plans import PlanActs
from labapp.domain.acts.polling import PollingActs
from labapp.domain.acts.problems import ProblemActs
from labapp.domain.acts.proposals import ProposalActs
from labapp.domain.acts.record import RecordActs
from labapp.domain.acts.responses import ResponseActs
from labapp.domain.acts.review import ReviewActs
from labapp.domain.acts.row import ActColumns, ActRow, Heading, Turn
from labapp.domain.acts.sessions import MeetingActs
from labapp.domain.acts.voting import VoteActs

__all__ = ["ACTS", "IN_THREAD", "Act", "Heading", "Turn", "acts_under"]


@final
class Act(
    str,
    AccountActs,
    PlanActs,
    OrganizationActs,
    LabActs,
    ProblemActs,
    MeetingActs,
    ResponseActs,
    ModerationActs,
    ProposalActs,
    VoteActs,
    PollingActs,
    FollowupActs,
    AuditActs,
    ReviewActs,
    RecordActs,
):
    """An act a person or the clock performs: its stored value; ``row`` is all else of it."""

    def __new__(cls, value: str) -> "Act":
        """Return the act of this value.

        Raises:
            ValueError: no row has it.
        """
        if value not in _BY_VALUE:
            raise ValueError(f"no act is called {value}")
        return _BY_VALUE[value]

    @classmethod
    def in_record(cls, value: str) -> "Act":
        """Return the act of a stored value; one that has no row any more stays readable."""
        return _BY_VALUE.get(value) or str.__new__(cls, value)

    @property
    def row(self) -> ActColumns:
        """Its row; without one nobody may do it and no thread shows it."""
        return _ROWS.get(self) or ActColumns(self, self, heading=Heading.SITE, roles=frozenset())


_ROWS: dict[str, ActColumns] = {
    row.value: row
    for room in Act.__bases__
    for row in vars(room).values()
    if isinstance(row, ActRow)
}
_BY_VALUE: dict[str, Act] = {value: str.__new__(Act, value) for value in _ROWS}
#: Every act, in the order in which acts are printed.
ACTS: tuple[Act, ...] = tuple(_BY_VALUE.values())
#: The acts that a thread shows.
IN_THREAD: tuple[Act, ...] = tuple(act for act in ACTS if act.row.sentence)


def acts_under(heading: Heading) -> tuple[Act, ...]:
    """Return the acts printed under a heading."""
    return tuple(act for act in ACTS if act.row.heading is heading)
