"""Declare what keeps one from serving a lab; name who facilitates one that nobody facilitates."""

from flask import g, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer
from labapp.domain.interests import Interest
from labapp.domain.policy import Act
from labapp.labs import urls
from labapp.labs.forms import HandOverForm
from labapp.labs.forms.interests import OwnInterestsForm
from labapp.labs.models import Lab
from labapp.labs.queries import interests as declared
from labapp.labs.service import interests, members
from labapp.labs.views.blueprint import bp
from labapp.labs.views.gate import gate
from labapp.labs.views.people import account_of
from labapp.labs.views.question_page import question_page
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/<slug>/declaration", methods=["GET", "POST"])
@gate(Act.INTEREST_DECLARE)
def declaration(lab: Lab) -> Answer:
    """Declare, of oneself, what keeps one from serving this lab."""
    form, person_id = OwnInterestsForm(), g.actor.person_id
    if not form.validate_on_submit():
        return form_page(
            "labs/declaration.html",
            form,
            lab=lab,
            bodies=declared.debtors_called(lab.id),
            before=declared.declarations(lab.id, person_id),
            serves=declared.serving(lab.id, [person_id]),
        )
    has = form.has() or frozenset[Interest]()
    interests.declare(g.acting, has=has)
    message = _("Your declaration is kept. You may serve this lab.")
    if has:
        message = _("Your declaration is kept. You do not serve this lab while it is so.")
    return edge.commit(url_for(".declaration", slug=lab.slug), message)


@bp.route("/labs/<slug>/people/entrust", methods=["GET", "POST"])
@gate(Act.LAB_ENTRUST)
def entrust(lab: Lab) -> Answer:
    """Name who facilitates a lab that nobody facilitates."""
    form = HandOverForm()
    person_id = account_of(form.username) if form.validate_on_submit() else None
    if person_id is not None:
        with form.refusals_beside("username"):
            members.entrust(g.acting, person_id=person_id, has=form.has())
            return edge.commit(urls.page(lab.slug), _("The lab has a facilitator now."))
    return question_page(
        lab,
        form,
        heading=_("Who facilitates from now on?"),
        submit=_("Name this facilitator"),
        back=urls.page(lab.slug),
        lead=_("Nobody facilitates this lab: the last one left, or declared what keeps from it."),
    )
