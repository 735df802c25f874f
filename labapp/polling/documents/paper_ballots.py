"""Paper ballots as a PDF: as many as asked, each with a stub to tear off."""

from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from labapp.domain.channel import Channel
from labapp.files import pdf as typst_pdf
from labapp.labs.models import Lab
from labapp.polling.service.guards import require_offered
from labapp.polling.service.print_run import Run, require_fit
from labapp.voting.documents import invalid_ballots
from labapp.voting.models import Vote
from labapp.web.formatting import money


def pdf(lab: Lab, vote: Vote, run: Run) -> bytes:
    """Return the ballots as a PDF, in the reader's language."""
    require_offered(vote, Channel.PAPER)
    require_fit(vote.options, run.each)
    return typst_pdf.pdf("ballots", _content(lab, vote, run))


def _content(lab: Lab, vote: Vote, run: Run) -> dict[str, Any]:
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


def how_to_mark(vote: Vote) -> str:
    """Return how a ballot of this vote is marked, in one or two sentences."""
    most, top = min(vote.max_marks, len(vote.options)), vote.scale or 0
    if vote.method.ranks:
        instruction = _(
            "Write 1 beside the one you like best, then 2, 3 and so on, up to %(n)s.", n=most
        )
    elif vote.method.gives_points and not vote.method.shares_points:
        instruction = _("Write points beside the options, from 0 to %(top)s each.", top=top)
    elif vote.method.gives_points:
        instruction = _("Share out up to %(top)s points: write them beside the options.", top=top)
    elif vote.method.marks_one or most == 1:
        instruction = _("Mark one option with an X.")
    else:
        instruction = _("Mark with an X up to %(num)s options.", num=most)
    return str(instruction)
