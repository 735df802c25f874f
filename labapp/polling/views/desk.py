"""The table in the hall: what each way has, and what it lacks."""

from flask import abort, g, render_template

from labapp.db import utcnow
from labapp.domain.policy import Act, may
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.polling import queries as polling_queries
from labapp.polling.views.blueprint import bp
from labapp.voting import queries
from labapp.voting.models import Vote, VoteState


@bp.get("/labs/<slug>/votes/<int:number>/hall")
@gate(Act.HALL_KEEP)
def desk(lab: Lab, number: int) -> Answer:
    """Show what each way of the hall has, and what it lacks."""
    vote = in_hall(lab, number)
    stands = vote.state(utcnow())
    may_print = bool(may(g.actor, Act.CARD_PRINT, lab.stage))
    return render_template(
        "polling/desk.html",
        lab=lab,
        vote=vote,
        number=number,
        offered=vote.hall_channels,
        taken=polling_queries.turnout_by_channel(vote.id),
        state=stands,
        may_print=may_print,
        may_prepare=may_print and (stands is VoteState.OPEN or vote.opened_at is None),
    )


def in_hall(lab: Lab, number: int) -> Vote:
    """Return a vote that some way of the hall takes part in, or answer that there is none."""
    vote = queries.by_number(lab.id, number)
    return vote if vote is not None and vote.hall_channels else abort(404)
