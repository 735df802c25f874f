"""Draft a lab, say where it is, have it approved, record the authority, give the verdict."""

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer, site_gate
from labapp.domain.interests import Interest
from labapp.domain.policy import Act, may
from labapp.domain.roles import Role
from labapp.domain.stage import LabKind, Verdict
from labapp.labs import queries, service, urls
from labapp.labs.forms import AuthorityForm, DraftForm, LabForm, VerdictForm, WhereForm
from labapp.labs.models import Lab
from labapp.labs.queries import interests
from labapp.labs.service import Where
from labapp.labs.views.blueprint import bp
from labapp.labs.views.gate import gate
from labapp.territory import forms
from labapp.territory import queries as territory
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/new", methods=["GET", "POST"])
@site_gate(Act.LAB_DRAFT)
def new() -> Answer:
    """Draft a lab: its name and where it is are enough."""
    form = DraftForm()
    form.places.options = forms.options(form.places.data)
    if not forms.is_searching() and form.validate_on_submit():
        with form.refusals_beside("interests"):
            lab = service.draft(
                g.acting,
                name=form.name.data,
                where=_where(form),
                kind=LabKind(form.kind.data),
                has=form.has() or frozenset[Interest](),
            )
            to = urls.page(lab.slug) + "stages/"
            return edge.commit(to, _("The lab is drafted. ANTAI reviews it now."))
    return form_page("labs/new.html", form, searching=forms.is_searching(), q=forms.query())


@bp.route("/labs/<slug>/edit", methods=["GET", "POST"])
@gate(Act.LAB_EDIT)
def edit(lab: Lab) -> Answer:
    """Change how a lab is called, how it begins, and its plan."""
    form = LabForm(
        data={
            "name": lab.name,
            "motto": lab.motto,
            "kind": lab.kind.value,
            "plan": lab.plan_id,
            "proposals_at_once": lab.proposals_at_once,
        }
    )
    form.plan.options = [(str(plan.id), plan.name) for plan in queries.plans()]
    if not form.validate_on_submit():
        return form_page("labs/edit.html", form, lab=lab)
    plan_id = int(form.plan.data) if form.plan.data else None
    service.choose_kind(g.acting, kind=LabKind(form.kind.data))
    service.edit(g.acting, name=form.name.data, motto=form.motto.data, plan_id=plan_id)
    service.publish_at_once(g.acting, at_once=form.proposals_at_once.data)
    to = "earlier" if lab.kind is LabKind.FOLLOW_UP and lab.earlier_lab_id is None else ""
    return edge.commit(urls.page(lab.slug) + to, _("Saved."))


@bp.route("/labs/<slug>/place", methods=["GET", "POST"])
@gate(Act.LAB_EDIT)
def place(lab: Lab) -> Answer:
    """Say where the lab is, or may be."""
    standing = sorted(queries.places(lab))
    form = WhereForm(
        data={
            "community": lab.community,
            "places": standing,
            "unconfirmed": bool(standing) and lab.place_code is None,
        }
    )
    form.places.options = forms.options(form.places.data)
    if forms.is_searching() or not form.validate_on_submit():
        return form_page(
            "labs/place.html", form, searching=forms.is_searching(), lab=lab, q=forms.query()
        )
    service.relocate(g.acting, where=_where(form))
    return edge.commit(urls.page(lab.slug), _("The place is saved."))


@bp.get("/labs/<slug>/approval")
@gate(Act.LAB_WORK)
def approval(lab: Lab) -> Answer:
    """Show what ANTAI looks at before it approves a lab."""
    facilitators = queries.people(lab.id, Role.FACILITATOR)
    return render_template(
        "labs/approval.html",
        lab=lab,
        places=list(territory.chains(sorted(queries.places(lab))).values()),
        facilitators=facilitators,
        declared=interests.latest_of(lab.id, [row.person_id for row in facilitators]),
        authority=queries.authority_record(lab.id),
        allowed=may(g.actor, Act.LAB_APPROVE, lab.stage),
    )


@bp.post("/labs/<slug>/approve")
@gate(Act.LAB_APPROVE)
def approve(lab: Lab) -> Answer:
    """Approve the lab."""
    service.approve(g.acting)
    return edge.commit(
        url_for(".approval", slug=lab.slug), _("The lab is approved. Everybody sees it now.")
    )


@bp.route("/labs/<slug>/authority", methods=["GET", "POST"])
@gate(Act.AUTHORITY_RECORD)
def authority(lab: Lab) -> Answer:
    """Record, or show, the traditional authority's agreement."""
    form, recorded = AuthorityForm(), queries.authority_record(lab.id)
    if recorded is not None and request.method == "GET":
        return render_template("labs/authority.html", lab=lab, form=None, recorded=recorded)
    if not form.validate_on_submit():
        return form_page("labs/authority.html", form, lab=lab, recorded=recorded)
    service.record_authority(
        g.acting, authority=form.authority.data, agreed_on=form.agreed_on.given, how=form.how.data
    )
    return edge.commit(url_for(".authority", slug=lab.slug), _("The agreement is recorded."))


@bp.route("/labs/<slug>/verdict", methods=["GET", "POST"])
@gate(Act.VERDICT_GIVE)
def verdict(lab: Lab) -> Answer:
    """Say what became of the earlier lab's problem."""
    if lab.kind is not LabKind.FOLLOW_UP or lab.verdict is not None:
        return redirect(urls.page(lab.slug))
    form = VerdictForm()
    if not form.validate_on_submit():
        return form_page("labs/verdict.html", form, lab=lab)
    service.give_verdict(g.acting, verdict=Verdict(form.verdict.data), reason=form.reason.data)
    return edge.commit(urls.page(lab.slug), _("The verdict is published."))


def _where(form: WhereForm) -> Where:
    codes = tuple(form.places.data)
    return Where(
        codes=codes,
        confirmed=len(codes) == 1 and not form.unconfirmed.data,
        community=form.community.data,
    )
