"""What happened to what I said: the page behind a tracking code."""

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer, site_gate
from labapp.db import utcnow
from labapp.domain.duties import DutyKind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, may
from labapp.files import queries as files
from labapp.files.views import folder, send
from labapp.labs.models import Lab
from labapp.labs.views.gate import enter
from labapp.problems import queries, service
from labapp.problems.forms import CorrectForm, DetailsForm
from labapp.problems.models import Problem, ProblemState
from labapp.thread import queries as thread
from labapp.thread.views.timeline_text import draw_timeline
from labapp.web import edge
from labapp.web.form import ask_again

bp = Blueprint("tracking", __name__)


@bp.get("/c/")
@site_gate(Act.SITE_VIEW)
def ask() -> Answer:
    """Ask for a code, however it is typed, and go where it leads."""
    typed = request.args.get("code", "")[:60]
    row = queries.by_code(typed) if typed.strip() else None
    if row is not None:
        return redirect(url_for(".show", code=row[0].thing.code))
    page = render_template("problems/code.html", typed=typed)
    return page, 404 if typed.strip() else 200


@bp.get("/c/<code>")
@site_gate(Act.SITE_VIEW)
def show(code: str) -> Answer:
    """Show whoever holds the code where their problem stands."""
    problem, lab = _problem_by_code(code)
    return _shown(problem, lab)


@bp.get("/c/<code>/photos/<int:file_id>")
@site_gate(Act.SITE_VIEW)
def photo(code: str, file_id: int) -> Answer:
    """Send a photo to whoever holds the code."""
    stored = files.on(_problem_by_code(code)[0].id, file_id)
    return send(stored) if stored else abort(404)


@bp.post("/c/<code>/details")
@site_gate(Act.SITE_VIEW)
def details(code: str) -> Answer:
    """Add a photo, since when, whom it affects."""
    problem, lab = _problem_by_code(code)
    form = DetailsForm()
    if not form.validate_on_submit():
        return ask_again(_shown(problem, lab, details=form))
    if form.photo.data:
        service.add_photo(g.acting, problem=problem, photo=form.photo.data.read(), folder=folder())
    if form.since.data or form.affects.data:
        service.add_details(
            g.acting, problem=problem, since=form.since.data, affects=form.affects.data
        )
    return edge.commit(to=url_for(".show", code=problem.thing.code), said=_("Added. Thank you."))


@bp.post("/c/<code>/correct")
@site_gate(Act.SITE_VIEW)
def correct(code: str) -> Answer:
    """Send again, corrected, what was returned."""
    problem, lab = _problem_by_code(code)
    form = CorrectForm()
    if not form.validate_on_submit():
        return ask_again(_shown(problem, lab, correct=form))
    service.correct(
        g.acting, problem=problem, told=form.told(), days=current_app.config["MODERATION_DAYS"]
    )
    return edge.commit(to=url_for(".show", code=problem.thing.code), said=_("Sent again."))


def _problem_by_code(code: str) -> tuple[Problem, Lab]:
    row = queries.by_code(code[:60])
    if row is None:
        abort(404)
    return row[0], enter(row[1].slug)


def _shown(
    problem: Problem,
    lab: Lab,
    *,
    details: DetailsForm | None = None,
    correct: CorrectForm | None = None,
) -> str:
    today = local_day(utcnow())
    line = thread.line(problem.thing, lab=lab.slug)
    due = next((duty for duty in line.owed if duty.what == DutyKind.MODERATION), None)
    opened = may(g.actor, Act.PROBLEM_ADD, lab.stage)
    is_sent, is_returned = (
        problem.state is ProblemState.SENT,
        problem.state is ProblemState.RETURNED,
    )
    return render_template(
        "problems/tracking.html",
        lab=lab,
        problem=problem,
        state=problem.state,
        photos=files.of_thing(problem.id),
        due=due,
        is_late=due is not None and due.due_on < today,
        knots=draw_timeline(line, today, lab=lab if problem.thing.is_public else None),
        alike=queries.similar(lab.id, problem.what, but=problem.id) if is_sent else (),
        details_form=(details or DetailsForm(formdata=None)) if opened and is_sent else None,
        correct_form=(correct or _correct_form(problem)) if opened and is_returned else None,
        address=url_for(".show", code=problem.thing.code, _external=True),
    )


def _correct_form(problem: Problem) -> CorrectForm:
    return CorrectForm(
        formdata=None,
        what=problem.what,
        where=problem.place_said,
        since=problem.since,
        affects=problem.affects,
    )
