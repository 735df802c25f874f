"""The two pages of a voter: the paper, and the receipt."""

import secrets
from datetime import datetime
from functools import lru_cache

from flask import abort, current_app, g, redirect, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from labapp.accounts.views import sign_in_session
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, asks, enter, gate
from labapp.thread import urls
from labapp.voting import queries
from labapp.voting.forms import BallotForm
from labapp.voting.forms import ballot as ballot_form
from labapp.voting.models import Vote
from labapp.voting.queries import ballot_options
from labapp.voting.queries.voter import Voter, by_account
from labapp.voting.service import ballot_box
from labapp.voting.views.blueprint import bp
from labapp.web.form import ask_again

#: Where the code stands on a slip; no sentence and no address has it.
_HERE = secrets.token_hex(8)


@bp.get("/labs/<slug>/votes/<int:number>/ballot")
@gate(Act.BALLOT_CAST)
def ballot(lab: Lab, number: int) -> Answer:
    """Show the paper to somebody who may vote and has not voted."""
    standing = queries.standing(lab.id, number, g.actor.person_id) or abort(404)
    ballot_box.require_open(standing.vote, utcnow())
    g.acting.require(Act.BALLOT_CAST, standing.relations)
    if standing.taken:
        return redirect(urls.page(Kind.VOTE, number, lab=lab.slug))
    return show(lab, standing.vote, BallotForm())


@bp.post("/labs/<slug>/votes/<int:number>/ballot")
@asks(Act.BALLOT_CAST)
def cast(slug: str, number: int) -> Answer:
    """Put the ballot in the box and show its receipt; a paper sent again shows it again."""
    receipt, token = ballot_form.receipt(request.form), sign_in_session.token_hash()
    voter = _at_ballot_box(slug, number, token, receipt)
    if voter is None or voter.person_id is None:
        return ballot(slug=slug, number=number)
    if voter.was_cast_before:
        return receipt_slip(voter, slug, number, receipt)
    try:
        content = ballot_form.content(voter.terms, request.form)
    except Conflict as unfit:
        return again(slug, number, unfit)
    try:
        ballot_box.cast(voter, content, receipt=receipt, now=utcnow())
        db.session.commit()
    except IntegrityError as race:
        db.session.rollback()
        voter_now = _at_ballot_box(slug, number, token, receipt)
        if voter_now is None or not voter_now.was_cast_before:
            raise Conflict(ballot_box.TAKEN[Channel.ACCOUNT]) from race
    return receipt_slip(voter, slug, number, receipt)


def show(lab: Lab, vote: Vote, form: BallotForm, *, kiosk: str = "") -> str:
    """Draw the paper, with what was written on it; on a shared tablet, with where it begins."""
    return render_template(
        "voting/ballot.html",
        lab=lab,
        number=vote.thing.number,
        vote=vote,
        form=form,
        sent=request.form,
        kiosk=kiosk,
        options=ballot_options.options(vote.id),
        opinions=ballot_options.opinions(vote.id),
    )


def again(slug: str, number: int, unfit: Conflict) -> Answer:
    """Draw the paper again, with what was written and why it will not do."""
    lab = enter(slug)
    vote = queries.by_number(lab.id, number) or abort(404)
    form = BallotForm()
    form.marks.errors = [_(unfit.sentence, **unfit.values)]
    return ask_again(show(lab, vote, form))


def receipt_slip(voter: Voter, slug: str, number: int, receipt: str) -> str:
    """Return the receipt: a slip to be photographed or printed, with nothing else on it."""
    address = request.host_url[:-1] + urls.page(Kind.VOTE, number, lab=slug)
    heading = (voter.lab_name, voter.example, voter.question, voter.closes_at, address)
    before, after = _slip(str(get_locale()), current_app.config["SITE_NAME"], heading)
    return before + receipt + after


@lru_cache(maxsize=100)
def _slip(
    _language: str, _site: str, said: tuple[str, bool, str, datetime, str]
) -> tuple[str, str]:
    """Draw the slip of a vote once for each language, parted where the code stands."""
    lab_name, example, question, closes_at, address = said
    before, after = render_template(
        "voting/receipt.html",
        lab_name=lab_name,
        example=example,
        question=question,
        closes_at=closes_at,
        address=address,
        receipt=_HERE,
    ).split(_HERE)
    return before, after


def _at_ballot_box(slug: str, number: int, token: str | None, receipt: str) -> Voter | None:
    if token is None:
        return None
    return by_account(
        slug, number, token_hash=token, since=sign_in_session.oldest(), receipt=receipt
    )
