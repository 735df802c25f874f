"""The roll at the table in the hall: one line at a time, found by part of the name."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.extensions import limiter
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.polling.service import roll
from labapp.polling.views.blueprint import bp
from labapp.polling.views.desk import in_hall
from labapp.voting.models import Vote, VoteState
from labapp.voting.queries import roll as roll_queries
from labapp.voting.queries.name_search import NameSearch
from labapp.web.fields.text import visible
from labapp.web.url_numbers import LARGEST

#: The longest part of a name that is looked for.
_LONGEST = 60
_DONE = {
    Channel.CARD: mark("Noted. Give them a card now: any one of the shuffled pile."),
    Channel.PAPER: mark("Noted. Give them one paper ballot now."),
    Channel.HANDS: mark("Noted. This person votes by raising their hand."),
}
_UNFOUND = mark("Nothing was noted. Look for the person again, by at least three letters.")
#: A table asks twice for each person; whoever would ask for a whole village is slowed down.
slowly = limiter.shared_limit(
    lambda: current_app.config["ROLL_LIMIT"],
    scope="roll",
    key_func=lambda: str(g.actor.person_id),
    exempt_when=lambda: not _words(),
)


@bp.get("/labs/<slug>/votes/<int:number>/hall/roll")
@gate(Act.ROLL_CONSULT)
@slowly
def roll_page(lab: Lab, number: int) -> Answer:
    """Find somebody on the roll by part of the name."""
    return _roll(lab, in_hall(lab, number))


@bp.post("/labs/<slug>/votes/<int:number>/hall/roll")
@gate(Act.ROLL_CONSULT)
@slowly
def take(lab: Lab, number: int) -> Answer:
    """Take the line of somebody to whom a card or a paper is handed, or who stands up."""
    vote, sent = in_hall(lab, number), request.form.get("channel")
    way = next((one for one in vote.hall_channels if one == sent), Channel.ACCOUNT)
    try:
        roll.take(g.acting, vote, person_id=_require_found(vote), channel=way)
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
@slowly
def give_back(lab: Lab, number: int) -> Answer:
    """Free the line of somebody who hands back what they did not use."""
    vote = in_hall(lab, number)
    try:
        roll.give_back(g.acting, vote, person_id=_require_found(vote))
    except Conflict as refusal:
        return _roll(lab, in_hall(lab, number), _(refusal.sentence, **refusal.values)), 409
    db.session.commit()
    flash(_("The line is free again."))
    return redirect(url_for(".roll_page", slug=lab.slug, number=number))


def _roll(lab: Lab, vote: Vote, refusal: str = "") -> str:
    state, found = vote.state(utcnow()), _search(vote)
    line = found.pick(_person())
    taken = roll_queries.turnout_of(vote.id, line.person_id) if line else None
    return render_template(
        "polling/roll.html",
        lab=lab,
        vote=vote,
        number=vote.thing.number,
        offered=vote.hall_channels,
        found=found,
        line=line,
        taken=taken.channel if taken else None,
        words=_words(),
        refusal=refusal,
        state=state,
    )


def _search(vote: Vote) -> NameSearch:
    """Return whom the letters sent find: nobody but while the vote is open."""
    if vote.state(utcnow()) is not VoteState.OPEN:
        return NameSearch()
    return roll_queries.look_up(vote, _words())


def _require_found(vote: Vote) -> int:
    """Return the person sent, if the letters sent along show them: numbers alone find nobody.

    Raises:
        Conflict: they do not, and the vote is open.
    """
    line = _search(vote).pick(_person())
    if vote.state(utcnow()) is VoteState.OPEN and (line is None or line.person_id != _person()):
        raise Conflict(_UNFOUND)
    return _person()


def _words() -> str:
    """Return the part of a name that was sent, tidy."""
    return " ".join(visible(request.values.get("q", "")).split())[:_LONGEST]


def _person() -> int:
    """Return the number sent; 0, which nobody has, if it is none."""
    sent = request.values.get("person", "")
    return min(int(sent), LARGEST) if sent.isascii() and sent.isdigit() and len(sent) < 12 else 0
