"""Where a facilitator reviews what was told: the longest overdue first."""

from datetime import date

from flask import Blueprint, abort, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer
from labapp.db import utcnow
from labapp.domain.clocks import days_late
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, may
from labapp.files import queries as files
from labapp.files.views import send
from labapp.labs.models import Lab
from labapp.labs.views.gate import gate
from labapp.problems import queries, service
from labapp.problems.forms import DecisionForm, MergeForm
from labapp.problems.models import Problem, ProblemState
from labapp.web import edge, url_numbers
from labapp.web.form import form_page
from labapp.web.readers import Reader

bp = Blueprint("received", __name__)
_ROOT = "/labs/<slug>/problems/received/"


@bp.get(_ROOT)
@gate(Act.MODERATION_VIEW)
def index(lab: Lab) -> Answer:
    """List what waits for a decision."""
    page = queries.waiting(lab.id, _cursor(request.args.get("after", "")))
    today = local_day(utcnow())
    return render_template(
        "problems/received.html",
        lab=lab,
        rows=page.rows,
        more=page.next,
        late={row.problem.id: days_late(row.due_on, today) for row in page.rows},
    )


@bp.get(f"{_ROOT}<int:problem_id>/")
@gate(Act.MODERATION_VIEW)
def show(lab: Lab, problem_id: int) -> Answer:
    """Show one problem to whoever reviews it."""
    problem = _problem_or_404(lab, problem_id)
    return render_template(
        "problems/review.html",
        lab=lab,
        problem=problem,
        photos=files.of_thing(problem.id),
        alike=queries.similar(lab.id, problem.what, but=problem.id),
        may_decide=problem.state is ProblemState.SENT
        and may(g.actor, Act.PROBLEM_PUBLISH, lab.stage),
    )


@bp.get(f"{_ROOT}<int:problem_id>/photos/<int:file_id>")
@gate(Act.MODERATION_VIEW)
def photo(lab: Lab, problem_id: int, file_id: int) -> Answer:
    """Send a photo of a problem to whoever reviews it."""
    stored = files.on(_problem_or_404(lab, problem_id).id, file_id)
    return send(stored) if stored else abort(404)


@bp.post(f"{_ROOT}<int:problem_id>/publish")
@gate(Act.PROBLEM_PUBLISH)
def publish(lab: Lab, problem_id: int) -> Answer:
    """Publish it under the next number."""
    number = service.publish(g.acting, problem=_problem_or_404(lab, problem_id))
    message = _("Published: problem %(number)s of %(lab)s.", number=number, lab=lab.name)
    return edge.commit(to=url_for(".index", slug=lab.slug), said=message)


@bp.route(f"{_ROOT}<int:problem_id>/return", methods=["GET", "POST"])
@gate(Act.PROBLEM_RETURN)
def give_back(lab: Lab, problem_id: int) -> Answer:
    """Return it with a reason."""
    problem, form = _problem_or_404(lab, problem_id), DecisionForm()
    if not form.validate_on_submit():
        return _decide(lab, problem, form, _("Return with a reason"))
    service.give_back(g.acting, problem=problem, reason=form.reason.data)
    return edge.commit(to=url_for(".index", slug=lab.slug), said=_("It was returned."))


@bp.route(f"{_ROOT}<int:problem_id>/reject", methods=["GET", "POST"])
@gate(Act.PROBLEM_REJECT)
def reject(lab: Lab, problem_id: int) -> Answer:
    """Do not publish it, with a reason."""
    problem, form = _problem_or_404(lab, problem_id), DecisionForm()
    form.reader = Reader.EVERYBODY
    if not form.validate_on_submit():
        return _decide(lab, problem, form, _("Do not publish"))
    service.reject(g.acting, problem=problem, reason=form.reason.data)
    return edge.commit(to=url_for(".index", slug=lab.slug), said=_("It was not published."))


@bp.route(f"{_ROOT}<int:problem_id>/merge", methods=["GET", "POST"])
@gate(Act.PROBLEM_MERGE)
def merge(lab: Lab, problem_id: int) -> Answer:
    """Publish it, or leave it published, joined with another like it."""
    problem, form = _problem_or_404(lab, problem_id), MergeForm()
    into = queries.by_number(lab.id, form.number.given) if form.validate_on_submit() else None
    if into is None:
        form.refuse_unknown()
        return _decide(lab, problem, form, _("Join with another like it"))
    service.merge(g.acting, problem=problem, into=into, reason=form.reason.data)
    to = url_for("problems.show", slug=lab.slug, number=problem.thing.number)
    return edge.commit(to=to, said=_("The two were joined."))


def _decide(lab: Lab, problem: Problem, form: DecisionForm | MergeForm, title: str) -> Answer:
    return form_page(
        "problems/decide.html",
        form,
        lab=lab,
        problem=problem,
        title=title,
        alike=queries.similar(lab.id, problem.what, but=problem.id),
    )


def _problem_or_404(lab: Lab, problem_id: int) -> Problem:
    return queries.by_id(lab.id, problem_id) or abort(404)


def _cursor(said: str) -> tuple[date, int] | None:
    """Read ``2026-03-05.12``: the day and the problem after which the page begins."""
    day, _dot, number = said.partition(".")
    if not (number.isascii() and number.isdigit()):
        return None
    try:
        return date.fromisoformat(day), min(int(number[:12]), url_numbers.LARGEST)
    except ValueError:
        return None
