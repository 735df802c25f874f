"""The front page, the list of labs, one lab, the country, a plan."""

from datetime import date, timedelta

from flask import Blueprint, abort, current_app, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer, site_gate
from labapp.audits import queries as audits
from labapp.db import utcnow
from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Role, may
from labapp.domain.stage import ALL, OPEN
from labapp.domain.steps_ahead import steps_ahead
from labapp.domain.workflow import Way
from labapp.followup import queries as followup
from labapp.home import dotmap
from labapp.home.next_action import Panel, next_act
from labapp.home.queries import country as country_queries
from labapp.home.queries import lab_list, lab_page
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.queries import dismissals, joins
from labapp.labs.views.gate import gate
from labapp.moderation import queries as moderation
from labapp.plans import queries as plans
from labapp.sessions import queries as sessions
from labapp.stages import facts
from labapp.stages import queries as stages
from labapp.stages.views.debt_text import debt_texts
from labapp.territory import queries as territory
from labapp.thread import urls
from labapp.thread.queries import review_queue
from labapp.web.formatting import late as days_late
from labapp.web.url_numbers import query_number

bp = Blueprint("home", __name__)

#: What a lab's page counts, each kind a link to its list.
_LISTED = (
    Kind.PROBLEM,
    Kind.MEETING,
    Kind.PROPOSAL,
    Kind.VOTE,
    Kind.LETTER,
    Kind.AGREEMENT,
    Kind.WORK,
    Kind.REVIEW,
)
#: Whoever already has a part in the lab is not invited to join it.
_BELONGING = frozenset({Role.MEMBER, Role.FACILITATOR, Role.REVIEWER, Role.RESPONSIBLE})


@bp.get("/")
@site_gate(Act.SITE_VIEW)
def front() -> Answer:
    """Ask what is happening, and show the labs."""
    person, now = g.actor.person_id, utcnow()
    rows = lab_list.lines(lab_list.lively(), today=_today(), person_id=person)
    return render_template(
        "home/front.html",
        rows=rows,
        voting=next((row for row in rows if row.vote and not row.vote.has_voted), None),
        mine=labs.labs_of_person(person) if person is not None else [],
        taken=moderation.of_person(person) if person is not None else [],
        dismissed=dismissals.to_tell(person) if person is not None else [],
        joined=joins.labs_that_joined(person, now) if person is not None else [],
    )


@bp.get("/labs/")
@site_gate(Act.SITE_VIEW)
def index() -> Answer:
    """List the labs, or with ``?tell=1`` those where a problem can be told."""
    telling = "tell" in request.args
    page = lab_list.approved_labs(before=query_number("after"), stages=OPEN if telling else ALL)
    return render_template(
        "home/labs.html",
        rows=lab_list.lines(page.rows, today=_today()),
        telling=telling,
        next_url=f"?tell=1&after={page.next}" if telling and page.next else page.next_url,
        drafts=may(g.actor, Act.LAB_DRAFT),
    )


@bp.get("/labs/<slug>/")
@gate(Act.LAB_VIEW)
def lab(lab: Lab) -> Answer:
    """Show one lab: where it stands, what to do now, what is late, what happened."""
    today = _today()
    row = lab_list.lines([lab], today=today, person_id=g.actor.person_id)[0]
    quiet = (today - local_day(lab.stirred_at)).days
    named = stages.named_debts(lab.id)
    closed = [row for row in named if row[0].closed_at is not None]
    here = [row for row in closed if row[0].closed_at == lab.stage_since]
    owed = debt_texts(lab, here, today)
    lates = _lates(
        lab,
        today,
        works=bool(may(g.actor, Act.LAB_WORK, lab.stage)),
        listed={debt.thing_id for debt, _thing in here},
    )
    silent = lab.stage in OPEN and quiet >= current_app.config["QUIET_DAYS"]
    return render_template(
        "home/lab.html",
        lab=lab,
        row=row,
        act=next_act(g.acting, row.vote),
        tells=may(g.actor, Act.PROBLEM_TELL, lab.stage),
        asks=may(g.actor, Act.MEMBER_ASK, lab.stage) and not _BELONGING & g.actor.roles,
        joins=g.actor.person_id is None and lab.stage in OPEN,
        kinds=_LISTED,
        counts=lab_page.counts(lab.id),
        is_late=bool(lates) or any(not debt["is_paid"] for debt in owed),
        lates=lates,
        coming=sessions.coming(lab.id, since=utcnow() - timedelta(days=1)),
        owed=owed,
        earlier_closes=len(closed) > len(here),
        asks_to_close=len(named) > len(closed),
        quiet=quiet if silent else None,
        committees=lab_page.committees(lab.id),
        allies=labs.allies(lab.id),
        earlier=lab_page.earlier(lab),
        followers=lab_page.followers(lab.id),
        latest=lab_page.latest(lab.id),
        members=labs.count_holding(lab.id, Role.MEMBER),
        panel=_panel(lab) if may(g.actor, Act.LAB_WORK, lab.stage) else None,
        admits=may(g.actor, Act.MEMBER_ADMIT, lab.stage),
        edits=may(g.actor, Act.LAB_EDIT, lab.stage),
    )


@bp.get("/country/")
@site_gate(Act.SITE_VIEW)
def country() -> Answer:
    """Show the country as dots, and its numbers."""
    today = _today()
    counts = country_queries.lab_counts()
    known, maybe = country_queries.place_codes(examples=counts.examples)
    page = lab_list.approved_labs(before=query_number("after"))
    dots = dotmap.locate(territory.dots())
    return render_template(
        "home/country.html",
        dots=dotmap.draw_dots(dots, known=known, maybe=maybe),
        without_dot=dotmap.without_dot(dots, known | maybe),
        size=(dotmap.WIDTH, dotmap.HEIGHT),
        counts=counts,
        numbers=followup.numbers(today, examples=counts.examples),
        watched=audits.numbers(examples=counts.examples),
        rows=lab_list.lines(page.rows, today=today),
        next_url=page.next_url,
    )


@bp.get("/plans/<slug>/")
@site_gate(Act.PLAN_VIEW)
def plan(slug: str) -> Answer:
    """Show what a plan promised and how far it is."""
    plan_row = plans.by_slug(slug) or abort(404)
    return render_template(
        "home/plan.html",
        plan=plan_row,
        measured=country_queries.measures(plan_row),
        meetings=country_queries.plan_meetings(plan_row.id),
        rows=lab_list.lines(country_queries.plan_labs(plan_row.id), today=_today()),
        edits=may(g.actor, Act.PLAN_EDIT),
    )


def _today() -> date:
    return local_day(utcnow())


def _lates(lab: Lab, today: date, *, works: bool, listed: set[int | None]) -> list[dict[str, str]]:
    """Return what is late in words: what, on which thing, who owes it, since when.

    What is listed as owed at the close is said there.
    """
    return [
        {
            "text": _(late.what.late),
            "url": _address(lab, late, works=works),
            "detail": "{}{} · {}".format(
                f"{late.thing.title} · " if late.thing else "",
                _(late.owed_by),
                days_late((today - late.due_on).days),
            ),
        }
        for late in lab_page.late(lab.id, today=today)
        if late.thing is None or late.thing.id not in listed
    ]


def _panel(lab: Lab) -> Panel:
    """Return what a facilitator must see first."""
    ways = steps_ahead(lab.stage, facts.gather(lab))
    ahead = next((way for way in ways if way.step.way is Way.FORWARD), None)
    return Panel(
        ahead=ahead,
        asking=len(labs.waiting(lab.id)),
        to_review=review_queue.count(lab.id),
    )


def _address(lab: Lab, late: lab_page.Late, *, works: bool) -> str:
    """Return where it is seen to; what the public may not see is among what waits."""
    thing = late.thing
    if thing is None or (works and late.what is DutyKind.MODERATION):
        return url_for("received.index", slug=lab.slug) if works else ""
    return urls.page(thing.kind, thing.number, lab=lab.slug)
