"""Pages of the table in the hall: what each way has, and the roll."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act, may
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.pagination import page_of
from labapp.polling import queries as polling_queries
from labapp.polling.service import roll
from labapp.polling.views.blueprint import bp
from labapp.voting import queries
from labapp.voting.models import Vote, VoteState
from labapp.voting.queries import roll as roll_queries
from labapp.web.fields.text import visible
from labapp.web.url_numbers import LARGEST, query_number

#: The longest part of a name that is looked for.
_LONGEST = 60
_DONE = {
    Channel.CARD: mark("Noted. Give them a card now: any one of the shuffled pile."),
    Channel.PAPER: mark("Noted. Give them one paper ballot now."),
    Channel.HANDS: mark("Noted. This person votes by raising their hand."),
}


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


@bp.get("/labs/<slug>/votes/<int:number>/hall/roll")
@gate(Act.ROLL_CONSULT)
def roll_page(lab: Lab, number: int) -> Answer:
    """Find somebody on the roll by part of the name."""
    return _roll(lab, in_hall(lab, number))


@bp.post("/labs/<slug>/votes/<int:number>/hall/roll")
@gate(Act.ROLL_CONSULT)
def take(lab: Lab, number: int) -> Answer:
    """Take the line of somebody to whom a card or a paper is handed, or who stands up."""
    vote, sent = in_hall(lab, number), request.form.get("channel")
    way = next((one for one in vote.hall_channels if one == sent), Channel.ACCOUNT)
    try:
        roll.take(g.acting, vote, person_id=_person(), channel=way)
    except IntegrityError:
        db.session.rollback()
        why = _("Somebody took this person's line at this very moment. Look at the list again.")
        return _roll(lab, in_hall(lab, number), why), 409
    except Conflict as refusal:
        return _roll(lab, in_hall(lab, number), _(refusal.sentence, **refusal.values)), 409
    db.session.commit()
    flash(_(_DONE[way]))
    return redirect(url_for(".roll_page", slug=lab.slug, number=number))


@bp.post("/labs/<slug>/votes/<int:number>/hall/roll/give-back")
@gate(Act.ROLL_CONSULT)
def give_back(lab: Lab, number: int) -> Answer:
    """Free the line of somebody who hands back what they did not use."""
    vote = in_hall(lab, number)
    try:
        roll.give_back(g.acting, vote, person_id=_person())
    except Conflict as refusal:
        return _roll(lab, in_hall(lab, number), _(refusal.sentence, **refusal.values)), 409
    db.session.commit()
    flash(_("The line is free again."))
    return redirect(url_for(".roll_page", slug=lab.slug, number=number))


def in_hall(lab: Lab, number: int) -> Vote:
    """Return a vote that some way of the hall takes part in, or answer that there is none."""
    vote = queries.by_number(lab.id, number)
    return vote if vote is not None and vote.hall_channels else abort(404)


def _roll(lab: Lab, vote: Vote, refusal: str = "") -> str:
    words = " ".join(visible(request.args.get("q", "")).split())[:_LONGEST]
    lines = roll_queries.page(vote.id, words=words, after=query_number("after"))
    page = page_of(lines, lambda line: line.person_id)
    return render_template(
        "polling/roll.html",
        lab=lab,
        vote=vote,
        number=vote.thing.number,
        offered=vote.hall_channels,
        lines=page.rows,
        more=page.next,
        words=words,
        refusal=refusal,
        state=vote.state(utcnow()),
    )


def _person() -> int:
    """Return the number sent; 0, which nobody has, if it is none."""
    sent = request.form.get("person", "")
    return min(int(sent), LARGEST) if sent.isascii() and sent.isdigit() and len(sent) < 12 else 0
