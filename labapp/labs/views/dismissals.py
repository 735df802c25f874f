"""Take somebody off the list, or end a part, with a reason; the appeal to ANTAI."""

from flask import abort, current_app, g, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer
from labapp.domain.policy import Act
from labapp.domain.roles import Role
from labapp.labs import queries, urls
from labapp.labs.forms.people import DismissalAppealForm, DismissalRulingForm, EndForm
from labapp.labs.models import Lab
from labapp.labs.models.dismissal import Dismissal
from labapp.labs.queries import dismissals as dismissal_queries
from labapp.labs.service import dismissals, members
from labapp.labs.views.blueprint import bp
from labapp.labs.views.gate import gate
from labapp.labs.views.question_page import question_page
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/<slug>/people/grants/<int:number>/end", methods=["GET", "POST"])
@gate(Act.ROLE_GIVE)
def end(lab: Lab, number: int) -> Answer:
    """End a part in the lab, or take a member off the list; say why."""
    grant, form = queries.held_grant(lab.id, number) or abort(404), EndForm()
    name, of_member = grant.person.name, grant.role is Role.MEMBER
    if form.validate_on_submit():
        with form.refusals_beside("reason"):
            members.end(g.acting, grant, reason=form.reason.data)
            said = _("The part has ended.")
            if of_member:
                said = _("%(name)s is off the list, and is told why.", name=name)
            return edge.commit(url_for(".people", slug=lab.slug), said)
    lead = _("The person reads your reason and may appeal to ANTAI.") if of_member else ""
    return question_page(
        lab,
        form,
        heading=_("Why is %(name)s taken off the list?", name=name)
        if of_member
        else _("Why does the part of %(name)s end?", name=name),
        submit=_("Take off the list") if of_member else _("End this part"),
        back=url_for(".people", slug=lab.slug),
        lead=lead,
    )


@bp.route("/labs/<slug>/people/dismissals/<int:number>/appeal", methods=["GET", "POST"])
@gate(Act.DISMISSAL_APPEAL)
def appeal_dismissal(lab: Lab, number: int) -> Answer:
    """Appeal to ANTAI against being taken off the list."""
    row, form = _dismissal_or_404(lab, number), DismissalAppealForm()
    if not dismissal_queries.may_appeal(g.actor, row):
        abort(404)
    if form.validate_on_submit():
        with form.refusals_beside("words"):
            days = current_app.config["APPEAL_DAYS"]
            dismissals.appeal(g.acting, row, words=form.words.data, days=days)
            to = url_for(".join", slug=lab.slug)
            return edge.commit(to, _("ANTAI has your appeal."))
    return form_page("labs/dismissal_appeal.html", form, lab=lab, dismissal=row)


@bp.route("/labs/<slug>/people/dismissals/<int:number>/rule", methods=["GET", "POST"])
@gate(Act.DISMISSAL_RULE)
def rule_dismissal(lab: Lab, number: int) -> Answer:
    """Hear, as ANTAI, the appeal of somebody taken off the list."""
    row, form = _dismissal_or_404(lab, number), DismissalRulingForm()
    if not row.awaits_ruling and not form.is_submitted():
        abort(404)
    if form.validate_on_submit():
        with form.refusals_beside("words"):
            restored = form.ruling.data == "restored"
            dismissals.rule(g.acting, row, restored=restored, words=form.words.data)
            return edge.commit(urls.page(lab.slug), _("The appeal is heard."))
    return form_page("labs/dismissal_rule.html", form, lab=lab, dismissal=row)


def _dismissal_or_404(lab: Lab, number: int) -> Dismissal:
    return dismissal_queries.dismissal(lab.id, number) or abort(404)
