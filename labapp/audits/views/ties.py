"""Pages by which a member declares a tie, and says that it is over."""

from flask import abort, g, url_for
from flask_babel import gettext as _

from labapp.audits import queries, service
from labapp.audits.forms import TieForm
from labapp.audits.queries import independence
from labapp.audits.views.lookups import bp, committee_or_404
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.labs.views.question_page import question_page
from labapp.web import edge

#: The choice of a tie with the whole work.
_WHOLE = "whole"


@bp.route("/labs/<slug>/committees/<int:number>/ties/new", methods=["GET", "POST"])
@gate(Act.TIE_DECLARE)
def tie_new(lab: Lab, number: int) -> Answer:
    """Declare a tie with the whole work, or with one of its steps."""
    committee, form = committee_or_404(lab, number), TieForm()
    if queries.seat(committee.id, g.actor.person_id) is None:
        abort(404)
    steps = {str(step.thing.number): step for step in queries.steps(committee.work)}
    form.step.options = {
        _WHOLE: _("With the whole work"),
        **{
            key: _("Step %(position)s: %(step)s", position=step.position, step=step.title)
            for key, step in steps.items()
        },
    }
    to = url_for(".seat_own", slug=lab.slug, number=number)
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Declare a tie"),
            submit=_("Declare it"),
            back=to,
            lead=_("Everybody reads that there is one and since when; not with whom."),
        )
    service.declare_tie(g.acting, committee, step=steps.get(form.step.data), words=form.words.data)
    return edge.commit(to, said=_("Your tie is declared."))


@bp.post("/labs/<slug>/committees/<int:number>/ties/<int:tie>/end")
@gate(Act.TIE_END)
def tie_end(lab: Lab, number: int, tie: int) -> Answer:
    """Say that a tie of mine is over."""
    committee = committee_or_404(lab, number)
    own = independence.ties(committee.id, g.actor.person_id, lab.id)
    row = next((one for one in own if one.id == tie), None) or abort(404)
    service.end_tie(g.acting, committee, row)
    to = url_for(".seat_own", slug=lab.slug, number=number)
    return edge.commit(
        to, said=_("The tie is over. It still counts for what was there until today.")
    )
