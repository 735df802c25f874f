"""Pages of one pile of paper: how far it is, ten papers to type, a difference to settle."""

from dataclasses import dataclass

from flask import abort, g, request, url_for
from flask_babel import gettext as _

from labapp.counting.ballot_text import Terms
from labapp.domain.errors import Conflict
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.polling import transcription
from labapp.polling.forms.paper import RecountForm, SettleForm, TypeForm
from labapp.polling.models import Batch
from labapp.polling.queries import batches as batch_queries
from labapp.polling.service import batches, discrepancies
from labapp.polling.transcription import TypedPaper
from labapp.polling.views.batches import paper_vote_or_404
from labapp.polling.views.blueprint import bp
from labapp.voting.models import Vote
from labapp.voting.queries import ballot_options
from labapp.web import edge
from labapp.web.form import form_page
from labapp.web.url_numbers import query_number

#: Papers on one page: what a person types before looking up.
TEN = 10


@dataclass
class TypedRow:
    """One paper of the page: what was typed, and what is wrong with it."""

    place: int
    text: str = ""
    blank: bool = False
    error: str = ""


@bp.route("/labs/<slug>/votes/<int:number>/hall/batches/<int:batch>/", methods=["GET", "POST"])
@gate(Act.BATCH_TYPE)
def batch_show(lab: Lab, number: int, batch: int) -> Answer:
    """Show how far a pile is, and where its two typists differ; correct how many papers it has."""
    vote = paper_vote_or_404(lab, number)
    pile = batch_queries.one(vote.id, batch) or abort(404)
    form = RecountForm(data={"sheets": pile.batch.sheets})
    if form.validate_on_submit():
        sheets = form.sheets.given
        batches.recount(g.acting, vote, number=batch, sheets=sheets)
        return edge.commit(request.path, said=_("The number of papers is corrected."))
    return form_page(
        "polling/batch.html",
        form,
        lab=lab,
        vote=vote,
        number=number,
        pile=pile,
        turn=_turn(pile.batch),
        differences=batch_queries.differences(pile.batch.id) if pile.is_typed_twice else (),
    )


@bp.route("/labs/<slug>/votes/<int:number>/hall/batches/<int:batch>/type", methods=["GET", "POST"])
@gate(Act.BATCH_TYPE)
def batch_type(lab: Lab, number: int, batch: int) -> Answer:
    """Ask for ten papers of a pile; nobody sees here what another person typed."""
    vote = paper_vote_or_404(lab, number)
    pile = batch_queries.one(vote.id, batch) or abort(404)
    terms, turn, form = ballot_options.terms(vote), _turn(pile.batch), TypeForm()
    first = _first(pile.batch, turn)
    last = min(first + TEN - 1, pile.batch.sheets)
    if form.validate_on_submit():
        rows, lines = _read(terms, first, last)
        if not any(row.error for row in rows):
            return _keep_page(lab, vote, pile.batch, lines, last)
    else:
        known = batch_queries.lines(pile.batch.id, turn, first=first, last=last) if turn else {}
        rows = [_typed_row(place, known.get(place)) for place in range(first, last + 1)]
    return form_page(
        "polling/type.html",
        form,
        lab=lab,
        vote=vote,
        number=number,
        pile=pile,
        rows=rows,
        example=transcription.example(terms),
        first=first,
        last=last,
        previous=first - TEN if first > 1 else None,
        following=last + 1 if last < pile.batch.sheets else None,
    )


@bp.route(
    "/labs/<slug>/votes/<int:number>/hall/batches/<int:batch>/settle", methods=["GET", "POST"]
)
@gate(Act.BATCH_TYPE)
def batch_settle(lab: Lab, number: int, batch: int) -> Answer:
    """Settle the paper ``?sheet=`` of a pile, looked at again."""
    vote, form = paper_vote_or_404(lab, number), SettleForm()
    pile = batch_queries.one(vote.id, batch) or abort(404)
    place = query_number("sheet") or 0
    differences = batch_queries.differences(pile.batch.id) if pile.is_typed_twice else ()
    difference = next((one for one in differences if one.place == place), None) or abort(404)
    if form.validate_on_submit():
        with form.refusals_beside("line"):
            reading = transcription.read(ballot_options.terms(vote), form.line.data)
            stands = discrepancies.settle(
                g.acting, vote, number=batch, place=place, line=reading, why=form.why.data
            )
            there = url_for(".batch_show", slug=lab.slug, number=number, batch=batch)
            return edge.commit(there, said=_settled(place) if stands else _waits(place))
    return form_page(
        "polling/settle.html",
        form,
        lab=lab,
        vote=vote,
        number=number,
        pile=pile,
        turn=_turn(pile.batch),
        difference=difference,
        example=transcription.example(ballot_options.terms(vote)),
    )


@bp.post("/labs/<slug>/votes/<int:number>/hall/batches/<int:batch>/confirm")
@gate(Act.BATCH_TYPE)
def batch_confirm(lab: Lab, number: int, batch: int) -> Answer:
    """Confirm what the other person says of the paper ``?sheet=`` of a pile."""
    vote, place = paper_vote_or_404(lab, number), query_number("sheet") or 0
    discrepancies.confirm(g.acting, vote, number=batch, place=place)
    there = url_for(".batch_show", slug=lab.slug, number=number, batch=batch)
    return edge.commit(there, said=_settled(place))


def _settled(place: int) -> str:
    return str(_("Paper %(place)s is settled.", place=place))


def _waits(place: int) -> str:
    return str(_("Noted. Paper %(place)s waits for the other person to confirm it.", place=place))


def _turn(batch: Batch) -> int | None:
    """Return whether the person is the first or the second who types; None for neither yet."""
    by = {batch.first_by_id: 1, batch.second_by_id: 2}
    return by.get(g.actor.person_id) if g.actor.person_id else None


def _first(batch: Batch, turn: int | None) -> int:
    """Return the first paper of the page: that of ``?from=``, or the first not typed yet."""
    given = query_number("from")
    if given is None:
        done = batch_queries.places(batch.id, turn) if turn else frozenset()
        given = next((n for n in range(1, batch.sheets + 1) if n not in done), 1)
    within = max(1, min(given, batch.sheets))
    return within - (within - 1) % TEN


def _read(terms: Terms, first: int, last: int) -> tuple[list[TypedRow], dict[int, TypedPaper]]:
    """Read what was sent of these papers; each that will not do has its own sentence."""
    rows, lines = [], {}
    for place in range(first, last + 1):
        text = request.form.get(f"sheet-{place}", "")[:200]
        row = TypedRow(place, text, f"blank-{place}" in request.form)
        try:
            lines[place] = transcription.read(terms, text, blank=row.blank)
        except Conflict as unfit:
            row.error = _(unfit.sentence, **unfit.values)
        rows.append(row)
    return rows, lines


def _typed_row(place: int, known: TypedPaper | None) -> TypedRow:
    if known is None:
        return TypedRow(place)
    blank = not (known.content or known.spoilt)
    return TypedRow(place, known.content or (_(known.word) if known.spoilt else ""), blank)


def _keep_page(
    lab: Lab, vote: Vote, batch: Batch, lines: dict[int, TypedPaper], last: int
) -> Answer:
    """Keep the page and lead to the next one, or back to the pile after the last."""
    here = url_for(".batch_show", slug=lab.slug, number=vote.thing.number, batch=batch.number)
    number, sheets = batch.number, batch.sheets
    done = batches.type_in(g.acting, vote, number=number, lines=lines)
    if done or last == sheets:
        return edge.commit(here, said=_("Saved."))
    return edge.commit(
        f"{here}type?from={last + 1}", said=_("Papers up to %(last)s are saved.", last=last)
    )
