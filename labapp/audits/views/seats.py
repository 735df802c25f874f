"""Pages by which members are seated and unseated, and say what they must of themselves."""

from flask import abort, g, url_for
from flask_babel import gettext as _

from labapp.accounts import queries as accounts
from labapp.accounts.models import Person
from labapp.audits import queries, service
from labapp.audits.forms import OwnSeatForm, SeatForm, TermForm, UnseatForm
from labapp.audits.models import Committee
from labapp.audits.queries import independence
from labapp.audits.views.lookups import bp, committee_or_404
from labapp.domain.policy import Act, Role
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.labs.views.question_page import question_page
from labapp.results.queries import winners
from labapp.web import edge
from labapp.web.form import form_page
from labapp.web.url_numbers import query_number


@bp.route("/labs/<slug>/committees/<int:number>/seat", methods=["GET", "POST"])
@gate(Act.COMMITTEE_SEAT)
def seat_new(lab: Lab, number: int) -> Answer:
    """Seat a neighbour, or somebody with an account."""
    committee, form = committee_or_404(lab, number), SeatForm()
    members = {grant.person_id: grant.person for grant in labs.people(lab.id, Role.MEMBER)}
    form.offer([(str(key), person.name) for key, person in members.items()])
    person = _who(form, members) if form.validate_on_submit() else None
    if person is None:
        return question_page(
            lab,
            form,
            heading=_("Who joins %(committee)s?", committee=committee.name),
            submit=_("Seat"),
            back=url_for(".committee", slug=lab.slug, number=number),
            lead=_chosen_by_vote(lab),
        )
    service.seat(
        g.acting,
        committee,
        person=person,
        consents=form.consents.data,
        declared_tie=form.declared_tie.data,
    )
    return _done(lab, committee, _("One more member."))


def _chosen_by_vote(lab: Lab) -> str:
    """Say whom the vote that led here chose: the paper has names, and a person is picked below."""
    number = query_number("from")
    names = winners.names(lab.id, number) if number is not None else ()
    if not names:
        return ""
    lead: str = _(
        "Chosen in vote %(number)s: %(names)s. Look below for each of them.",
        number=number,
        names=", ".join(names),
    )
    return lead


def _who(form: SeatForm, members: dict[int, Person]) -> Person | None:
    """Return who was meant; tell the form when nobody is."""
    if form.chosen():
        return members[int(form.chosen())]
    person = accounts.by_username(form.username.data) if form.username.data else None
    if person is None and form.username.data:
        form.username.errors = [_("Nobody signs in with that name.")]
    elif person is None:
        form.username.errors = [_("Choose a neighbour, or write the name they sign in with.")]
    return person


@bp.route(
    "/labs/<slug>/committees/<int:number>/seats/<int:person_id>/unseat", methods=["GET", "POST"]
)
@gate(Act.COMMITTEE_SEAT)
def seat_end(lab: Lab, number: int, person_id: int) -> Answer:
    """End a member's seat, with a reason."""
    committee, form = committee_or_404(lab, number), UnseatForm()
    row = queries.seat(committee.id, person_id) or abort(404)
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Free the seat of %(name)s", name=row.person.name),
            submit=_("Free the seat"),
            back=url_for(".committee", slug=lab.slug, number=number),
        )
    service.unseat(g.acting, committee, row, reason=form.reason.data)
    return _done(lab, committee, _("The seat is free."))


@bp.route("/labs/<slug>/committees/<int:number>/term", methods=["GET", "POST"])
@gate(Act.COMMITTEE_SEAT)
def committee_term(lab: Lab, number: int) -> Answer:
    """Say until when the members sit."""
    committee = committee_or_404(lab, number)
    form = TermForm(ends_on=committee.term_ends_on)
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Until when its members sit"),
            submit=_("Save"),
            back=url_for(".committee", slug=lab.slug, number=number),
            lead=_("After that day their seats end, and others are seated."),
        )
    service.set_term(g.acting, committee, ends_on=form.ends_on.data)
    return _done(lab, committee, _("Saved."))


@bp.route("/labs/<slug>/committees/<int:number>/my-seat", methods=["GET", "POST"])
@gate(Act.SEAT_KEEP)
def seat_own(lab: Lab, number: int) -> Answer:
    """Say whether my name is published; below, my ties."""
    committee = committee_or_404(lab, number)
    row = queries.seat(committee.id, g.actor.person_id) or abort(404)
    form = OwnSeatForm(consents=row.consents)
    if not form.validate_on_submit():
        return form_page(
            "audits/my_seat.html",
            form,
            lab=lab,
            committee=committee,
            ties=independence.ties(committee.id, g.actor.person_id, lab.id),
        )
    service.keep_seat(g.acting, committee, consents=form.consents.data)
    return _done(lab, committee, _("Saved."))


@bp.post("/labs/<slug>/committees/<int:number>/leave")
@gate(Act.SEAT_LEAVE)
def seat_leave(lab: Lab, number: int) -> Answer:
    """Give up my seat."""
    committee = committee_or_404(lab, number)
    service.leave_seat(g.acting, committee)
    return _done(lab, committee, _("You gave up your seat."))


def _done(lab: Lab, committee: Committee, said: str) -> Answer:
    to = url_for(".committee", slug=lab.slug, number=committee.thing.number)
    return edge.commit(to, said=said)
