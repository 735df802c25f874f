"""Paper ballots: what is printed of one vote, as many as asked, each with a stub to tear off."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from labapp.counting.method import Method, Paper
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.files import typeset
from labapp.labs.models import Lab
from labapp.polling.service.guards import note, refuse_unless_offered
from labapp.record.acting import Acting
from labapp.voting.documents import invalid_ballots
from labapp.voting.models import Consultation, Option
from labapp.web.words import money

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


def note_print(acting: Acting[Lab], vote: Consultation, *, run: Run) -> None:
    """Note that papers are about to be printed. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: no paper in this vote, it has ended, or the options do not fit.
    """
    acting.require(Act.PAPER_PRINT)
    refuse_unless_offered(vote, Channel.PAPER)
    if vote.closed_at or vote.annulled_at:
        raise Conflict(mark("This vote has ended."))
    refuse_crowded(vote.options, run.each)
    after = {"papers": run.papers, "first": run.first}
    note(acting, Act.PAPER_PRINT, vote, after=after)


def refuse_crowded(options: Sequence[Option], each: int) -> None:
    """Raise Conflict where the options do not fit that small; ``field`` names the question."""
    lines, letters = _ROOM[each]
    if sum(-(-(len(option.label) + 12) // letters) for option in options) > lines:
        raise Conflict(
            mark("The options do not fit so small: print fewer ballots on a sheet."), field="each"
        )


def pdf(lab: Lab, vote: Consultation, run: Run) -> bytes:
    """Return the ballots as a PDF, in the reader's language."""
    refuse_unless_offered(vote, Channel.PAPER)
    refuse_crowded(vote.options, run.each)
    return typeset.pdf("ballots", _content(lab, vote, run))


def _content(lab: Lab, vote: Consultation, run: Run) -> dict[str, Any]:
    stub = _("Stub: tear it off before the paper goes into the box. It is never typed in.")
    return {
        "lang": str(get_locale() or "es"),
        "title": _("Paper ballots"),
        "lab": lab.name,
        "example": _("Example") if lab.example else "",
        "question": vote.question,
        "how": how_to_mark(vote),
        "unfit": invalid_ballots.on_paper(vote),
        "kind": vote.method.paper.value,
        "blank": _("To vote blank, leave everything empty and put the paper in the box."),
        "stub": stub,
        "number": _("No."),
        "cut": _("tear off here"),
        "numbers": [f"{run.first + n:04}" for n in range(run.papers)],
        "each": run.each,
        "options": [
            {
                "number": option.position,
                "label": option.label,
                "cost": money(option.cost) if option.cost is not None else "",
            }
            for option in vote.options
        ],
    }


def how_to_mark(vote: Consultation) -> str:
    """Return how a ballot of this vote is marked, in one or two sentences."""
    most, top = min(vote.max_marks, len(vote.options)), vote.scale or 0
    if vote.method.paper is Paper.RANKS:
        said = _("Write 1 beside the one you like best, then 2, 3 and so on, up to %(n)s.", n=most)
    elif vote.method is Method.SCORE:
        said = _("Write points beside the options, from 0 to %(top)s each.", top=top)
    elif vote.method.paper is Paper.POINTS:
        said = _("Share out up to %(top)s points: write them beside the options.", top=top)
    elif vote.method.paper is Paper.ONE or most == 1:
        said = _("Mark one option with an X.")
    else:
        said = _("Mark with an X up to %(num)s options.", num=most)
    return str(said)
