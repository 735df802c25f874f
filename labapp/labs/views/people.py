"""Who takes part: the list of people, admit, give roles, end them, hand the lab over."""

from urllib.parse import quote

from flask import abort, g, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import Field

from labapp.accounts import queries as accounts
from labapp.accounts.views.gate import Answer
from labapp.domain.interests import SERVING
from labapp.domain.policy import Act, Role, may
from labapp.labs import queries, urls
from labapp.labs.forms import HandOverForm, JoinRefusalForm, LabRoleForm
from labapp.labs.forms.people import WhoForm
from labapp.labs.models import JoinRequest, Lab
from labapp.labs.queries import dismissals, identity, interests, joins, lines
from labapp.labs.service import members
from labapp.labs.views.blueprint import bp
from labapp.labs.views.gate import gate
from labapp.pagination import PAGE
from labapp.web import edge
from labapp.web.form import form_page
from labapp.web.url_numbers import query_number


@bp.get("/labs/<slug>/people")
@gate(Act.MEMBER_ADMIT)
def people(lab: Lab) -> Answer:
    """Show who asks to join, who has a part, and the list of people, or those looked for."""
    words = request.args.get("q", "").replace("\0", "").strip()[:80]
    page = lines.page(lab.id, words=words, after=query_number("after"))
    parts = queries.in_charge(lab.id)
    return render_template(
        "labs/people.html",
        lab=lab,
        asking=queries.waiting(lab.id, limit=PAGE),
        parts=parts,
        serving=SERVING,
        declared=interests.latest_of(lab.id, [part.person_id for part in parts]),
        people=page.rows,
        q=words,
        joins=[(row, joins.may_be_undone(row, g.acting.now)) for row in joins.latest_joins(lab.id)],
        count=queries.count_holding(lab.id, Role.MEMBER),
        next_url=f"{page.next_url}&q={quote(words)}" if page.next and words else page.next_url,
        dismissals=dismissals.latest(lab.id),
        gives=may(g.actor, Act.ROLE_GIVE, lab.stage),
    )


@bp.route("/labs/<slug>/people/requests/<int:number>/admit", methods=["GET", "POST"])
@gate(Act.MEMBER_ADMIT)
def admit(lab: Lab, number: int) -> Answer:
    """Admit who asks; where somebody on the list sounds alike, ask first who they are."""
    form, waiting = WhoForm(), _request_or_404(lab, number)
    name = waiting.person.name
    own = identity.line_numbers(lab.id, [waiting.person_id])
    form.offer(lines.alike(name, lines.everybody(lab.id), but=own))
    if form.validate_on_submit():
        who = form.newcomer(name)
        with form.refusals_beside("who" if "who" in form else "once"):
            members.admit(g.acting, waiting, who=who)
            message = _("%(name)s is a member of the lab now.", name=name)
            return edge.commit(url_for(".people", slug=lab.slug), message)
    return form_page("labs/admit.html", form, lab=lab, asked=waiting)


@bp.route("/labs/<slug>/people/requests/<int:number>/refuse", methods=["GET", "POST"])
@gate(Act.MEMBER_ADMIT)
def refuse(lab: Lab, number: int) -> Answer:
    """Say no to who asks, and why."""
    form, waiting = JoinRefusalForm(), _request_or_404(lab, number)
    if not form.validate_on_submit():
        return form_page("labs/refuse.html", form, lab=lab, asked=waiting)
    members.refuse(g.acting, waiting, reason=form.reason.data)
    return edge.commit(url_for(".people", slug=lab.slug), _("The person will read your reason."))


@bp.route("/labs/<slug>/people/give", methods=["GET", "POST"])
@gate(Act.ROLE_GIVE)
def give(lab: Lab) -> Answer:
    """Give a role to somebody with an account."""
    form = LabRoleForm()
    words = {role: _(role.label) for role in members.GIVEN}
    form.offer(words, [(str(row.id), row.name) for row in queries.organizations()])
    person_id = account_of(form.username) if form.validate_on_submit() else None
    if person_id is not None:
        with form.refusals_beside("username"):
            members.give(
                g.acting,
                person_id=person_id,
                role=Role(form.role.data),
                organization_id=int(form.organization.data) if form.organization.data else None,
                has=form.has(),
            )
            return edge.commit(url_for(".people", slug=lab.slug), _("The part is given."))
    return form_page("labs/give.html", form, lab=lab)


@bp.route("/labs/<slug>/people/hand-over", methods=["GET", "POST"])
@gate(Act.ROLE_GIVE)
def hand_over(lab: Lab) -> Answer:
    """Leave the lab in another's hands."""
    form = HandOverForm()
    person_id = account_of(form.username) if form.validate_on_submit() else None
    if person_id is not None:
        with form.refusals_beside("username"):
            members.hand_over(g.acting, person_id=person_id, has=form.has())
            message = _("The lab is in other hands now. Thank you.")
            return edge.commit(urls.page(lab.slug), message)
    return form_page("labs/hand_over.html", form, lab=lab)


def _request_or_404(lab: Lab, number: int) -> JoinRequest:
    return queries.request(lab.id, number) or abort(404)


def account_of(field: Field) -> int | None:
    """Return who signs in with the name typed; tell the form when nobody does."""
    person = accounts.by_username(field.data)
    if person is None:
        field.errors = [_("Nobody signs in with that name. Look at how it is written.")]
        return None
    return person.id
