"""Pages of meetings and of what was said in them, as everyone sees them."""

from collections.abc import Sequence

from flask import Blueprint, abort, g, render_template, request
from flask_babel import gettext as _

from labapp.accounts.views.gate import site_gate
from labapp.db import utcnow
from labapp.domain.contribution import ContributionState
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, may
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.pagination import Page
from labapp.record import queries as record
from labapp.responses import queries as responses
from labapp.responses.models import Response
from labapp.sessions import disclosure, queries
from labapp.sessions.models import Contribution, Meeting
from labapp.thread.models import Duty
from labapp.thread.views import lateness
from labapp.web.url_numbers import query_number

bp = Blueprint("sessions", __name__)


@bp.get("/labs/<slug>/sessions/")
@gate(Act.LAB_VIEW)
def index(lab: Lab) -> Answer:
    """List the meetings of a lab, newest first."""
    page = queries.page(lab.id, query_number("after"))
    return render_template(
        "sessions/index.html",
        lab=lab,
        meetings=page.rows,
        more=page.next,
        may_announce=bool(may(g.actor, Act.MEETING_ANNOUNCE, lab.stage)),
    )


@bp.get("/labs/<slug>/sessions/<int:number>/")
@gate(Act.LAB_VIEW)
def show(lab: Lab, number: int) -> Answer:
    """Show a meeting: what for, how many came, what was said and what became of it."""
    meeting = queries.by_number(lab.id, number) or abort(404)
    counts = disclosure.public(queries.attendance(meeting.id))
    return render_template(
        "sessions/show.html",
        lab=lab,
        meeting=meeting,
        state=meeting.state,
        is_under_way=meeting.is_under_way,
        counts=counts,
        attended=sum(counts.values()),
        may_run=bool(may(g.actor, Act.MEETING_RUN, lab.stage)),
        **_said_in(meeting),
    )


@bp.get("/plans/<slug>/sessions/")
@site_gate(Act.PLAN_VIEW)
def of_plan(slug: str) -> Answer:
    """List the meetings of a plan."""
    plan = queries.plan(slug) or abort(404)
    return render_template(
        "sessions/plan_index.html", plan=plan, meetings=queries.all_of_plan(plan.id)
    )


@bp.get("/plans/<slug>/sessions/<int:number>/")
@site_gate(Act.PLAN_VIEW)
def show_of_plan(slug: str, number: int) -> Answer:
    """Show a meeting of a plan, with no clock: what was answered is not known here."""
    plan = queries.plan(slug) or abort(404)
    meeting = queries.of_plan(plan.id, number) or abort(404)
    return render_template(
        "sessions/plan_meeting.html", plan=plan, meeting=meeting, **_said_in(meeting)
    )


@bp.get("/labs/<slug>/contributions/")
@gate(Act.LAB_VIEW)
def contributions(lab: Lab) -> Answer:
    """List what was said in the meetings of a lab, with what was decided on each."""
    waiting = request.args.get("only") == "waiting"
    page = queries.contributions(lab.id, query_number("after"), waiting=waiting)
    return render_template(
        "sessions/contributions.html", lab=lab, waiting=waiting, **_with_answers(page)
    )


@bp.get("/labs/<slug>/contributions/<int:number>/")
@gate(Act.LAB_VIEW)
def contribution(lab: Lab, number: int) -> Answer:
    """Show one contribution, its answer, or since when it waits for one."""
    said = queries.contribution(lab.id, number) or abort(404)
    # One joined with another is answered with it, and by the same day.
    stays = said.joined_into or said
    dues = queries.dues([stays.id, said.id])
    duty, own = dues.get(stays.id), dues.get(said.id)
    answers = responses.of(stays.id)
    is_open = said.state is ContributionState.NOTED
    return render_template(
        "sessions/contribution.html",
        lab=lab,
        said=said,
        state=said.state,
        stays=stays,
        meeting=queries.meeting(said.meeting_id),
        versions=answers,
        duty=duty,
        late=_late(duty),
        is_met=duty is not None and duty.met_on is not None,
        is_owed=duty is not None and duty.ended_on is None,
        unanswered=lateness(own) if own is not None and own.waived_on is not None else "",
        may_answer=(is_open or bool(answers and stays is said))
        and bool(may(g.actor, Act.RESPONSE_GIVE, lab.stage)),
        may_propose=said.state is not ContributionState.WITHDRAWN
        and bool(may(g.actor, Act.PROPOSAL_WRITE, lab.stage)),
        may_mend=said.state is not ContributionState.WITHDRAWN
        and bool(may(g.actor, Act.CONTRIBUTION_EDIT, lab.stage)),
        **_put_right(said, answers),
    )


def _put_right(said: Contribution, answers: Sequence[Response]) -> dict[str, object]:
    """Return how a contribution was corrected, divided, joined or withdrawn, for its page."""
    former = queries.former_words(said.id)
    answered_at = answers[0].answered_at if answers else None
    return {
        "former": () if said.thing.is_hidden else former,
        "changed_later": answered_at and former and former[0].replaced_at > answered_at,
        "joined_later": answered_at and said.joined_at and said.joined_at > answered_at,
        "joined": queries.alike(said.id),
        "parts": queries.parts(said.id),
        "history": [
            entry
            for entry in record.about([said.id])
            if entry.act not in (Act.CONTRIBUTION_NOTE, Act.RESPONSE_GIVE)
        ],
    }


def _said_in(meeting: Meeting) -> dict[str, object]:
    return _with_answers(queries.meeting_contributions(meeting.id, query_number("after")))


def _with_answers(page: Page[Contribution, int]) -> dict[str, object]:
    """Return a page of contributions with their answers and what is owed, for a template."""
    ids = [contribution.id for contribution in page.rows]
    dues = queries.dues(ids)
    stay = {said.id: said.joined_into_id or said.id for said in page.rows}
    standing = responses.standing({*stay.values()})
    decided = {key: standing[one] for key, one in stay.items() if one in standing}
    return {
        "contributions": page.rows,
        "more": page.next,
        "decided": decided,
        "words": {key: _(row.decision.label) for key, row in decided.items()},
        "dues": dues,
        "owed": {key for key, duty in dues.items() if duty.ended_on is None},
        "late": {key: _late(duty) for key, duty in dues.items()},
    }


def _late(duty: Duty | None) -> int:
    """Return by how many days an answer is, or was, late."""
    return duty.days_late(local_day(utcnow())) if duty else 0
