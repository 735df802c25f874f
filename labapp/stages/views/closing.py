"""Pages of closing with things owed: asked by the lab, decided by ANTAI, read by everybody."""

from datetime import date
from itertools import groupby

from flask import abort, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.accounts.views.gate import Answer
from labapp.db import utcnow
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, may
from labapp.domain.workflow import CLOSING
from labapp.followup import queries as followup
from labapp.labs import urls
from labapp.labs.models import Lab
from labapp.labs.views.gate import gate
from labapp.stages import debts, queries
from labapp.stages.forms import CloseForm, OwnReasonForm, RefuseCloseForm
from labapp.stages.models import ClosingRequest
from labapp.stages.service import closing
from labapp.stages.views.blueprint import bp
from labapp.stages.views.debt_text import debt_texts, name_debt
from labapp.web import edge
from labapp.web.form import form_page
from labapp.web.formatting import day
from labapp.web.list_row import Row

_SENTENCES = {need.key: need.sentence for need in CLOSING}


@bp.route("/labs/<slug>/stages/close", methods=["GET", "POST"])
@gate(Act.CLOSE_ASK)
def close(lab: Lab) -> Answer:
    """Ask to close "con pendientes": all that is owed is listed; why is asked once, or by class."""
    if queries.waiting_request(lab.id) is not None:
        return redirect(url_for(".show_debts", slug=lab.slug))
    form = CloseForm()
    owed = debts.gather(lab)
    places = followup.step_places([debt.thing.id for debt in owed if debt.thing])
    classes = [
        {
            "sentence": _SENTENCES[need],
            "form": OwnReasonForm(prefix=need),
            "debts": [
                (name_debt(need, debt.thing, places), _(debt.owed_by), debt.due_on)
                for debt in together
            ],
            "key": need,
        }
        for need, together in groupby(owed, key=lambda debt: debt.need)
    ]
    own = {str(one["key"]): one["form"] for one in classes}
    # Each form is read, so that every mistake shows at once.
    sound = [one.validate() for one in own.values()] if form.is_submitted() else [False]
    if not form.validate_on_submit() or not all(sound):
        return form_page("stages/close.html", form, lab=lab, classes=classes, count=len(owed))
    closing.ask(
        g.acting,
        reason=form.reason.data,
        own={key: one.reason.data for key, one in own.items()},
    )
    message = ngettext(
        "It is asked, in public: %(num)d thing is owed. ANTAI must agree.",
        "It is asked, in public: %(num)d things are owed. ANTAI must agree.",
        len(owed),
    )
    return edge.commit(url_for(".show_debts", slug=lab.slug), message)


@bp.get("/labs/<slug>/debts/")
@gate(Act.LAB_VIEW)
def show_debts(lab: Lab) -> Answer:
    """Show what is asked now, and what stayed owed at each close, with what was paid since."""
    today = local_day(utcnow())
    request = queries.waiting_request(lab.id)
    closes = [
        {"at": at, "rows": debt_texts(lab, list(rows), today)}
        for at, rows in groupby(queries.all_closing_debts(lab.id), key=lambda row: row[0].closed_at)
    ]
    return render_template(
        "stages/debts.html",
        lab=lab,
        request=request,
        asked=debt_texts(lab, queries.asked_debts(request.id), today) if request else [],
        refused=queries.last_refused(lab.id) if request is None else None,
        closes=closes,
        may_withdraw=request is not None and bool(may(g.actor, Act.CLOSE_WITHDRAW, lab.stage)),
        may_sign=request is not None and bool(may(g.actor, Act.CLOSE_SIGN, lab.stage)),
    )


@bp.post("/labs/<slug>/debts/withdraw")
@gate(Act.CLOSE_WITHDRAW)
def withdraw(lab: Lab) -> Answer:
    """Take back what was asked."""
    closing.withdraw(g.acting, _request_or_404(lab))
    return edge.commit(url_for(".show", slug=lab.slug), _("It is not asked any more."))


@bp.post("/labs/<slug>/debts/agree")
@gate(Act.CLOSE_SIGN)
def agree(lab: Lab) -> Answer:
    """Agree for ANTAI: the lab closes now."""
    closing.agree(g.acting, _request_or_404(lab))
    return edge.commit(urls.page(lab.slug), _("The lab is closed, with what stays owed in public."))


@bp.route("/labs/<slug>/debts/refuse", methods=["GET", "POST"])
@gate(Act.CLOSE_SIGN)
def refuse(lab: Lab) -> Answer:
    """Refuse for ANTAI, with a reason: the lab stays open."""
    request, form = _request_or_404(lab), RefuseCloseForm()
    if not form.validate_on_submit():
        return form_page("stages/refuse.html", form, lab=lab)
    closing.refuse(g.acting, request, reason=form.reason.data)
    return edge.commit(url_for(".show_debts", slug=lab.slug), _("The lab stays open."))


def desk_rows(after: int | None, limit: int, _today: date) -> list[tuple[int, Row]]:
    """Return the labs that ask to close with things owed, as rows of ANTAI's desk."""
    return [
        (
            request.id,
            Row(
                url_for("stages.show_debts", slug=lab.slug),
                lab.name,
                ngettext(
                    "%(num)d thing owed · asked %(when)s",
                    "%(num)d things owed · asked %(when)s",
                    count,
                    when=day(request.asked_at),
                ),
            ),
        )
        for request, lab, count in queries.waiting_in_all(after, limit)
    ]


def _request_or_404(lab: Lab) -> ClosingRequest:
    return queries.waiting_request(lab.id) or abort(404)
