"""Where what members proposed is decided on before the public reads it."""

from flask import g, url_for
from flask_babel import gettext as _

from labapp.domain.policy import Act
from labapp.domain.removal_code import RemovalCode
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.problems.forms import RejectionForm, SendBackForm
from labapp.proposals.models import Proposal
from labapp.proposals.service import review
from labapp.proposals.views.public import bp, proposal_or_404
from labapp.web import edge
from labapp.web.form import Form, form_page

_ROOT = "/labs/<slug>/proposals/<int:number>/"


@bp.post(f"{_ROOT}publish")
@gate(Act.PROPOSAL_PUBLISH)
def publish(lab: Lab, number: int) -> Answer:
    """Publish a proposal that waits."""
    review.publish(g.acting, proposal=proposal_or_404(lab, number))
    return _done(lab, _("The proposal was published."))


@bp.route(f"{_ROOT}return", methods=["GET", "POST"])
@gate(Act.PROPOSAL_RETURN)
def give_back(lab: Lab, number: int) -> Answer:
    """Return it, once, with words for its author."""
    proposal, form = proposal_or_404(lab, number), SendBackForm()
    if not form.validate_on_submit():
        return _decide(lab, proposal, form, _("Return to be corrected"))
    review.give_back(g.acting, proposal=proposal, words=form.words.data)
    return _done(lab, _("It was returned."))


@bp.route(f"{_ROOT}reject", methods=["GET", "POST"])
@gate(Act.PROPOSAL_REJECT)
def reject(lab: Lab, number: int) -> Answer:
    """Do not publish it: a code for everybody, words for its author."""
    proposal, form = proposal_or_404(lab, number), RejectionForm()
    if not form.validate_on_submit():
        return _decide(lab, proposal, form, _("Do not publish"))
    review.reject(
        g.acting, proposal=proposal, code=RemovalCode(form.code.data), words=form.words.data
    )
    return _done(lab, _("It was not published."))


@bp.post(f"{_ROOT}new-version/publish")
@gate(Act.VERSION_PUBLISH)
def publish_version(lab: Lab, number: int) -> Answer:
    """Publish the new version that waits."""
    review.publish_version(g.acting, proposal=proposal_or_404(lab, number))
    return _done(lab, _("The new version was published."))


@bp.route(f"{_ROOT}new-version/reject", methods=["GET", "POST"])
@gate(Act.VERSION_DECLINE)
def reject_version(lab: Lab, number: int) -> Answer:
    """Do not publish the new version that waits."""
    proposal, form = proposal_or_404(lab, number), RejectionForm()
    if not form.validate_on_submit():
        return _decide(lab, proposal, form, _("Do not publish the new version"))
    review.decline_version(
        g.acting, proposal=proposal, code=RemovalCode(form.code.data), words=form.words.data
    )
    return _done(lab, _("The new version was not published."))


def _decide(lab: Lab, proposal: Proposal, form: Form, title: str) -> Answer:
    return form_page("proposals/decide.html", form, lab=lab, proposal=proposal, title=title)


def _done(lab: Lab, said: str) -> Answer:
    return edge.commit(to=url_for("received.index", slug=lab.slug), said=said)
