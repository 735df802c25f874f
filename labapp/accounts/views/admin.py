"""The people of the site, their global roles, and who may do what."""

from flask import Blueprint, abort, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp.accounts import queries
from labapp.accounts.forms import GlobalRoleForm
from labapp.accounts.models import Person
from labapp.accounts.service import roles as role_service
from labapp.accounts.views.gate import Answer, site_gate
from labapp.domain.acts import Heading, acts_under
from labapp.domain.policy import Act, Role, may
from labapp.domain.roles import LACKING
from labapp.domain.stage import ALIVE, ALL, OPEN, Stage
from labapp.web import edge
from labapp.web.form import UNPROCESSABLE
from labapp.web.url_numbers import query_number

bp = Blueprint("people", __name__)


@bp.get("/admin/people/")
@site_gate(Act.ROLE_GRANT)
def index() -> Answer:
    """List people with an account, by number, or those a name finds."""
    text = request.args.get("q", "").replace("\0", "").strip()[:80]
    page = queries.people(text, after=query_number("after"))
    more = url_for(".index", q=text or None, after=page.next) if page.next else None
    roles = queries.roles_of([person.id for person in page.rows])
    return render_template("accounts/people.html", rows=page.rows, roles=roles, q=text, more=more)


@bp.get("/admin/people/<int:person_id>/")
@site_gate(Act.ROLE_GRANT)
def person(person_id: int) -> Answer:
    """Show a person's roles on the site, with what may be done about them."""
    somebody = _person(person_id)
    mine = role_service.may_grant(g.actor)
    roles_now = queries.global_roles(somebody.id)
    form = GlobalRoleForm()
    form.role.options = [(r.value, _(r.label)) for r in Role if r in mine - roles_now]
    return render_template(
        "accounts/person.html",
        person=somebody,
        held=[role for role in Role if role in roles_now],
        mine=mine,
        form=form,
        may_recover=bool(may(g.actor, Act.RECOVERY_MAKE)),
        is_hidden=somebody.is_unnamed,
    )


@bp.post("/admin/people/<int:person_id>/grant")
@site_gate(Act.ROLE_GRANT)
def grant(person_id: int) -> Answer:
    """Give a role on the whole site."""
    somebody = _person(person_id)
    role_service.grant_global(g.acting, somebody.id, _role())
    return edge.commit(url_for(".person", person_id=somebody.id), _("The role was given."))


@bp.post("/admin/people/<int:person_id>/end")
@site_gate(Act.ROLE_GRANT)
def end(person_id: int) -> Answer:
    """End a role on the whole site."""
    somebody = _person(person_id)
    role_service.end_global(g.acting, somebody.id, _role())
    return edge.commit(url_for(".person", person_id=somebody.id), _("The role was ended."))


@bp.post("/admin/people/<int:person_id>/name")
@site_gate(Act.NAME_HIDE)
def name(person_id: int) -> Answer:
    """Take the name from public pages, or show it again."""
    somebody, hidden = _person(person_id), request.form.get("hidden") == "yes"
    role_service.hide_name(g.acting, somebody.id, hidden=hidden)
    said = _("The public no longer reads that name.") if hidden else _("The name is public again.")
    return edge.commit(url_for(".person", person_id=somebody.id), said)


@bp.post("/admin/people/<int:person_id>/recovery")
@site_gate(Act.RECOVERY_MAKE)
def recovery(person_id: int) -> Answer:
    """Make a link by which the person chooses a new password, and show it once."""
    somebody = _person(person_id)
    token = role_service.make_recovery(g.acting, somebody.id)
    link = url_for("accounts.recover", token=token, _external=True)
    message = _("Give this link to %(name)s. It works once, for 24 hours:", name=somebody.name)
    return edge.commit(url_for(".person", person_id=somebody.id), f"{message} {link}")


@bp.get("/who-may-do-what")
@site_gate(Act.SITE_VIEW)
def rules() -> Answer:
    """Print the table that is enforced."""
    return render_template(
        "accounts/rules.html",
        groups=[(heading, acts_under(heading)) for heading in Heading],
        lacking=LACKING,
        when=_when,
        roles=Role,
    )


def _when(stages: frozenset[Stage] | None) -> str:
    """Say at which stages of a lab an act may be done; "" for acts of no lab."""
    if stages is None:
        return ""
    if stages in (ALL, OPEN, ALIVE):
        whole = {ALL: _("always"), OPEN: _("while the lab is open"), ALIVE: _("until it closes")}
        return str(whole[stages])
    if stages == ALL - {Stage.CANCELLED}:
        return str(_("always, unless it was cancelled"))
    return ", ".join(_(stage.official) for stage in Stage if stage in stages)


def _person(person_id: int) -> Person:
    return queries.with_account(person_id) or abort(404)


def _role() -> Role:
    """Return the role named in the form; one that is not of the site is a mistake of the page."""
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        abort(UNPROCESSABLE)
