"""What happened to what I said: the page behind a tracking code."""

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer, site_gate
from labapp.db import utcnow
from labapp.domain.duties import DutyKind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, may
from labapp.files import queries as files
from labapp.files.service import erase
from labapp.files.views import folder, send
from labapp.labs.models import Lab
from labapp.labs.views.gate import enter
from labapp.moderation import queries as moderation
from labapp.moderation.views import notice
from labapp.problems import queries, service
from labapp.problems.forms import CorrectForm, DetailsForm
from labapp.problems.models import Problem, ProblemState
from labapp.problems.service import amendments, photos
from labapp.thread import queries as thread
from labapp.thread.views.timeline_text import draw_timeline
from labapp.web import edge
from labapp.web.form import ask_again, form_page

bp = Blueprint("tracking", __name__)
#: What the public may read, and its teller may correct or withdraw.
_PUBLIC = (ProblemState.PUBLISHED, ProblemState.MERGED)


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
        photos.add(g.acting, problem=problem, photo=form.photo.data.read(), folder=folder())
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


@bp.route("/c/<code>/amend", methods=["GET", "POST"])
@site_gate(Act.SITE_VIEW)
def amend(code: str) -> Answer:
    """Correct what is published: what it says stays until the correction is reviewed."""
    problem, lab = _problem_by_code(code)
    g.acting.require(Act.PROBLEM_AMEND)
    if problem.state not in _PUBLIC:
        return redirect(url_for(".show", code=problem.thing.code))
    days = current_app.config["MODERATION_DAYS"]
    form = _correct_form(problem) if request.method == "GET" else CorrectForm()
    if not form.validate_on_submit():
        return form_page("problems/amend.html", form, lab=lab, problem=problem, days=days)
    amendments.amend(g.acting, problem=problem, told=form.told(), days=days)
    said = _("Your correction was sent. Until it is reviewed, the earlier words stay.")
    return edge.commit(to=url_for(".show", code=problem.thing.code), said=said)


@bp.route("/c/<code>/withdraw", methods=["GET", "POST"])
@site_gate(Act.SITE_VIEW)
def withdraw(code: str) -> Answer:
    """Ask once whether it is to be withdrawn, and withdraw it."""
    problem, lab = _problem_by_code(code)
    if request.method == "GET":
        if problem.state not in _PUBLIC:
            return redirect(url_for(".show", code=problem.thing.code))
        return render_template("problems/withdraw.html", lab=lab, problem=problem)
    words = notice.of_withdrawal(problem.thing, g.acting.now)
    amendments.withdraw(g.acting, problem=problem, notice=words)
    return edge.commit(to=url_for(".show", code=problem.thing.code), said=_("It was withdrawn."))


@bp.post("/c/<code>/photos/<int:file_id>/remove")
@site_gate(Act.SITE_VIEW)
def remove_photo(code: str, file_id: int) -> Answer:
    """Take a photo away."""
    problem, _lab = _problem_by_code(code)
    stored = files.on(problem.id, file_id) or abort(404)
    photos.withdraw(g.acting, problem=problem, photo=stored)
    to = url_for(".show", code=problem.thing.code)
    answer = edge.commit(to=to, said=_("The photo was taken away."))
    erase(stored, folder())
    return answer


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
    due = next(
        (duty for duty in line.owed if duty.what == DutyKind.MODERATION and not duty.ended_on), None
    )
    opened = may(g.actor, Act.PROBLEM_ADD, lab.stage)
    state = problem.state
    is_sent, is_returned = state is ProblemState.SENT, state is ProblemState.RETURNED
    is_public = state in _PUBLIC
    return render_template(
        "problems/tracking.html",
        lab=lab,
        problem=problem,
        state=state,
        is_public=is_public,
        may_amend=is_public and may(g.actor, Act.PROBLEM_AMEND, lab.stage),
        correction=queries.pending(problem.id) if is_public else None,
        photos=files.of_thing(problem.id),
        taken_away=files.files_removed_from(problem.id),
        removals=moderation.of_thing(problem.id),
        most_photos=photos.PHOTOS,
        due=due,
        is_late=due is not None and due.due_on < today,
        knots=draw_timeline(line, today, lab=lab if problem.thing.is_public else None),
        alike=queries.similar(lab.id, problem.what, but=problem.id) if is_sent else (),
        details_form=(details or DetailsForm(formdata=None)) if opened and is_sent else None,
        correct_form=(correct or _correct_form(problem)) if opened and is_returned else None,
        address=url_for(".show", code=problem.thing.code, _external=True),
    )


def _correct_form(problem: Problem) -> CorrectForm:
    """Return the form with the words as they were sent: whoever holds the code wrote them."""
    names = ("what", "place_said", "since", "affects")
    now = {f"problem.{problem.id}.{name}": str(getattr(problem, name)) for name in names}
    what, where, since, affects = moderation.author_words(problem.thing, now).values()
    return CorrectForm(formdata=None, what=what, where=where, since=since, affects=affects)
