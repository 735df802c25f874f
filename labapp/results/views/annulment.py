"""Annul a vote: its facilitator alone before it opened, ANTAI with them after."""

from flask import abort, current_app, g
from flask_babel import gettext as _

from labapp.db import utcnow
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.results import tasks
from labapp.results.forms import AnnulForm, AnnulmentAnswerForm
from labapp.results.queries import annulments
from labapp.results.service import annulment
from labapp.results.tasks import shuffle
from labapp.results.views.blueprint import bp
from labapp.thread import urls
from labapp.voting import queries
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/<slug>/votes/<int:number>/annul", methods=["GET", "POST"])
@gate(Act.ANNULMENT_ASK)
def annul(lab: Lab, number: int) -> Answer:
    """Annul a vote that has not opened; ask ANTAI to annul one that was."""
    vote, form = queries.by_number(lab.id, number) or abort(404), AnnulForm()
    days = current_app.config["ANNULMENT_DAYS"]
    if not form.validate_on_submit():
        return form_page("results/annul.html", form, lab=lab, vote=vote, days=days)
    there = urls.page(Kind.VOTE, number, lab=lab.slug)
    if vote.opened_at is None:
        annulment.annul(g.acting, vote, reason=form.reason.data)
        return edge.commit(there, said=_("The vote is annulled."))
    annulment.ask(g.acting, vote, reason=form.reason.data, days=days)
    return edge.commit(there, said=_("ANTAI has it now. Until it answers the vote goes on."))


@bp.route("/labs/<slug>/votes/<int:number>/annul/answer", methods=["GET", "POST"])
@gate(Act.ANNULMENT_ANSWER)
def answer_annulment(lab: Lab, number: int) -> Answer:
    """Answer, as ANTAI, whether a vote that was opened is annulled."""
    vote, now = queries.by_number(lab.id, number) or abort(404), utcnow()
    form, row = AnnulmentAnswerForm(), annulments.waiting(vote.id)
    if row is None and not form.is_submitted():
        abort(404)
    if not form.validate_on_submit():
        return form_page("results/annulment.html", form, lab=lab, vote=vote, asked=row)
    there, vote_id = urls.page(Kind.VOTE, number, lab=lab.slug), vote.id
    agreed = form.agreed.data == "yes"
    annulment.answer(g.acting, vote, agreed=agreed, words=form.words.data)
    said = _("The vote is annulled.") if agreed else _("The vote goes on.")
    answered = edge.commit(there, said=said)
    if agreed:
        tasks.finish(vote_id, now)
        shuffle.wipe_ended(now)
    return answered
