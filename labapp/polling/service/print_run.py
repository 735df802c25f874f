"""A run of paper ballots: how many are printed, how small, and the entry that says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.polling.service.guards import require_offered
from labapp.record.acting import Acting
from labapp.voting.models import Option, Vote

#: Ballots on one sheet -> lines of an option that fit in small letters, and letters in each.
_ROOM = {1: (60, 160), 2: (20, 160), 4: (20, 70)}


@dataclass(frozen=True, slots=True)
class Run:
    """What is printed at once.

    Attributes:
        papers: how many ballots.
        first: the number on the first stub.
        each: ballots on a sheet of letter paper: 1, 2 or 4.
    """

    papers: int
    first: int = 1
    each: int = 4


def note_print(acting: Acting[Lab], vote: Vote, *, run: Run) -> None:
    """Note that papers are about to be printed. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: no paper in this vote, it has ended, or the options do not fit.
    """
    acting.require(Act.PAPER_PRINT)
    require_offered(vote, Channel.PAPER)
    if vote.closed_at or vote.annulled_at:
        raise Conflict(mark("This vote has ended."))
    require_fit(vote.options, run.each)
    after = {"papers": run.papers, "first": run.first}
    acting.record(Act.PAPER_PRINT, vote.id, after=after)
    db.session.flush()


def require_fit(options: Sequence[Option], each: int) -> None:
    """Raise Conflict where the options do not fit that small; ``field`` names the question."""
    lines, letters = _ROOM[each]
    if sum(-(-(len(option.label) + 12) // letters) for option in options) > lines:
        raise Conflict(
            mark("The options do not fit so small: print fewer ballots on a sheet."), field="each"
        )
