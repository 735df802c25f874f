"""Pages of the show of hands and of the reconciliation."""

from flask import abort, g, render_template, request
from flask_babel import gettext as _

from labapp.db import utcnow
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict
from labapp.domain.policy import Act
from labapp.labs.gate import Answer, gate
from labapp.labs.models import Lab
from labapp.voting import queries, tasks
from labapp.voting.hall import hands, reconcile
from labapp.voting.hall import queries as hall
from labapp.voting.hall.paper_forms import hands_form, reconcile_form
from labapp.voting.hall.rules import refuse_unless_offered
from labapp.voting.tally.tasks import print_act
from labapp.voting.views import bp
from labapp.web import once


@bp.route("/labs/<slug>/votes/<int:number>/hall/hands", methods=["GET", "POST"])
@gate(Act.HANDS_NOTE)
def note_hands(lab: Lab, number: int) -> Answer:
    """Ask for the hands that were counted, before two witnesses."""
    vote = queries.by_number(lab.id, number) or abort(404)
    refuse_unless_offered(vote, Channel.HANDS)
    noted = hands.counted(vote.id)
    form = hands_form(vote.options, noted)
    if form.validate_on_submit():
        try:
            show = form.show(vote.options)
            hands.note_hands(lab, g.actor, vote, show=show, now=utcnow())
        except Conflict as untrue:
            form.blame(untrue, "people")
        else:
            return once.commit(request.path, said=_("The count of hands is noted."))
    page = render_template(
        "voting/hall/hands.html",
        lab=lab,
        vote=vote,
        number=number,
        form=form,
        noted=noted,
        is_final=vote.closed_at is not None and noted is not None,
        taken=hall.taken(vote.id).get(Channel.HANDS, 0),
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/labs/<slug>/votes/<int:number>/hall/reconcile")
@gate(Act.CHANNEL_RECONCILE)
def reconcile_list(lab: Lab, number: int) -> Answer:
    """Show what was handed out in the hall and what came back, and what is lacking."""
    vote = queries.by_number(lab.id, number) or abort(404)
    ways = reconcile.known(vote)
    return render_template(
        "voting/hall/reconcile.html",
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
    here = next((one for one in reconcile.known(vote) if one.channel is channel), None)
    form = reconcile_form(here or abort(404))
    if form.validate_on_submit():
        try:
            told, explained = form.told(), form.explained.data
            ready = reconcile.reconcile(
                lab, g.actor, vote, channel=channel, told=told, explained=explained, now=now
            )
        except Conflict as unfit:
            form.blame(unfit, "explained")
        else:
            to = f"/labs/{lab.slug}/votes/{number}/" + ("" if ready else "hall/reconcile")
            answer = once.commit(to, said=_("Reconciled."))
            if ready and tasks.finish(vote_id, now):
                print_act(vote_id, now)
            return answer
    page = render_template(
        "voting/hall/reconcile_way.html", lab=lab, vote=vote, number=number, here=here, form=form
    )
    return page, 422 if form.is_submitted() else 200
