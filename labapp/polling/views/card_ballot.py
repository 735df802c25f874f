"""Pages of whoever votes with a card: the code, the paper, the receipt. No account is asked."""

from flask import abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from labapp.db import db, utcnow
from labapp.domain.code_alphabet import in_groups
from labapp.domain.errors import Conflict
from labapp.domain.policy import Act, Actor, require
from labapp.extensions import limiter
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, asks, gate
from labapp.polling import card_code
from labapp.polling.models import CardState
from labapp.polling.queries import cards as card_queries
from labapp.polling.queries.cards import Holder
from labapp.polling.service import card_refusals, cards
from labapp.polling.service.card_refusals import CardRefusal
from labapp.polling.views.blueprint import bp
from labapp.voting import queries
from labapp.voting.forms import BallotForm
from labapp.voting.forms import ballot as ballot_form
from labapp.voting.models import Vote
from labapp.voting.service import ballot_box
from labapp.voting.views import ballot
from labapp.web.form import ask_again

#: Slows down whoever guesses; a right code is never counted.
slowly = limiter.shared_limit(
    lambda: current_app.config["CARD_LIMIT"],
    scope="card",
    deduct_when=lambda _answer: g.get("guessed", False),
)


@bp.route("/labs/<slug>/votes/<int:number>/card", methods=["GET", "POST"])
@slowly
@gate(Act.CARD_CAST)
def card(lab: Lab, number: int) -> Answer:
    """Ask for the code of a card."""
    sent = card_code.read(request.form.get("code", ""))
    holder = holder_or_404(lab.slug, number, hash_code(sent))
    ballot_box.require_open(holder.voter, utcnow())
    if request.method == "GET":
        return _entrance(lab, number)
    if refusal := card_refusal(holder, sent):
        return ask_again(_entrance(lab, number, refusal, sent))
    return redirect(
        url_for(".card_paper", slug=lab.slug, number=number, typed_code=in_groups(sent))
    )


@bp.get("/labs/<slug>/votes/<int:number>/card/<typed_code>")
@slowly
@gate(Act.CARD_CAST)
def card_paper(lab: Lab, number: int, typed_code: str) -> Answer:
    """Show the paper of a card, as its square code opens it on a neighbour's phone."""
    sent = card_code.read(typed_code)
    holder = holder_or_404(lab.slug, number, hash_code(sent))
    ballot_box.require_open(holder.voter, utcnow())
    if refusal := card_refusal(holder, sent):
        return _entrance(lab, number, refusal, sent), 409 if refusal.is_card else 404
    return unkept(ballot.show(lab, vote_of(lab, number), BallotForm()))


@bp.post("/labs/<slug>/votes/<int:number>/card/<typed_code>")
@slowly
@asks(Act.CARD_CAST)
def card_cast(slug: str, number: int, typed_code: str) -> Answer:
    """Cast the ballot of a card and show its receipt; a paper sent again shows it again."""
    receipt, code_hash = ballot_form.receipt(request.form), hash_code(card_code.read(typed_code))
    holder = holder_or_404(slug, number, code_hash, receipt)
    if was_cast_before(holder):
        return ballot.receipt_slip(holder.voter, slug, number, receipt)
    if holder.state is not CardState.PRINTED:
        return card_paper(slug=slug, number=number, typed_code=typed_code)
    try:
        content = ballot_form.content(holder.voter.terms, request.form)
    except Conflict as unfit:
        return ballot.again(slug, number, unfit)
    cast(slug, number, holder, code_hash, content, receipt)
    return ballot.receipt_slip(holder.voter, slug, number, receipt)


def holder_or_404(slug: str, number: int, code_hash: str, receipt: str = "") -> Holder:
    """Return the vote and the card of a code, where cards vote and the stage allows it."""
    holder = card_queries.holder(slug, number, code_hash=code_hash, receipt=receipt)
    if holder is None:
        abort(404)
    require(Actor(None), Act.CARD_CAST, holder.voter.stage)
    return holder if holder.takes_cards else abort(404)


def vote_of(lab: Lab, number: int) -> Vote:
    """Return the vote, or answer that there is none."""
    return queries.by_number(lab.id, number) or abort(404)


def hash_code(sent: str) -> str:
    """Return what is kept of a code."""
    return card_code.hash_code(current_app.config["SECRET_KEY"], sent)


def card_refusal(holder: Holder, sent: str) -> CardRefusal | None:
    """Return why a code does not vote here, and count it if it was a guess."""
    refusal = card_refusals.card_refusal(holder, sent, current_app.config["SECRET_KEY"])
    g.guessed = bool(refusal and refusal.is_guess)
    return refusal


def was_cast_before(holder: Holder) -> bool:
    """Tell whether this very paper was cast before, and only its answer was lost."""
    return holder.state is CardState.USED and holder.voter.kept


def cast(
    slug: str, number: int, holder: Holder, code_hash: str, content: str, receipt: str
) -> None:
    """Cast a ballot and commit it. Sent twice at the same instant, the second changes nothing.

    Raises:
        Conflict: the card or the vote will not do.
    """
    try:
        cards.cast(holder, code_hash, content, receipt=receipt, now=utcnow())
        db.session.commit()
    except (Conflict, IntegrityError):
        db.session.rollback()
        if not was_cast_before(holder_or_404(slug, number, code_hash, receipt)):
            raise


def unkept(page: str) -> Response:
    """Return a page that no browser keeps: Back shows it anew, and empty."""
    answer = make_response(page)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _entrance(lab: Lab, number: int, refusal: CardRefusal | None = None, sent: str = "") -> str:
    why = _(refusal.why.sentence, **refusal.why.values) if refusal else ""
    return render_template(
        "polling/card.html",
        lab=lab,
        vote=vote_of(lab, number),
        number=number,
        why=why,
        link=refusal.link if refusal else "",
        sent=in_groups(sent),
    )
