"""Say that two lines of the list are one person, undo it, object to it; tell namesakes apart."""

from flask import abort, g, request, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer
from labapp.domain.policy import Act
from labapp.labs.forms.people import MarkForm, SameForm, describe
from labapp.labs.models import Lab, SamePerson
from labapp.labs.queries import joins, lines
from labapp.labs.queries.lines import ListedPerson
from labapp.labs.service import registering, same_person
from labapp.labs.views.blueprint import bp
from labapp.labs.views.gate import gate
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/<slug>/people/<int:number>/same", methods=["GET", "POST"])
@gate(Act.PEOPLE_JOIN)
def same(lab: Lab, number: int) -> Answer:
    """Choose who on the list is the same person as this one, and join the two."""
    person, form = _person_or_404(lab, number), SameForm()
    words = request.args.get("q", "").replace("\0", "").strip()[:80]
    near = lines.alike(person.name, lines.everybody(lab.id))
    near += lines.page(lab.id, words=words).rows if words else []
    others = {row.person_id: row for row in near if row.line_id != person.line_id}
    form.other.options = [(str(key), describe(row)) for key, row in others.items()]
    if form.validate_on_submit():
        with form.refusals_beside("other"):
            same_person.join(g.acting, one=number, two=int(form.other.data))
            message = _("They are one person now. It can be undone for a day.")
            return edge.commit(url_for(".people", slug=lab.slug), message)
    return form_page(
        "labs/same.html", form, lab=lab, person=person, whole=describe(person), q=words
    )


@bp.post("/labs/<slug>/people/joins/<int:number>/part")
@gate(Act.PEOPLE_PART)
def part(lab: Lab, number: int) -> Answer:
    """Undo a join."""
    same_person.separate(g.acting, _join_or_404(lab, number))
    return edge.commit(url_for(".people", slug=lab.slug), _("They are two people again."))


@bp.post("/labs/<slug>/people/joins/<int:number>/object")
@gate(Act.PEOPLE_OBJECT)
def object_to(lab: Lab, number: int) -> Answer:
    """Say that one is not the person whose line was joined with one's own."""
    row = _join_or_404(lab, number)
    same_person.object_to(g.acting, row)
    if row.undone_at is not None:
        message = _("You are two people again on the list of this lab.")
    else:
        message = _("Your objection is noted. You are parted as soon as the vote has ended.")
    return edge.commit(url_for(".join", slug=lab.slug), message)


@bp.post("/labs/<slug>/people/joins/<int:number>/agree")
@gate(Act.PEOPLE_AGREE)
def agree(lab: Lab, number: int) -> Answer:
    """Say that both lines of a join are one's own."""
    same_person.agree(g.acting, _join_or_404(lab, number))
    message = _("Your word is noted. It holds in every lab once both accounts have said so.")
    return edge.commit(url_for(".join", slug=lab.slug), message)


@bp.route("/labs/<slug>/people/<int:number>/mark", methods=["GET", "POST"])
@gate(Act.MEMBER_ADMIT)
def mark(lab: Lab, number: int) -> Answer:
    """Say by which sector or nickname somebody is told from a namesake."""
    person = _person_or_404(lab, number)
    form = MarkForm(data={"known_as": person.known_as})
    if form.validate_on_submit():
        with form.refusals_beside("known_as"):
            registering.tell_apart(g.acting, person_id=number, known_as=form.known_as.data)
            return edge.commit(url_for(".people", slug=lab.slug), _("It was saved."))
    return form_page("labs/mark.html", form, lab=lab, whole=describe(person))


def _person_or_404(lab: Lab, number: int) -> ListedPerson:
    return lines.lines_of(lab.id, [number]).get(number) or abort(404)


def _join_or_404(lab: Lab, number: int) -> SamePerson:
    return joins.join(lab.id, number) or abort(404)
