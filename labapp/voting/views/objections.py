"""Objections to the list of a vote: made before it opens, read, answered."""

from flask import abort, current_app, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp.domain.kinds import Kind
from labapp.domain.policy import Act, may
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.thread import urls
from labapp.voting import queries
from labapp.voting.forms.objections import (
    NotedObjectionForm,
    ObjectionAnswerForm,
    ObjectionForm,
)
from labapp.voting.models import Vote
from labapp.voting.queries import objections as objection_queries
from labapp.voting.service import objections
from labapp.voting.views.blueprint import bp
from labapp.web import edge
from labapp.web.fields.text import visible
from labapp.web.form import form_page
from labapp.web.url_numbers import query_number

_ROOT = "/labs/<slug>/votes/<int:number>/objections"
#: The longest part of a name that is looked for.
_LONGEST = 60


@bp.get(f"{_ROOT}/")
@gate(Act.OBJECTION_VIEW)
def objection_list(lab: Lab, number: int) -> Answer:
    """List what was objected, to whoever answers and to ANTAI."""
    vote = _vote_or_404(lab, number)
    page = objection_queries.of_vote(vote.id, before=query_number("after"))
    return render_template(
        "voting/objections.html",
        lab=lab,
        vote=vote,
        rows=page.rows,
        next_url=page.next_url,
        may_note=vote.opened_at is None
        and not vote.has_ended
        and may(g.actor, Act.OBJECTION_NOTE, lab.stage),
        may_answer=not vote.has_ended and may(g.actor, Act.OBJECTION_ANSWER, lab.stage),
    )


@bp.route(f"{_ROOT}/new", methods=["GET", "POST"])
@gate(Act.ROLL_OBJECT)
def object_to_roll(lab: Lab, number: int) -> Answer:
    """Object to the list, before the vote opens."""
    vote, form = _vote_or_404(lab, number), ObjectionForm()
    there = urls.page(Kind.VOTE, number, lab=lab.slug)
    if form.validate_on_submit():
        with form.refusals_beside("words"):
            objections.object_to_roll(g.acting, vote, text=form.text(_days()))
            said = _("Your objection was sent: the facilitator answers before the vote opens.")
            return edge.commit(there, said=said)
    return form_page("voting/object.html", form, lab=lab, vote=_vote_or_404(lab, number))


@bp.route(f"{_ROOT}/note", methods=["GET", "POST"])
@gate(Act.OBJECTION_NOTE)
def note_objection(lab: Lab, number: int) -> Answer:
    """Look somebody without an account up, and note what they object."""
    vote, form = _vote_or_404(lab, number), NotedObjectionForm()
    words = " ".join(visible(request.args.get("q", "")).split())[:_LONGEST]
    search = objection_queries.look_up(lab, vote, words)
    line = search.pick(query_number("person"))
    if form.validate_on_submit():
        with form.refusals_beside("words"):
            objections.note_objection(
                g.acting,
                vote,
                text=form.text(_days()),
                person_id=line.person_id if line else None,
                name=form.name.data,
            )
            to = url_for(".objection_list", slug=lab.slug, number=number)
            return edge.commit(to, said=_("The objection was noted."))
    return form_page(
        "voting/note_objection.html",
        form,
        lab=lab,
        vote=_vote_or_404(lab, number),
        words=words,
        search=search,
        line=line,
    )


@bp.route(f"{_ROOT}/<int:objection_id>/answer", methods=["GET", "POST"])
@gate(Act.OBJECTION_ANSWER)
def answer_objection(lab: Lab, number: int, objection_id: int) -> Answer:
    """Answer an objection with a reason."""
    vote, form = _vote_or_404(lab, number), ObjectionAnswerForm()
    objection = objection_queries.by_id(vote.id, objection_id) or abort(404)
    if form.validate_on_submit():
        with form.refusals_beside("answer"):
            accepted = form.accepted.data == "yes"
            objections.answer(g.acting, vote, objection, accepted=accepted, words=form.answer.data)
            to = url_for(".objection_list", slug=lab.slug, number=number)
            return edge.commit(to, said=_("It was answered."))
    return form_page(
        "voting/answer_objection.html",
        form,
        lab=lab,
        vote=_vote_or_404(lab, number),
        objection=objection_queries.by_id(vote.id, objection_id),
    )


def _vote_or_404(lab: Lab, number: int) -> Vote:
    return queries.by_number(lab.id, number) or abort(404)


def _days() -> int:
    days: int = current_app.config["ROLL_DAYS"]
    return days
