"""Pages of the paper: printing it, its piles, typing them in, the ballot box."""

from flask import abort, g, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from labapp.domain.channel import Channel
from labapp.domain.errors import Unreadable
from labapp.domain.policy import Act, may
from labapp.files import views
from labapp.files.service import LARGEST as MOST_BYTES
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.polling.documents import paper_ballots
from labapp.polling.forms.paper import BatchForm, PaperPrintForm
from labapp.polling.queries import batches as batch_queries
from labapp.polling.service import batches, print_run
from labapp.polling.service.guards import require_offered
from labapp.polling.views.blueprint import bp
from labapp.voting import queries
from labapp.voting.models import Vote
from labapp.web import edge
from labapp.web.form import form_page
from labapp.web.url_numbers import query_number


@bp.route("/labs/<slug>/votes/<int:number>/hall/paper", methods=["GET", "POST"])
@gate(Act.PAPER_PRINT)
def print_paper(lab: Lab, number: int) -> Answer:
    """Ask how many ballots are printed."""
    vote, form = paper_vote_or_404(lab, number), PaperPrintForm()
    if form.validate_on_submit():
        run = form.run()
        with form.refusals_beside("papers"):
            print_run.note_print(g.acting, vote, run=run)
            return edge.commit(
                url_for(
                    ".paper_pdf",
                    slug=lab.slug,
                    number=number,
                    papers=run.papers,
                    first=run.first,
                    each=run.each,
                )
            )
    return form_page("polling/print.html", form, lab=lab, vote=vote, number=number)


@bp.get("/labs/<slug>/votes/<int:number>/hall/paper.pdf")
@gate(Act.PAPER_PRINT)
def paper_pdf(lab: Lab, number: int) -> Answer:
    """Give the ballots as a PDF to be printed."""
    vote = paper_vote_or_404(lab, number)
    run = print_run.Run(*(query_number(name) or 0 for name in ("papers", "first", "each")))
    if not (1 <= run.papers <= 400 and run.first <= 9000 and run.each in (1, 2, 4)):
        abort(404)
    answer = Response(paper_ballots.pdf(lab, vote, run), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="papeletas-{number}.pdf"'
    return answer


@bp.route("/labs/<slug>/votes/<int:number>/hall/batches/", methods=["GET", "POST"])
@gate(Act.BATCH_ADD)
def batch_list(lab: Lab, number: int) -> Answer:
    """List the piles of paper, and begin another."""
    vote, form = paper_vote_or_404(lab, number), BatchForm()
    if form.validate_on_submit():
        with form.refusals_beside("photo", Unreadable):
            batch = batches.add(
                g.acting,
                vote,
                sheets=form.sheets.given,
                photo=form.photo.given.read(MOST_BYTES + 1),
                folder=views.folder(),
            )
            return edge.commit(
                url_for(".batch_show", slug=lab.slug, number=number, batch=batch.number),
                said=_("The pile is noted. Two people type it in, each on their own."),
            )
    return form_page(
        "polling/batches.html",
        form,
        lab=lab,
        vote=vote,
        number=number,
        piles=batch_queries.of_vote(vote.id),
        may_print=bool(may(g.actor, Act.PAPER_PRINT, lab.stage)),
    )


@bp.get("/labs/<slug>/votes/<int:number>/hall/batches/<int:batch>/photo")
@gate(Act.BATCH_TYPE)
def batch_photo(lab: Lab, number: int, batch: int) -> Answer:
    """Give the photo of a pile to those who type it in."""
    pile = batch_queries.one(paper_vote_or_404(lab, number).id, batch) or abort(404)
    return views.send(batch_queries.photo(pile.batch) or abort(404))


@bp.post("/labs/<slug>/votes/<int:number>/hall/batches/<int:batch>/urn")
@gate(Act.BATCH_DROP)
def batch_drop(lab: Lab, number: int, batch: int) -> Answer:
    """Put a pile on which both agree into the ballot box."""
    vote = paper_vote_or_404(lab, number)
    batches.put_into_box(g.acting, vote, number=batch)
    return edge.commit(
        url_for(".batch_list", slug=lab.slug, number=number),
        said=_("Pile %(number)s is in the urn.", number=batch),
    )


def paper_vote_or_404(lab: Lab, number: int) -> Vote:
    """Return the vote of this number, if it is held on paper."""
    vote = queries.by_number(lab.id, number) or abort(404)
    require_offered(vote, Channel.PAPER)
    return vote
