"""Pages of letters."""

from flask import abort, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act, Role, may
from labapp.followup import queries, service
from labapp.followup.forms import LetterAnswerForm, LetterForm, PaperAnswerForm
from labapp.followup.models import Letter, LetterAnswer
from labapp.followup.states import LetterState
from labapp.followup.views.lookups import bp, days, origin_code, origin_options, today
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.thread.queries import duties
from labapp.web import edge
from labapp.web.form import form_page
from labapp.web.url_numbers import query_number

_CARRIED = (Kind.PROPOSAL, Kind.CONTRIBUTION)


@bp.get("/labs/<slug>/letters/")
@gate(Act.LAB_VIEW)
def letters(lab: Lab) -> Answer:
    """List the letters of a lab, newest first."""
    page = queries.letters(lab.id, query_number("after"))
    owed = duties.of_things([row.id for row in page.rows], DutyKind.LETTER)
    return render_template(
        "followup/letters.html",
        lab=lab,
        letters=page.rows,
        owed=owed,
        late={key: duty.days_late(today()) for key, duty in owed.items()},
        after=page.next,
        may_send=bool(may(g.actor, Act.LETTER_SEND, lab.stage)),
    )


@bp.route("/labs/<slug>/letters/new", methods=["GET", "POST"])
@gate(Act.LETTER_SEND)
def letter_new(lab: Lab) -> Answer:
    """Record a letter handed in."""
    chosen = queries.source(lab.id, request.args.get("from", ""), _CARRIED)
    form = LetterForm(source=origin_code(chosen) if chosen else None)
    bodies = queries.organizations()
    form.source.options = origin_options([chosen] if chosen else queries.sources(lab.id, _CARRIED))
    form.organization.options = {str(body.id): body.name for body in bodies}
    if not form.validate_on_submit():
        return form_page(
            "followup/letter_new.html", form, lab=lab, chosen=chosen, term=days("LETTER_DAYS")
        )
    letter = service.send_letter(
        g.acting,
        service.LetterDraft(
            organization=next(b for b in bodies if str(b.id) == form.organization.data),
            reference=form.reference.data,
            text=form.text.data,
            presented_on=form.presented_on.given,
        ),
        source=queries.source(lab.id, form.source.data, _CARRIED) or abort(404),
        due_days=days("LETTER_DAYS"),
    )
    to = url_for(".letter", slug=lab.slug, number=letter.thing.number)
    return edge.commit(to, said=_("The letter is on the thread. Its term is running."))


@bp.get("/labs/<slug>/letters/<int:number>/")
@gate(Act.LAB_VIEW)
def letter(lab: Lab, number: int) -> Answer:
    """Show a letter, its answer or its silence."""
    letter = queries.letter(lab.id, number) or abort(404)
    waits = letter.state is LetterState.PRESENTED
    duty = duties.of_things([letter.id], DutyKind.LETTER).get(letter.id)
    return render_template(
        "followup/letter.html",
        lab=lab,
        letter=letter,
        parents=queries.parents([letter.id]),
        owed=duty,
        noted=duty.noted_on if duty and duty.noted_on != duty.met_on else None,
        late=duty.days_late(today()) if duty else 0,
        silent=(today() - letter.presented_on).days,
        term=(letter.due_on - letter.presented_on).days,
        may_answer=waits and _may_answer(lab, letter),
        may_link=waits and bool(may(g.actor, Act.LINK_ISSUE, lab.stage)),
        may_agree=letter.answer in (LetterAnswer.ACCEPTED, LetterAnswer.PARTLY)
        and bool(may(g.actor, Act.AGREEMENT_DRAFT, lab.stage)),
    )


def _may_answer(lab: Lab, letter: Letter) -> bool:
    if not may(g.actor, Act.LETTER_ANSWER, lab.stage):
        return False
    return bool(g.actor.writes_for(letter.organization_id))


@bp.route("/labs/<slug>/letters/<int:number>/answer", methods=["GET", "POST"])
@gate(Act.LETTER_ANSWER)
def letter_answer(lab: Lab, number: int) -> Answer:
    """Answer a letter, or copy its answer from paper."""
    letter = queries.letter(lab.id, number) or abort(404)
    form = PaperAnswerForm() if Role.FACILITATOR in g.actor.roles else LetterAnswerForm()
    if not form.validate_on_submit():
        return form_page("followup/letter_answer.html", form, lab=lab, letter=letter)
    on_paper = isinstance(form, PaperAnswerForm)
    service.answer_letter(
        g.acting,
        letter,
        answer=LetterAnswer(form.answer.data),
        text=form.text.data,
        reference=form.reference.data,
        answered_on=form.answered_on.given if on_paper else today(),
    )
    to = url_for(".letter", slug=lab.slug, number=number)
    return edge.commit(to, said=_("The answer is published."))
