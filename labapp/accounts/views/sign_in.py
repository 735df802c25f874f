"""Open an account, sign in and out, and choose a password by a link."""

from flask import Blueprint, abort, flash, redirect, request, session, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from labapp.accounts import service
from labapp.accounts.forms import LANGUAGES, RecoverForm, SignInForm, SignUpForm
from labapp.accounts.models import Person
from labapp.accounts.service import roles
from labapp.accounts.views import sign_in_session
from labapp.accounts.views.gate import Answer, here, may_here, site_gate
from labapp.db import db, utcnow
from labapp.domain.policy import Act
from labapp.extensions import limiter, login
from labapp.record.acting import Acting
from labapp.web import edge, locale
from labapp.web.form import form_page
from labapp.web.safe_redirect import local_path

bp = Blueprint("accounts", __name__)
bp.add_app_template_global(may_here, "may_here")


@bp.route("/sign-up", methods=["GET", "POST"])
@limiter.limit("60/hour", methods=["POST"])
@site_gate(Act.ACCOUNT_OPEN)
def sign_up() -> Answer:
    """Open an account and sign this browser in."""
    form = SignUpForm()
    if form.validate_on_submit():
        with form.refusals_beside("password"):
            person = service.open_account(
                Acting(None, here(), utcnow()),
                name=form.name.data,
                username=form.username.data,
                password=form.password.data,
                email=form.email.data,
                lang=_language(),
            )
            sign_in_session.begin(person)
            return edge.commit(_next(), _("Your account is open, and you are signed in."))
    return form_page("accounts/sign_up.html", form, next=_next())


@bp.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("60/minute", methods=["POST"])
@site_gate(Act.ACCOUNT_OPEN)
def sign_in() -> Answer:
    """Sign this browser in. An unknown name and a wrong password get the same answer."""
    form, now = SignInForm(), utcnow()
    if form.validate_on_submit():
        person = service.check_password(form.username.data, form.password.data, now=now)
        if person is not None:
            return _begin(person)
        waiting = service.is_waiting(form.username.data, now=now)
        db.session.commit()
        form.password.errors = [
            _("Too many attempts with this name. Wait fifteen minutes and try again.")
            if waiting
            else _("The username or the password is not right.")
        ]
    elif not form.is_submitted() and sign_in_session.person_id() is not None:
        return redirect(_next())
    return form_page("accounts/sign_in.html", form, next=_next())


@bp.post("/sign-out")
@site_gate(Act.ACCOUNT_OPEN)
def sign_out() -> Answer:
    """Sign this browser out."""
    sign_in_session.end()
    db.session.commit()
    flash(_("You signed out."))
    return redirect("/")


@bp.route("/recover/<token>", methods=["GET", "POST"])
@limiter.limit("30/minute")
@site_gate(Act.ACCOUNT_OPEN)
def recover(token: str) -> Answer:
    """Choose a new password by a link that works once."""
    form, now = RecoverForm(), utcnow()
    person = roles.recovering(token, now=now)
    if person is None:
        abort(404)
    if form.validate_on_submit():
        with form.refusals_beside("new"):
            roles.use_recovery(token, password=form.new.data, now=now)
            session.clear()
            message = _("Your password was changed. Sign in with it.")
            return edge.commit(url_for(".sign_in"), message)
    return form_page("accounts/recover.html", form, person=person)


@login.unauthorized_handler  # type: ignore[untyped-decorator]
def _ask_to_sign_in() -> Response:
    """Send a visitor to sign in, and from there back to a page that can be read."""
    asked = request.full_path.rstrip("?") if request.method == "GET" else request.referrer or ""
    return redirect(url_for("accounts.sign_in", next=local_path(asked, request.host)))


def _begin(person: Person) -> Response:
    to = _next()
    sign_in_session.begin(person)
    db.session.commit()
    answer = redirect(to)
    if locale.COOKIE not in request.cookies and person.lang in LANGUAGES:
        locale.remember(answer, person.lang)
    return answer


def _next() -> str:
    return local_path(request.values.get("next", ""), request.host)


def _language() -> str:
    locale = get_locale()
    return locale.language if locale is not None else "es"
