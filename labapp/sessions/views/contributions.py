"""The facilitator's pages that put right what was said: correct, divide, join, withdraw."""

from flask import abort, g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.domain.contribution import ContributionState
from labapp.domain.errors import Conflict
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.moderation.views import notice
from labapp.sessions import queries
from labapp.sessions.forms import CorrectionForm, DivisionForm, JoiningForm, WithdrawalForm
from labapp.sessions.models import Contribution
from labapp.sessions.service import contributions, joining
from labapp.sessions.views.public import bp
from labapp.web import edge
from labapp.web.form import Form, form_page

_ONE = "/labs/<slug>/contributions/<int:number>"


@bp.route(f"{_ONE}/edit", methods=["GET", "POST"])
@gate(Act.CONTRIBUTION_EDIT)
def edit(lab: Lab, number: int) -> Answer:
    """Correct what was typed; what somebody else wrote meanwhile is shown beside it."""
    said = _said(lab, number)
    form = CorrectionForm(version=said.version, text=said.text)
    if form.validate_on_submit():
        with form.refusals_beside("text"):
            contributions.edit(
                g.acting,
                contribution=said,
                base=form.version.data or 0,
                text=form.text.data,
                why=form.why.data,
            )
            return edge.commit(_page(lab, number), said=_("The words are corrected."))
    return _asked("sessions/correct.html", lab, said, form)


@bp.route(f"{_ONE}/divide", methods=["GET", "POST"])
@gate(Act.CONTRIBUTION_DIVIDE)
def divide(lab: Lab, number: int) -> Answer:
    """Make of one contribution several, one a line."""
    said = _said(lab, number)
    form = DivisionForm(version=said.version, parts=said.text)
    if form.validate_on_submit():
        with form.refusals_beside("parts"):
            parts = contributions.divide(
                g.acting, contribution=said, base=form.version.data or 0, lines=form.lines()
            )
            message = ngettext(
                "Divided: there is %(num)d new contribution.",
                "Divided: there are %(num)d new contributions.",
                len(parts),
            )
            return edge.commit(_page(lab, number), said=message)
    return _asked("sessions/divide.html", lab, said, form)


@bp.route(f"{_ONE}/join", methods=["GET", "POST"])
@gate(Act.CONTRIBUTION_JOIN)
def join(lab: Lab, number: int) -> Answer:
    """Join others that say the same with this one, which stays."""
    said = _said(lab, number)
    form = JoiningForm()
    if form.validate_on_submit():
        others = queries.with_numbers(lab.id, form.listed())
        if len(others) < len(form.listed()):
            form.refuse_unknown({other.thing.number or 0 for other in others})
            return _asked("sessions/join.html", lab, said, form)
        with form.refusals_beside("numbers"):
            joining.join(g.acting, joined=others, into=said, why=form.why.data)
            return edge.commit(_page(lab, number), said=_("They are joined with this one."))
    return _asked("sessions/join.html", lab, said, form)


@bp.post(f"{_ONE}/separate")
@gate(Act.CONTRIBUTION_SEPARATE)
def separate(lab: Lab, number: int) -> Answer:
    """Separate it from the one it was joined with."""
    joining.separate(g.acting, contribution=_said(lab, number))
    return edge.commit(_page(lab, number), said=_("It is separated, and owed its own answer."))


@bp.route(f"{_ONE}/withdraw", methods=["GET", "POST"])
@gate(Act.CONTRIBUTION_WITHDRAW)
def withdraw(lab: Lab, number: int) -> Answer:
    """Take it away because whoever said it asks so."""
    said = _said(lab, number)
    form = WithdrawalForm()
    if form.validate_on_submit():
        with form.refusals_beside("asked"):
            words = notice.of_withdrawal(said.thing, g.acting.now)
            contributions.withdraw(g.acting, contribution=said, notice=words)
            return edge.commit(_page(lab, number), said=_("Its words were taken away."))
    return _asked("sessions/withdraw.html", lab, said, form)


def _said(lab: Lab, number: int) -> Contribution:
    row = queries.contribution(lab.id, number) or abort(404)
    if row.state is ContributionState.WITHDRAWN:
        raise Conflict(row.state.refusal)
    return row


def _page(lab: Lab, number: int) -> str:
    return url_for("sessions.contribution", slug=lab.slug, number=number)


def _asked(template: str, lab: Lab, said: Contribution, form: Form) -> tuple[str, int]:
    return form_page(template, form, lab=lab, said=said)
