"""What a facilitator does with a vote that ends: close, publish."""

from flask import abort, g
from flask_babel import gettext as _

from labapp.db import utcnow
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.results import service, tasks
from labapp.results.forms import DrawForm
from labapp.results.tasks import shuffle
from labapp.results.tasks.documents import print_act
from labapp.results.views.blueprint import bp
from labapp.thread import urls
from labapp.voting import queries
from labapp.web import edge
from labapp.web.form import form_page


@bp.post("/labs/<slug>/votes/<int:number>/close")
@gate(Act.VOTE_CLOSE)
def close(lab: Lab, number: int) -> Answer:
    """Close a vote, shuffle its ballot box and count it."""
    vote, now = queries.by_number(lab.id, number) or abort(404), utcnow()
    there, vote_id = urls.page(Kind.VOTE, number, lab=lab.slug), vote.id
    service.close(g.acting, vote)
    answer = edge.commit(there, said=_("The vote is closed."))
    if tasks.shut(vote_id, now):
        print_act(vote_id, now)
    return answer


@bp.route("/labs/<slug>/votes/<int:number>/publish", methods=["GET", "POST"])
@gate(Act.VOTE_PUBLISH)
def publish(lab: Lab, number: int) -> Answer:
    """Write what the draw gave, and publish the count."""
    vote, form = queries.by_number(lab.id, number) or abort(404), DrawForm()
    if not form.validate_on_submit():
        return form_page("results/publish.html", form, lab=lab, vote=vote)
    vote_id, now, there = vote.id, utcnow(), urls.page(Kind.VOTE, number, lab=lab.slug)
    if not tasks.publish_by_draw(g.acting, vote, seed=form.seed.data):
        return edge.commit(there, said=_("The count by this draw has begun."))
    answer = edge.commit(there, said=_("The result is published."))
    shuffle.wipe_ended(now)
    print_act(vote_id, now)
    return answer
