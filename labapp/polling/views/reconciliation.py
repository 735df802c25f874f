"""Pages of the show of hands and of the reconciliation."""

from flask import abort, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp import hooks
from labapp.db import utcnow
from labapp.domain.channel import Channel
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.polling import queries as polling_queries
from labapp.polling.forms.paper import hands_form, reconcile_form
from labapp.polling.queries.hands import show_of_hands
from labapp.polling.queries.reconciliation import channel_records
from labapp.polling.service import reconciliation
from labapp.polling.service import show_of_hands as hands_service
from labapp.polling.service.guards import require_offered
from labapp.polling.views.blueprint import bp
from labapp.thread import urls
from labapp.voting import queries
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/<slug>/votes/<int:number>/hall/hands", methods=["GET", "POST"])
@gate(Act.HANDS_NOTE)
def note_hands(lab: Lab, number: int) -> Answer:
    """Ask for the hands that were counted, before two witnesses."""
    vote = queries.by_number(lab.id, number) or abort(404)
    require_offered(vote, Channel.HANDS)
    noted = show_of_hands(vote.id)
    form = hands_form(vote.options, noted)
    if form.validate_on_submit():
        with form.refusals_beside("people"):
            show = form.show(vote.options)
            hands_service.note_hands(g.acting, vote, show=show)
            return edge.commit(request.path, said=_("The count of hands is noted."))
    return form_page(
        "polling/hands.html",
        form,
        lab=lab,
        vote=vote,
        number=number,
        noted=noted,
        is_final=vote.closed_at is not None and noted is not None,
        taken=polling_queries.turnout_by_channel(vote.id).get(Channel.HANDS, 0),
    )


@bp.get("/labs/<slug>/votes/<int:number>/hall/reconcile")
@gate(Act.CHANNEL_RECONCILE)
def reconcile_list(lab: Lab, number: int) -> Answer:
    """Show what was handed out in the hall and what came back, and what is lacking."""
    vote = queries.by_number(lab.id, number) or abort(404)
    ways = channel_records(vote)
    return render_template(
        "polling/reconcile.html",
        lab=lab,
        vote=vote,
        number=number,
        ways=ways,
        is_due=vote.closed_at is not None and vote.shuffled_at is None,
    )


@bp.route(
    "/labs/<slug>/votes/<int:number>/hall/reconcile/<any(card, paper, hands):way>",
    methods=["GET", "POST"],
)
@gate(Act.CHANNEL_RECONCILE)
def reconcile_way(lab: Lab, number: int, way: str) -> Answer:
    """Reconcile one way of the hall; after the last one the vote is counted."""
    vote, now = queries.by_number(lab.id, number) or abort(404), utcnow()
    channel, vote_id = Channel(way), vote.id
    here = next((one for one in channel_records(vote) if one.channel is channel), None)
    form = reconcile_form(here or abort(404))
    answer: Answer | None = None
    if form.validate_on_submit():
        with form.refusals_beside("explained"):
            counted, explained = form.channel_count(), form.explained.data
            ready = reconciliation.reconcile(
                g.acting, vote, channel=channel, counted=counted, explained=explained
            )
            back = url_for(".reconcile_list", slug=lab.slug, number=number)
            to = urls.page(Kind.VOTE, number, lab=lab.slug) if ready else back
            answer = edge.commit(to, said=_("Reconciled."))
    if answer is None:
        return form_page(
            "polling/reconcile_way.html", form, lab=lab, vote=vote, number=number, here=here
        )
    if ready:
        hooks.on_reconciled.call(vote_id, now)
    return answer
