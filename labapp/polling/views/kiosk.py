"""Pages of a tablet that many share: the code, the paper, the receipt, and the next person.

Every form leads to another page, so that the browser keeps no form to go back to; the cookie
holds the hash of the card while its ballot is filled in, and the receipt for one page.
"""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from labapp.db import utcnow
from labapp.domain.errors import Conflict
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.polling import card_code
from labapp.polling.models import CardState
from labapp.polling.views.blueprint import bp
from labapp.polling.views.card_ballot import (
    card_refusal,
    cast,
    hash_code,
    holder_or_404,
    slowly,
    unkept,
    vote_of,
    was_cast_before,
)
from labapp.voting.forms import BallotForm
from labapp.voting.forms import ballot as ballot_form
from labapp.voting.service import ballot_box
from labapp.voting.views import ballot

_CARD, _RECEIPT = "kiosk_card", "kiosk_receipt"
#: Seconds that the receipt stays on the screen.
_SHOWN = 60


@bp.get("/labs/<slug>/votes/<int:number>/kiosk")
@gate(Act.CARD_CAST)
def kiosk(lab: Lab, number: int) -> Answer:
    """Forget whoever was before, and ask for a code."""
    here, shut = holder_or_404(lab.slug, number, ""), None
    try:
        ballot_box.require_open(here.voter, utcnow())
    except Conflict as refusal:
        shut = _(refusal.sentence, **refusal.values)
    _forget()
    page = render_template(
        "polling/kiosk.html",
        lab=lab,
        vote=vote_of(lab, number),
        kiosk=_start(lab, number),
        shut=shut,
    )
    answer = unkept(page)
    answer.status_code = 409 if shut else 200
    return answer


@bp.post("/labs/<slug>/votes/<int:number>/kiosk")
@slowly
@gate(Act.CARD_CAST)
def kiosk_code(lab: Lab, number: int) -> Answer:
    """Take the code of a card, or say why it does not vote."""
    sent = card_code.read(request.form.get("code", ""))
    if refusal := card_refusal(holder_or_404(lab.slug, number, hash_code(sent)), sent):
        return _refuse(lab, number, refusal.why)
    session[_CARD] = hash_code(sent)
    return redirect(_start(lab, number) + "/paper")


@bp.get("/labs/<slug>/votes/<int:number>/kiosk/paper")
@gate(Act.CARD_CAST)
def kiosk_paper(lab: Lab, number: int) -> Answer:
    """Show the paper of the card whose code was typed; without one, begin again."""
    holder = holder_or_404(lab.slug, number, session.get(_CARD, ""))
    if holder.state is not CardState.PRINTED:
        return redirect(_start(lab, number))
    page = ballot.show(lab, vote_of(lab, number), BallotForm(), kiosk=_start(lab, number))
    return unkept(page)


@bp.post("/labs/<slug>/votes/<int:number>/kiosk/paper")
@gate(Act.CARD_CAST)
def kiosk_cast(lab: Lab, number: int) -> Answer:
    """Cast the ballot and go on to its receipt."""
    receipt, code_hash = ballot_form.receipt(request.form), session.get(_CARD, "")
    holder = holder_or_404(lab.slug, number, code_hash, receipt)
    if holder.state is None:
        return redirect(_start(lab, number))
    if not was_cast_before(holder):
        try:
            content = ballot_form.content(holder.voter.terms, request.form)
        except Conflict as unfit:
            return _refuse(lab, number, unfit, "/paper")
        try:
            cast(lab.slug, number, holder, code_hash, content, receipt)
        except Conflict as refusal:
            return _refuse(lab, number, refusal)
    _forget()
    session[_RECEIPT] = receipt
    return redirect(_start(lab, number) + "/receipt")


@bp.get("/labs/<slug>/votes/<int:number>/kiosk/receipt")
@gate(Act.CARD_CAST)
def kiosk_receipt(lab: Lab, number: int) -> Answer:
    """Show the receipt once; the page leaves by itself."""
    receipt = session.pop(_RECEIPT, None)
    if receipt is None:
        return redirect(_start(lab, number))
    return unkept(
        render_template(
            "polling/kiosk_receipt.html",
            lab=lab,
            kiosk=_start(lab, number),
            receipt=receipt,
            wait=_SHOWN,
        )
    )


def _start(lab: Lab, number: int) -> str:
    return url_for(".kiosk", slug=lab.slug, number=number)


def _forget() -> None:
    for key in (_CARD, _RECEIPT):
        session.pop(key, None)


def _refuse(lab: Lab, number: int, why: Conflict, page: str = "") -> Answer:
    """Say why on the page that follows: nothing typed is shown again."""
    flash(_(why.sentence, **why.values), "error")
    return redirect(_start(lab, number) + page)
