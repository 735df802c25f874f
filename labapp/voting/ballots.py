"""The two pages of a voter: the paper, and the receipt."""

from flask import abort, g, redirect, render_template
from sqlalchemy.exc import IntegrityError

from labapp.db import db, reads_first, utcnow, write
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act, Relation, require
from labapp.labs.gate import Answer, gate
from labapp.labs.models import Lab
from labapp.voting import paper, queries, urn
from labapp.voting.forms import BallotForm
from labapp.voting.queries import Standing
from labapp.voting.views import bp


@bp.get("/labs/<slug>/votes/<int:number>/ballot")
@gate(Act.BALLOT_CAST)
def ballot(lab: Lab, number: int) -> Answer:
    """Show the paper to somebody who may vote and has not voted."""
    standing = queries.standing(lab.id, number, g.actor.person_id) or abort(404)
    urn.refuse_unless_open(standing.consultation, utcnow())
    held = frozenset({Relation.ON_ROLL}) if standing.on_roll else frozenset[Relation]()
    require(g.actor, Act.BALLOT_CAST, lab.stage, held=held)
    if standing.has_voted:
        return redirect(f"/labs/{lab.slug}/votes/{number}/")
    return _paper(lab, number, standing, BallotForm())


@bp.post("/labs/<slug>/votes/<int:number>/ballot")
@gate(Act.BALLOT_CAST)
@reads_first
def cast(lab: Lab, number: int) -> Answer:
    """Put the ballot in the urn and show its receipt; a paper sent again shows it again."""
    form, who = BallotForm(), g.actor.person_id
    receipt = form.receipt.data
    write()
    standing = queries.standing(lab.id, number, who, receipt=receipt, held=True) or abort(404)
    if standing.has_voted and standing.kept:
        return _kept(lab, number, receipt)
    form.marks.max = standing.consultation.max_marks
    form.marks.options = [(str(n), "") for n in range(1, standing.options + 1)]
    if not form.validate():
        return _paper(lab, number, standing, form), 422
    marks = [int(position) for position in form.marks.data]
    try:
        urn.cast(lab, g.actor, standing, marks=marks, receipt=receipt, now=utcnow())
        # What was read stays as it was read: the answer needs no statement after the commit.
        db.session.expunge_all()
        db.session.commit()
    except IntegrityError as race:
        db.session.rollback()
        again = queries.standing(lab.id, number, who, receipt=receipt)
        if again is None or not (again.has_voted and again.kept):
            raise Conflict(mark("You have already voted here. Your vote was kept.")) from race
    return _kept(lab, number, receipt)


def _paper(lab: Lab, number: int, standing: Standing, form: BallotForm) -> str:
    vote = standing.consultation
    options = paper.options(vote.id)
    form.marks.options = [(str(option.position), option.label) for option in options]
    return render_template(
        "voting/ballot.html",
        lab=lab,
        number=number,
        vote=vote,
        form=form,
        options=options,
        opinions=paper.opinions(vote.id),
    )


def _kept(lab: Lab, number: int, receipt: str) -> str:
    return render_template("voting/receipt.html", lab=lab, number=number, receipt=receipt)
