"""The pages of one's own account: name, password, devices, leaving."""

from flask import Blueprint, abort, g, session, url_for
from flask_babel import gettext as _

from labapp.accounts import queries, service, user_agent
from labapp.accounts.forms import KeepForm, LeaveForm, PasswordForm
from labapp.accounts.views import sign_in_session
from labapp.accounts.views.gate import Answer, site_gate
from labapp.db import db
from labapp.domain.errors import Denied
from labapp.domain.policy import Act
from labapp.domain.token_hash import hash_token
from labapp.web import edge, locale
from labapp.web.fields import Secret
from labapp.web.form import form_page

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.route("/", methods=["GET", "POST"])
@site_gate(Act.ACCOUNT_KEEP)
def keep() -> Answer:
    """Show and change one's name and language; list the devices signed in."""
    person = queries.with_account(g.actor.person_id) or abort(404)
    form = KeepForm(obj=person)
    if form.validate_on_submit():
        service.edit(g.acting, name=form.name.data, lang=form.lang.data)
        answer = edge.commit(url_for(".keep"), _("It was saved."))
        locale.remember(answer, form.lang.data)
        return answer
    return form_page(
        "accounts/account.html",
        form,
        person=person,
        roles=sorted(queries.global_roles(person.id)),
        devices=queries.devices(person.id, sign_in_session.oldest()),
        words=user_agent.words,
        this=_this_device(),
    )


@bp.route("/password", methods=["GET", "POST"])
@site_gate(Act.ACCOUNT_KEEP)
def password() -> Answer:
    """Choose another password; every other device is signed out."""
    form = PasswordForm()
    if form.validate_on_submit():
        with form.refusals_beside("new"):
            done = service.change_password(
                g.acting, old=form.old.data, new=form.new.data, keep_token_hash=_this_device()
            )
            if done:
                message = _("Your password was changed. Your other devices were signed out.")
                return edge.commit(url_for(".keep"), message)
            _wrong(form.old)
    return form_page("accounts/password.html", form)


@bp.post("/devices/<int:sign_in_id>/end")
@site_gate(Act.ACCOUNT_KEEP)
def end_device(sign_in_id: int) -> Answer:
    """Sign one of one's devices out."""
    if not service.end_device(g.acting, sign_in_id):
        abort(404)
    return edge.commit(url_for(".keep"), _("That device was signed out."))


@bp.route("/delete", methods=["GET", "POST"])
@site_gate(Act.ACCOUNT_KEEP)
def leave() -> Answer:
    """Delete one's account."""
    form = LeaveForm()
    if form.validate_on_submit():
        with form.refusals_beside("password", Denied):
            done = service.delete(
                g.acting, password=form.password.data, left_as=_("Deleted account")
            )
            if done:
                session.clear()
                return edge.commit("/", _("Your account was deleted."))
            _wrong(form.password)
    return form_page("accounts/leave.html", form)


def _this_device() -> str:
    return hash_token(str(session.get("_user_id", "")))


def _wrong(field: Secret) -> None:
    """Count the failure and say it."""
    db.session.commit()
    field.errors = [_("That is not your password.")]
