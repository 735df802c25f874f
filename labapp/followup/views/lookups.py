"""What the pages of this room share: the blueprint, a thing or 404, where one comes from."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, abort, current_app, g
from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.db import utcnow
from labapp.domain import progress
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.followup import disclosure, queries
from labapp.followup.forms import ProofForm
from labapp.followup.models import Agreement, Milestone
from labapp.followup.queries import VerificationSummary
from labapp.followup.service import Proof
from labapp.followup.states import MilestoneState
from labapp.labs.models import Lab
from labapp.thread.models import Thing

bp = Blueprint("followup", __name__)


def today() -> date:
    """Return the day in Panama."""
    return local_day(utcnow())


def overdue(steps: Iterable[Milestone]) -> dict[int, int]:
    """Return by how many days each late step is late."""
    day = today()
    return {
        step.id: (day - step.due_on).days
        for step in steps
        if progress.is_overdue(step.due_on, step.verified, day)
    }


def lacks(step: Milestone, summary: VerificationSummary) -> list[str]:
    """Return what a step lacks to be done and seen, each in a few words; nothing of a draft."""
    if step.state is not MilestoneState.OPEN:
        return []
    sight, found = summary.sight, []
    if not sight.is_shown and summary.by_committee:
        found.append(_("a photo or document of it"))
    elif not sight.is_shown:
        found.append(_("a photo or document that everybody can open"))
    if sight.lacking and summary.by_committee:
        found.append(_("a visit of three members of the committee"))
    elif sight.lacking:
        found.append(
            ngettext(
                "%(num)d more person who goes to look",
                "%(num)d more people who go to look",
                sight.lacking,
            )
        )
    if sight.unanswered:
        found.append(
            ngettext("a yes to %(num)d question", "a yes to %(num)d questions", sight.unanswered)
        )
    return found


def days(setting: str) -> int:
    """Return a term of this site, in days."""
    return int(current_app.config[setting])


def agreement_or_404(lab: Lab, number: int) -> Agreement:
    """Return the agreement if this person may see it."""
    agreement = queries.agreement(lab.id, number)
    return agreement if agreement and is_shown(agreement) else abort(404)


def milestone_or_404(lab: Lab, number: int) -> Milestone:
    """Return the step if this person may see its agreement."""
    milestone = queries.milestone(lab.id, number)
    return milestone if milestone and is_shown(milestone) else abort(404)


def is_shown(thing: Agreement | Milestone) -> bool:
    """Tell whether this person may see an agreement or a step: few see a draft."""
    if thing.thing.has_place:
        return True
    agreement = thing.agreement if isinstance(thing, Milestone) else thing
    return disclosure.shows_draft(g.actor, agreement.organization_id)


def origin_code(thing: Thing) -> str:
    """Return how a thing is written in ``?from=``: ``proposal-3``, ``session-1``."""
    word = "session" if thing.kind is Kind.MEETING else thing.kind.value
    return f"{word}-{thing.number}"


def origin_options(things: Iterable[Thing]) -> dict[str, str]:
    """Return things as options of a question."""
    return {
        origin_code(thing): _(
            "%(kind)s %(number)s: %(title)s",
            kind=_(thing.kind.label),
            number=thing.number,
            title=thing.title,
        )
        for thing in things
    }


def proof(form: ProofForm) -> Proof | None:
    """Return the file of a valid form, or None where none was sent."""
    if form.file.data is None:
        return None
    return Proof(
        data=form.file.given.stream.read(),
        caption=form.caption.data,
        withheld_why=form.withheld_why.data if form.reserved.data else "",
    )
