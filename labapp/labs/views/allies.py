"""The organizations that stand beside a lab."""

from flask import g, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer
from labapp.domain.policy import Act
from labapp.labs import queries
from labapp.labs.forms import AllyForm
from labapp.labs.models import Lab
from labapp.labs.service import members
from labapp.labs.views.blueprint import bp
from labapp.labs.views.gate import gate
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/<slug>/allies", methods=["GET", "POST"])
@gate(Act.LAB_EDIT)
def allies(lab: Lab) -> Answer:
    """Show the allies, and add one."""
    form = AllyForm()
    form.organization.options = [(str(row.id), row.name) for row in queries.organizations()]
    if not form.validate_on_submit():
        return form_page("labs/allies.html", form, lab=lab, allies=queries.allies(lab.id))
    members.add_ally(g.acting, organization_id=int(form.organization.data), part=form.part.data)
    return edge.commit(url_for(".allies", slug=lab.slug), _("The ally is added."))


@bp.post("/labs/<slug>/allies/<int:number>/drop")
@gate(Act.LAB_EDIT)
def drop(lab: Lab, number: int) -> Answer:
    """Take an ally from the list."""
    members.drop_ally(g.acting, organization_id=number)
    return edge.commit(url_for(".allies", slug=lab.slug), _("The ally is no longer on the list."))
