"""The queue of what was sent to a lab, and where a problem in it is decided on."""

from datetime import date

from flask import Blueprint, abort, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer
from labapp.db import utcnow
from labapp.domain.clocks import days_late
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, may
from labapp.domain.removal_code import RemovalCode
from labapp.files import queries as files
from labapp.files.service import erase
from labapp.files.views import folder, send
from labapp.labs.models import Lab
from labapp.labs.views.gate import gate
from labapp.problems import queries, service
from labapp.problems.forms import MergeForm, PhotoRejectionForm, RejectionForm, SendBackForm
from labapp.problems.models import Problem, ProblemState, ProblemVersion
from labapp.problems.service import amendments, photos
from labapp.thread.queries import review_queue
from labapp.web import edge, url_numbers
from labapp.web.form import Form, form_page

bp = Blueprint("received", __name__)
_ROOT = "/labs/<slug>/problems/received/"


@bp.get(_ROOT)
@gate(Act.MODERATION_VIEW)
def index(lab: Lab) -> Answer:
    """List what waits for a decision: problems, their corrections, proposals, new versions."""
    page = review_queue.waiting(lab.id, _cursor(request.args.get("after", "")))
    today = local_day(utcnow())
    return render_template(
        "problems/received.html",
        lab=lab,
        rows=page.rows,
        more=page.next,
        late={row.thing.id: days_late(row.due_on, today) for row in page.rows},
    )


@bp.get(f"{_ROOT}<int:problem_id>/")
@gate(Act.MODERATION_VIEW)
def show(lab: Lab, problem_id: int) -> Answer:
    """Show one problem, or its correction, to whoever reviews it."""
    problem = _problem_or_404(lab, problem_id)
    due, today = review_queue.due_on(problem.id), local_day(utcnow())
    in_turn = review_queue.is_turn_of(g.actor, due, today)
    correction = _correction(problem)
    is_sent = problem.state is ProblemState.SENT
    return render_template(
        "problems/review.html",
        lab=lab,
        problem=problem,
        correction=correction,
        photos=files.of_thing(problem.id),
        alike=queries.similar(lab.id, problem.what, but=problem.id),
        may_decide=is_sent and in_turn and may(g.actor, Act.PROBLEM_PUBLISH, lab.stage),
        may_merge=is_sent and may(g.actor, Act.PROBLEM_MERGE, lab.stage),
        may_take_photos=is_sent and may(g.actor, Act.PHOTO_REJECT, lab.stage),
        may_amend=correction is not None
        and in_turn
        and may(g.actor, Act.AMENDMENT_PUBLISH, lab.stage),
        waits_for_term=due if due is not None and not in_turn else None,
    )


@bp.get(f"{_ROOT}<int:problem_id>/photos/<int:file_id>")
@gate(Act.MODERATION_VIEW)
def photo(lab: Lab, problem_id: int, file_id: int) -> Answer:
    """Send a photo to whoever reviews the problem."""
    stored = files.on(_problem_or_404(lab, problem_id).id, file_id)
    return send(stored) if stored else abort(404)


@bp.route(f"{_ROOT}<int:problem_id>/photos/<int:file_id>/remove", methods=["GET", "POST"])
@gate(Act.PHOTO_REJECT)
def remove_photo(lab: Lab, problem_id: int, file_id: int) -> Answer:
    """Take a photo away before the problem is published."""
    problem, form = _problem_or_404(lab, problem_id), PhotoRejectionForm()
    stored = files.on(problem.id, file_id) or abort(404)
    if not form.validate_on_submit():
        return _decide(lab, problem, form, _("Take this photo away"))
    photos.reject(g.acting, problem=problem, photo=stored, code=RemovalCode(form.code.data))
    answer = edge.commit(to=_page(lab, problem), said=_("The photo was taken away."))
    erase(stored, folder())
    return answer


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
    """Return it, once, with words for who told it."""
    problem, form = _problem_or_404(lab, problem_id), SendBackForm()
    if not form.validate_on_submit():
        return _decide(lab, problem, form, _("Return to be corrected"))
    service.give_back(g.acting, problem=problem, words=form.words.data)
    return edge.commit(to=url_for(".index", slug=lab.slug), said=_("It was returned."))


@bp.route(f"{_ROOT}<int:problem_id>/reject", methods=["GET", "POST"])
@gate(Act.PROBLEM_REJECT)
def reject(lab: Lab, problem_id: int) -> Answer:
    """Do not publish it: a code for everybody, words for who told it."""
    problem, form = _problem_or_404(lab, problem_id), RejectionForm()
    if not form.validate_on_submit():
        return _decide(lab, problem, form, _("Do not publish"))
    service.reject(
        g.acting, problem=problem, code=RemovalCode(form.code.data), words=form.words.data
    )
    return edge.commit(to=url_for(".index", slug=lab.slug), said=_("It was not published."))


@bp.post(f"{_ROOT}<int:problem_id>/correction/publish")
@gate(Act.AMENDMENT_PUBLISH)
def publish_correction(lab: Lab, problem_id: int) -> Answer:
    """Publish the correction that waits."""
    amendments.publish(g.acting, problem=_problem_or_404(lab, problem_id))
    said = _("The correction was published.")
    return edge.commit(to=url_for(".index", slug=lab.slug), said=said)


@bp.route(f"{_ROOT}<int:problem_id>/correction/reject", methods=["GET", "POST"])
@gate(Act.AMENDMENT_DECLINE)
def reject_correction(lab: Lab, problem_id: int) -> Answer:
    """Do not publish the correction that waits: a code for everybody, words for who sent it."""
    problem, form = _problem_or_404(lab, problem_id), RejectionForm()
    if not form.validate_on_submit():
        return _decide(lab, problem, form, _("Do not publish the correction"))
    amendments.decline(
        g.acting, problem=problem, code=RemovalCode(form.code.data), words=form.words.data
    )
    said = _("The correction was not published.")
    return edge.commit(to=url_for(".index", slug=lab.slug), said=said)


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


def _decide(lab: Lab, problem: Problem, form: Form, title: str) -> Answer:
    return form_page(
        "problems/decide.html",
        form,
        lab=lab,
        problem=problem,
        title=title,
        alike=queries.similar(lab.id, problem.what, but=problem.id),
    )


def _correction(problem: Problem) -> ProblemVersion | None:
    version = queries.pending(problem.id) if problem.thing.has_place else None
    return version if version is not None and version.declined_at is None else None


def _page(lab: Lab, problem: Problem) -> str:
    return url_for(".show", slug=lab.slug, problem_id=problem.id)


def _problem_or_404(lab: Lab, problem_id: int) -> Problem:
    return queries.by_id(lab.id, problem_id) or abort(404)


def _cursor(said: str) -> tuple[date, int] | None:
    """Read ``2026-03-05.12``: the day and the thing after which the page begins."""
    day, _dot, number = said.partition(".")
    if not (number.isascii() and number.isdigit()):
        return None
    try:
        return date.fromisoformat(day), min(int(number[:12]), url_numbers.LARGEST)
    except ValueError:
        return None
