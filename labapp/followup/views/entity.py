"""The expiring link: what an entity without an account sees and does. A GET never acts."""

from flask import abort, render_template, url_for
from flask_babel import gettext as _

from labapp.db import db, utcnow
from labapp.domain.errors import Unreadable
from labapp.domain.policy import Actor, Role
from labapp.files.views import folder
from labapp.followup import queries, service
from labapp.followup.forms import DeclareForm, LetterAnswerForm
from labapp.followup.models import Agreement, Letter, LetterAnswer
from labapp.followup.models.entity_link import EntityLink
from labapp.followup.states import LetterState
from labapp.followup.views.lookups import bp, overdue, proof, today
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer
from labapp.record.acting import Acting
from labapp.thread.models import Thing
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/e/<token>/", methods=["GET", "POST"])
def entity(token: str) -> Answer:
    """Show what the link opens: a letter to answer, or the steps of an agreement."""
    link = queries.link_by_token(token) or abort(404)
    lab = _lab(link)
    if (letter := db.session.get(Letter, link.thing_id)) is not None:
        return _letter(lab, letter, link, token)
    if _ended(link):
        return _gone(lab)
    agreement = db.session.get_one(Agreement, link.thing_id)
    steps = queries.steps(agreement.id)
    return render_template(
        "followup/entity.html",
        lab=lab,
        agreement=agreement,
        steps=steps,
        overdue=overdue(steps),
        token=token,
        link=link,
    )


def _letter(lab: Lab, letter: Letter, link: EntityLink, token: str) -> Answer:
    if _ended(link) or letter.state is LetterState.ANSWERED:
        return _gone(lab, answered=letter)
    form = LetterAnswerForm()
    if not form.validate_on_submit():
        return form_page("followup/entity_letter.html", form, lab=lab, letter=letter)
    service.answer_letter(
        _acting(lab, link),
        letter,
        answer=LetterAnswer(form.answer.data),
        text=form.text.data,
        reference=form.reference.data,
        answered_on=today(),
    )
    to = url_for(".letter", slug=lab.slug, number=letter.thing.number)
    return edge.commit(to, said=_("The answer is published."))


@bp.route("/e/<token>/<int:number>", methods=["GET", "POST"])
def entity_step(token: str, number: int) -> Answer:
    """Say how far one step is."""
    link = queries.link_by_token(token) or abort(404)
    lab = _lab(link)
    step = queries.milestone(lab.id, number)
    if step is None or step.agreement_id != link.thing_id:
        abort(404)
    if _ended(link):
        return _gone(lab)
    form = DeclareForm(percent=step.declared)
    form.has_evidence = queries.has_evidence(step.id)
    if form.validate_on_submit():
        with form.refusals_beside("file", Unreadable):
            service.declare(
                _acting(lab, link),
                step,
                percent=form.percent.given,
                note=form.note.data,
                proof=proof(form),
                folder=folder(),
            )
            message = _("What you say is published. Others will go and look.")
            return edge.commit(url_for(".entity", token=token), said=message)
    return form_page("followup/declare.html", form, lab=lab, step=step, token=token)


def _lab(link: EntityLink) -> Lab:
    thing = db.session.get_one(Thing, link.thing_id)
    return db.session.get_one(Lab, thing.lab_id)


def _acting(lab: Lab, link: EntityLink) -> Acting[Lab]:
    """Return the entity that came by its link: nobody by name, and answerable for itself alone."""
    entity = Actor(None, frozenset({Role.RESPONSIBLE}), frozenset({link.organization_id}))
    return Acting(lab, entity, utcnow())


def _ended(link: EntityLink) -> bool:
    return link.revoked_at is not None or link.expires_at <= utcnow()


def _gone(lab: Lab, answered: Letter | None = None) -> Answer:
    return render_template("followup/entity_gone.html", lab=lab, letter=answered), 410
