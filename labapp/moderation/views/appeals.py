"""The page of one removal: why, for whoever wrote it; the appeal, and what ANTAI answers."""

from flask import abort, current_app, g, render_template, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer, site_gate
from labapp.domain.policy import Act, may
from labapp.labs.models import Lab
from labapp.labs.views.gate import enter, gate
from labapp.moderation import queries
from labapp.moderation.forms import AppealForm, RulingForm
from labapp.moderation.models import Removal
from labapp.moderation.service import appeals
from labapp.moderation.views.decisions import removal_or_404
from labapp.moderation.views.log import bp
from labapp.thread import queries as thread
from labapp.web import edge
from labapp.web.form import ask_again, form_page
from labapp.web.readers import Reader


@bp.get("/labs/<slug>/removals/<int:removal_id>/")
@gate(Act.LAB_VIEW)
def show(lab: Lab, removal_id: int) -> Answer:
    """Show one removal: its reason to everybody, its words to the author and the desk."""
    return _shown(lab, removal_or_404(lab, removal_id))


@bp.get("/c/<code>/removals/<int:removal_id>/")
@site_gate(Act.SITE_VIEW)
def show_by_code(code: str, removal_id: int) -> Answer:
    """Show a removal to whoever holds the code of its thing."""
    lab, removal = _by_code(code, removal_id)
    return _shown(lab, removal, code=code)


@bp.route("/labs/<slug>/removals/<int:removal_id>/appeal", methods=["GET", "POST"])
@gate(Act.REMOVAL_APPEAL)
def appeal(lab: Lab, removal_id: int) -> Answer:
    """Appeal to ANTAI."""
    return _appeal(lab, removal_or_404(lab, removal_id))


@bp.route("/c/<code>/removals/<int:removal_id>/appeal", methods=["GET", "POST"])
@site_gate(Act.REMOVAL_APPEAL)
def appeal_by_code(code: str, removal_id: int) -> Answer:
    """Appeal to ANTAI with the code of what was taken away."""
    lab, removal = _by_code(code, removal_id)
    return _appeal(lab, removal, code=code)


@bp.post("/labs/<slug>/removals/<int:removal_id>/rule")
@gate(Act.REMOVAL_RULE)
def rule(lab: Lab, removal_id: int) -> Answer:
    """Hear an appeal."""
    removal, form = removal_or_404(lab, removal_id), RulingForm()
    if not form.validate_on_submit():
        return _shown(lab, removal, ruling=form)
    upheld = form.upheld.data == "yes"
    appeals.rule(g.acting, removal=removal, upheld=upheld, words=form.words.data)
    done = _("It stays taken away.") if upheld else _("It is back, as it was.")
    return edge.commit(_page(lab, removal), done)


def _by_code(code: str, removal_id: int) -> tuple[Lab, Removal]:
    row = thread.by_code(code[:60]) or abort(404)
    lab = enter(row[1].slug)
    removal = removal_or_404(lab, removal_id)
    return (lab, removal) if removal.thing_id == row[0].id else abort(404)


def _appeal(lab: Lab, removal: Removal, code: str = "") -> Answer:
    form = AppealForm()
    if not form.validate_on_submit():
        return form_page(
            "moderation/appeal.html",
            form,
            lab=lab,
            removal=removal,
            here=_page(lab, removal, code),
            days=current_app.config["APPEAL_DAYS"],
            may_appeal=queries.may_appeal(g.actor, removal, by_code=bool(code)),
        )
    appeals.appeal(
        g.acting,
        removal=removal,
        words=form.words.data,
        days=current_app.config["APPEAL_DAYS"],
        by_code=bool(code),
    )
    return edge.commit(
        _page(lab, removal, code), _("Sent to ANTAI: somebody who did not decide it reads it.")
    )


def _shown(
    lab: Lab, removal: Removal, *, code: str = "", ruling: RulingForm | None = None
) -> Answer:
    actor, by_code = g.actor, bool(code)
    reads = queries.reads_words(actor, removal, by_code=by_code)
    own_side = removal.role in actor.roles and bool(may(actor, Act.REMOVAL_RETURN))
    may_rule = queries.may_rule(actor, removal) and bool(may(actor, Act.REMOVAL_RULE))
    hears = may_rule and removal.awaits_ruling
    form = ruling or (RulingForm(formdata=None) if hears else None)
    if form is not None and queries.is_anybodys(removal.thing):
        form.reader = Reader.EVERYBODY
    page = render_template(
        "moderation/show.html",
        # Only whoever answers is given a form: the page of anybody else marks nobody.
        form=form,
        lab=lab,
        removal=removal,
        code=code,
        here=_page(lab, removal),
        appeal=_page(lab, removal, code) + "appeal",
        reads=reads,
        sent=queries.sent_texts(removal) if reads else (),
        photo=removal.file_id is not None and bool(may(actor, Act.REMOVAL_DECIDE)),
        anybodys=queries.is_anybodys(removal.thing),
        may_appeal=queries.may_appeal(actor, removal, by_code=by_code),
        may_rule=hears,
        may_confirm=queries.may_confirm(actor, removal),
        may_put_back=own_side and queries.may_put_back(removal),
    )
    return ask_again(page) if ruling else page


def _page(lab: Lab, removal: Removal, code: str = "") -> str:
    if code:
        return url_for(".show_by_code", code=code, removal_id=removal.id)
    return url_for(".show", slug=lab.slug, removal_id=removal.id)
