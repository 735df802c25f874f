"""Pages of the paper: printing it, its piles, typing them in, the urn."""

from flask import abort, g, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from labapp.db import utcnow
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, Unreadable
from labapp.domain.policy import Act, may
from labapp.files import delivery
from labapp.files.service import LARGEST
from labapp.labs.gate import Answer, gate
from labapp.labs.models import Lab
from labapp.voting import queries
from labapp.voting.hall import batches, paper, piles, print_run
from labapp.voting.hall.paper_forms import BatchForm, PrintForm
from labapp.voting.hall.rules import refuse_unless_offered
from labapp.voting.models import Consultation
from labapp.voting.views import bp
from labapp.web import once
from labapp.web.numbers import asked


@bp.route("/labs/<slug>/votes/<int:number>/hall/paper", methods=["GET", "POST"])
@gate(Act.PAPER_PRINT)
def print_paper(lab: Lab, number: int) -> Answer:
    """Ask how many ballots are printed."""
    vote, form = offered(lab, number), PrintForm()
    if form.validate_on_submit():
        run = form.run()
        try:
            print_run.note_print(lab, g.actor, vote, run=run, now=utcnow())
        except Conflict as unfit:
            form.blame(unfit, "papers")
        else:
            here = f"/labs/{lab.slug}/votes/{number}/hall/paper.pdf"
            return once.commit(f"{here}?papers={run.papers}&first={run.first}&each={run.each}")
    page = render_template("voting/hall/print.html", lab=lab, vote=vote, number=number, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.get("/labs/<slug>/votes/<int:number>/hall/paper.pdf")
@gate(Act.PAPER_PRINT)
def paper_pdf(lab: Lab, number: int) -> Answer:
    """Give the ballots as a PDF to be printed."""
    vote = offered(lab, number)
    run = print_run.Run(*(asked(name) or 0 for name in ("papers", "first", "each")))
    if not (1 <= run.papers <= 400 and run.first <= 9000 and run.each in (1, 2, 4)):
        abort(404)
    answer = Response(paper.pdf(lab, vote, run), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="papeletas-{number}.pdf"'
    return answer


@bp.route("/labs/<slug>/votes/<int:number>/hall/batches/", methods=["GET", "POST"])
@gate(Act.BATCH_ADD)
def batch_list(lab: Lab, number: int) -> Answer:
    """List the piles of paper, and begin another."""
    vote, form = offered(lab, number), BatchForm()
    if form.validate_on_submit():
        try:
            batch = batches.add(
                lab,
                g.actor,
                vote,
                sheets=form.sheets.given,
                photo=form.photo.given.read(LARGEST + 1),
                folder=delivery.folder(),
                now=utcnow(),
            )
        except Unreadable as broken:
            form.blame(broken, "photo")
        else:
            return once.commit(
                f"/labs/{lab.slug}/votes/{number}/hall/batches/{batch.number}/",
                said=_("The pile is noted. Two people type it in, each on their own."),
            )
    page = render_template(
        "voting/hall/batches.html",
        lab=lab,
        vote=vote,
        number=number,
        form=form,
        piles=piles.of_vote(vote.id),
        may_print=bool(may(g.actor, Act.PAPER_PRINT, lab.stage)),
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/labs/<slug>/votes/<int:number>/hall/batches/<int:batch>/photo")
@gate(Act.BATCH_TYPE)
def batch_photo(lab: Lab, number: int, batch: int) -> Answer:
    """Give the photo of a pile to those who type it in."""
    pile = piles.one(offered(lab, number).id, batch) or abort(404)
    return delivery.send(piles.photo(pile.batch) or abort(404))


@bp.post("/labs/<slug>/votes/<int:number>/hall/batches/<int:batch>/urn")
@gate(Act.BATCH_DROP)
def batch_drop(lab: Lab, number: int, batch: int) -> Answer:
    """Put a pile on which both agree into the urn."""
    vote = offered(lab, number)
    batches.put_in_urn(lab, g.actor, vote, number=batch, now=utcnow())
    return once.commit(
        f"/labs/{lab.slug}/votes/{number}/hall/batches/",
        said=_("Pile %(number)s is in the urn.", number=batch),
    )


def offered(lab: Lab, number: int) -> Consultation:
    """Return the vote of this number, if it is held on paper."""
    vote = queries.by_number(lab.id, number) or abort(404)
    refuse_unless_offered(vote, Channel.PAPER)
    return vote
