"""Pages of the stages: what is missing for the next one, and the moves."""

from flask import abort, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act, may
from labapp.domain.stage import LabKind, Stage
from labapp.domain.steps_ahead import steps_ahead
from labapp.domain.workflow import Way
from labapp.labs import queries as labs
from labapp.labs import urls
from labapp.labs.models import Lab
from labapp.labs.views.gate import gate
from labapp.stages import facts, queries, service
from labapp.stages.forms import EarlierForm, MoveForm
from labapp.stages.views.blueprint import bp
from labapp.thread import queries as thread
from labapp.web import edge
from labapp.web.form import form_page


@bp.get("/labs/<slug>/stages/")
@gate(Act.LAB_WORK)
def show(lab: Lab) -> Answer:
    """Answer what is missing for the next stage."""
    ways = steps_ahead(lab.stage, facts.gather(lab))
    return render_template(
        "stages/show.html",
        lab=lab,
        ahead=[way for way in ways if way.step.way is Way.FORWARD],
        others={way.step.way.value for way in ways if way.step.way is not Way.FORWARD},
        moves=may(g.actor, Act.LAB_MOVE, lab.stage),
        stops=may(g.actor, Act.LAB_STOP, lab.stage),
        request=queries.waiting_request(lab.id),
        reopens=may(g.actor, Act.LAB_REOPEN, lab.stage),
    )


@bp.post("/labs/<slug>/stages/forward")
@gate(Act.LAB_MOVE)
def forward(lab: Lab) -> Answer:
    """Pass to a stage ahead, when nothing is missing."""
    target = _stage(request.form.get("target", ""))
    service.move(g.acting, target=target)
    message = _("The lab is in another stage now: %(stage)s.", stage=_(target.label))
    return edge.commit(urls.page(lab.slug), message)


@bp.route("/labs/<slug>/stages/back", methods=["GET", "POST"])
@gate(Act.LAB_MOVE)
def back(lab: Lab) -> Answer:
    """Go back one stage, with a reason."""
    return _with_reason(lab, Way.BACK, _("Why does the lab go back?"))


@bp.route("/labs/<slug>/stages/stop", methods=["GET", "POST"])
@gate(Act.LAB_STOP)
def stop(lab: Lab) -> Answer:
    """Suspend or cancel, with a reason."""
    return _with_reason(lab, Way.ASIDE, _("Why does the lab stop?"))


@bp.route("/labs/<slug>/stages/reopen", methods=["GET", "POST"])
@gate(Act.LAB_REOPEN)
def reopen(lab: Lab) -> Answer:
    """Open again a lab that was closed, suspended or cancelled, with a reason."""
    return _with_reason(lab, Way.RETURN, _("Why does the lab open again?"))


@bp.route("/labs/<slug>/earlier", methods=["GET", "POST"])
@gate(Act.LAB_EDIT)
def earlier(lab: Lab) -> Answer:
    """Name the lab that this one follows up, and which of its problems."""
    form = EarlierForm(data={"earlier": lab.earlier_lab_id})
    rows = labs.labs_called(form.search.data, beside=lab)
    form.earlier.options = {str(row.id): f"{row.name} ({row.slug})" for row in rows}
    finding = "find" in request.form
    if finding or lab.kind is not LabKind.FOLLOW_UP or not form.validate_on_submit():
        return form_page("stages/earlier.html", form, searching=finding, lab=lab)
    chosen = next(row for row in rows if str(row.id) == form.earlier.data)
    problem = (
        thread.in_lab(chosen.id, Kind.PROBLEM, form.problem.data) if form.problem.data else None
    )
    if form.problem.data and problem is None:
        form.problem.errors = [_("That lab has no published problem with this number.")]
        return form_page("stages/earlier.html", form, lab=lab)
    service.name_earlier(g.acting, earlier=chosen, problem=problem)
    return edge.commit(url_for(".show", slug=lab.slug), _("The earlier lab is named."))


def _with_reason(lab: Lab, way: Way, question: str) -> Answer:
    """Ask where to and why, then move."""
    form = MoveForm()
    ways = [ahead for ahead in steps_ahead(lab.stage, facts.gather(lab)) if ahead.step.way is way]
    form.offer([ahead.step.target for ahead in ways])
    if not form.validate_on_submit():
        return form_page("stages/reason.html", form, lab=lab, ways=ways, question=question)
    target = _stage(form.target.data)
    service.move(g.acting, target=target, reason=form.reason.data)
    message = _("The lab is in another stage now: %(stage)s.", stage=_(target.label))
    return edge.commit(urls.page(lab.slug), message)


def _stage(word: str) -> Stage:
    """Return the stage a form names."""
    if word not in {stage.value for stage in Stage}:
        abort(404)
    return Stage(word)
