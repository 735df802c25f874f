"""Pages of the cards at the table: how many there are, printing them, withdrawing some."""

from flask import abort, current_app, flash, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict
from labapp.domain.policy import Act, may
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.polling.documents import cards as card_sheet
from labapp.polling.forms.cards import CardPrintForm, WithdrawForm
from labapp.polling.models import CardState
from labapp.polling.queries import cards as card_queries
from labapp.polling.service import cards
from labapp.polling.views.blueprint import bp
from labapp.polling.views.desk import in_hall
from labapp.voting.models import Vote
from labapp.web import edge
from labapp.web.form import ask_again


@bp.get("/labs/<slug>/votes/<int:number>/hall/cards")
@gate(Act.HALL_KEEP)
def cards_page(lab: Lab, number: int) -> Answer:
    """Show how many cards are printed, used, voided and handed back, and the two forms."""
    return _page(lab, _vote(lab, number))


@bp.post("/labs/<slug>/votes/<int:number>/hall/cards")
@gate(Act.CARD_PRINT)
def print_cards(lab: Lab, number: int) -> Answer:
    """Make cards and answer with their sheet: the only time that their codes are shown."""
    vote, form = _vote(lab, number), CardPrintForm()
    if not form.validate_on_submit():
        return ask_again(_page(lab, vote, printing=form))
    secret = current_app.config["SECRET_KEY"]
    made = cards.issue(g.acting, vote, count=form.count.given, secret=secret)
    edge.commit(url_for(".cards_page", slug=lab.slug, number=number))
    entrance = url_for(".card", slug=lab.slug, number=number, _external=True)
    try:
        sheet = card_sheet.pdf(vote, made, over=_over(lab), entrance=entrance)
    except Conflict:
        _withdraw_all(lab, vote, made)
        raise
    name = f"{lab.slug}-{number}-{made[0].serial}-{made[-1].serial}.pdf"
    answer = Response(sheet, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@bp.post("/labs/<slug>/votes/<int:number>/hall/cards/withdraw")
@gate(Act.CARD_VOID)
def withdraw(lab: Lab, number: int) -> Answer:
    """Void a lost card by the number of its stub, or note that some were handed back."""
    vote, form = _vote(lab, number), WithdrawForm()
    form.offer()
    if not form.validate_on_submit():
        return ask_again(_page(lab, vote, withdrawing=form))
    first, last = form.first.given, form.last.data or form.first.given
    state = CardState(form.why.data)
    try:
        done = cards.withdraw(g.acting, vote, first=first, last=last, state=state)
    except Conflict as refusal:
        form.blame(refusal, "first")
        return _page(lab, _vote(lab, number), withdrawing=form), 409
    flash(ngettext("%(num)d card was withdrawn.", "%(num)d cards were withdrawn.", done))
    if stayed := min(last, card_queries.last_serial(vote.id)) - first + 1 - done:
        flash(ngettext("%(num)d stays as it was.", "%(num)d stay as they were.", stayed))
    return edge.commit(url_for(".cards_page", slug=lab.slug, number=number))


def _vote(lab: Lab, number: int) -> Vote:
    vote = in_hall(lab, number)
    return vote if Channel.CARD in vote.offered_channels else abort(404)


def _withdraw_all(lab: Lab, vote: Vote, made: list[cards.PrintedCard]) -> None:
    """Void cards whose sheet could not be made: nobody ever saw them."""
    first, last = made[0].serial, made[-1].serial
    cards.withdraw(g.acting, vote, first=first, last=last, state=CardState.VOIDED)
    db.session.commit()


def _over(lab: Lab) -> str:
    """Return what stands at the head of each card: the site, the lab, and whether it is real."""
    heading = [current_app.config["SITE_NAME"], lab.name, *([_("Example")] if lab.example else [])]
    return " · ".join(heading)


def _page(
    lab: Lab,
    vote: Vote,
    *,
    printing: CardPrintForm | None = None,
    withdrawing: WithdrawForm | None = None,
) -> str:
    form = withdrawing or WithdrawForm(formdata=None)
    form.offer()
    counts = card_queries.counts(vote.id)
    return render_template(
        "polling/cards.html",
        lab=lab,
        vote=vote,
        number=vote.thing.number,
        counts=counts,
        made=sum(counts.values()),
        last=card_queries.last_serial(vote.id),
        form=printing or withdrawing,
        printing=printing or CardPrintForm(formdata=None),
        withdrawing=form,
        may_print=not vote.is_over(utcnow()) and bool(may(g.actor, Act.CARD_PRINT, lab.stage)),
    )
