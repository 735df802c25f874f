"""The plans, and the targets that ANTAI writes; their measure is shown where labs are known."""

from flask import Blueprint, abort, g, render_template, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer, site_gate
from labapp.domain.policy import Act
from labapp.plans import queries, service
from labapp.plans.forms import PlanForm, TargetForm
from labapp.plans.models import Measure, Plan
from labapp.web import edge
from labapp.web.form import form_page
from labapp.web.url_numbers import query_number

bp = Blueprint("plans", __name__, url_prefix="/plans")


@bp.get("/")
@site_gate(Act.PLAN_VIEW)
def index() -> Answer:
    """List the plans, the last first."""
    page = queries.page(before=query_number("after"))
    more = url_for(".index", after=page.next) if page.next else None
    return render_template("plans/index.html", rows=page.rows, more=more)


@bp.route("/new", methods=["GET", "POST"])
@site_gate(Act.PLAN_EDIT)
def new() -> Answer:
    """Add a plan."""
    form = PlanForm()
    if form.validate_on_submit():
        with form.refusals_beside("name"):
            plan = service.add_plan(
                g.acting,
                name=form.name.data,
                starts_on=form.starts_on.given,
                ends_on=form.ends_on.given,
                source=form.source.data,
            )
            return edge.commit(url_for(".targets", slug=plan.slug), _("The plan was saved."))
    return form_page("plans/new.html", form)


@bp.route("/<slug>/targets", methods=["GET", "POST"])
@site_gate(Act.PLAN_EDIT)
def targets(slug: str) -> Answer:
    """List the targets of a plan and add one."""
    plan, form = _plan(slug), TargetForm()
    if form.validate_on_submit():
        with form.refusals_beside("title"):
            service.add_target(
                g.acting,
                plan,
                service.TargetDraft(
                    title=form.title.data,
                    measure=Measure(form.measure.data),
                    goal=form.goal.given,
                    commitment=form.commitment.data,
                ),
            )
            return edge.commit(url_for(".targets", slug=slug), _("The target was saved."))
    return form_page("plans/targets.html", form, plan=plan)


@bp.route("/<slug>/targets/<int:target_id>", methods=["GET", "POST"])
@site_gate(Act.PLAN_EDIT)
def target(slug: str, target_id: int) -> Answer:
    """Change a target."""
    plan = _plan(slug)
    row = queries.target(plan.id, target_id) or abort(404)
    form = TargetForm(obj=row)
    if form.validate_on_submit():
        with form.refusals_beside("title"):
            service.edit_target(
                g.acting,
                row,
                service.TargetDraft(
                    title=form.title.data,
                    measure=Measure(form.measure.data),
                    goal=form.goal.given,
                    commitment=form.commitment.data,
                ),
            )
            return edge.commit(url_for(".targets", slug=slug), _("The target was saved."))
    return form_page("plans/target.html", form, plan=plan)


def _plan(slug: str) -> Plan:
    return queries.by_slug(slug) or abort(404)
