"""Ask to join a lab."""

from flask import g, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer
from labapp.domain.policy import Act, Role
from labapp.labs import queries
from labapp.labs.forms import JoinForm
from labapp.labs.models import Lab
from labapp.labs.queries import dismissals, identity, joins
from labapp.labs.service import members
from labapp.labs.views.blueprint import bp
from labapp.labs.views.gate import gate
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/<slug>/join", methods=["GET", "POST"])
@gate(Act.MEMBER_ASK)
def join(lab: Lab) -> Answer:
    """Ask to join, and see what was answered."""
    form, asked = JoinForm(), queries.request_of(lab.id, g.actor.person_id)
    if not form.validate_on_submit():
        return form_page(
            "labs/join.html",
            form,
            lab=lab,
            asked=asked,
            is_waiting=asked is not None and asked.decided_at is None,
            is_member=Role.MEMBER in g.actor.roles,
            line=identity.line(lab.id, g.actor.person_id),
            dismissal=dismissals.of_person(lab.id, g.actor.person_id),
            parted=joins.last_parting(lab.id, g.actor.person_id),
            joins=[
                (row, row.joined_at + joins.DAY, joins.may_be_undone(row, g.acting.now))
                for row in joins.joins_of_person(lab.id, g.actor.person_id)
            ],
        )
    members.ask(g.acting, words=form.words.data)
    return edge.commit(url_for(".join", slug=lab.slug), _("Your request was sent."))
