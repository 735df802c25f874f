"""Pages of a vote before its close: announced, opened, and what keeps it secret."""

from datetime import datetime, time, timedelta

from flask import abort, current_app, flash, g, render_template
from flask_babel import gettext as _

from labapp.counting.bundle.published_vote import FEW
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import instant, local_day
from labapp.domain.policy import Act
from labapp.domain.stage import Stage
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.thread import urls
from labapp.voting import queries, service
from labapp.voting.forms import VoteForm
from labapp.voting.models import Subject, Vote
from labapp.voting.views.blueprint import bp
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/<slug>/votes/new", methods=["GET", "POST"])
@gate(Act.VOTE_SET)
def new(lab: Lab) -> Answer:
    """Announce a vote."""
    now = g.acting.now
    opens_at = _tomorrow(now)
    form = VoteForm(data={"opens_at": opens_at, "closes_at": opens_at + timedelta(days=7)})
    here = [s for s in Subject if s is not Subject.PROPOSALS or lab.stage is Stage.PRIORITIZATION]
    form.subject.options = [(subject.value, _(subject.label)) for subject in here]
    members, days = len(labs.member_ids(lab.id)), current_app.config["ROLL_DAYS"]
    if form.validate_on_submit():
        with form.refusals_beside("question"):
            vote = service.announce(g.acting, form.draft(members))
            if not _has_weekend(vote):
                flash(_("No Saturday or Sunday falls between its opening and its close."))
            if not vote.opened_at and vote.opens_at - vote.announced_at < timedelta(days=days):
                flash(
                    _("It opens soon: people have little time to see whether they are on the list.")
                )
            done = (
                _("The vote is announced and open.")
                if vote.opened_at
                else _("The vote is announced.")
            )
            return edge.commit(_address(lab, vote.thing.number), said=done)
    return form_page("voting/new.html", form, lab=lab, members=members, few=members < FEW)


@bp.get("/labs/<slug>/votes/<int:number>/secrecy")
@gate(Act.LAB_VIEW)
def secrecy(lab: Lab, number: int) -> Answer:
    """Say in plain words what keeps the vote secret, and what does not."""
    vote = queries.by_number(lab.id, number) or abort(404)
    return render_template(
        "voting/secrecy.html", lab=lab, vote=vote, channels=vote.offered_channels
    )


@bp.post("/labs/<slug>/votes/<int:number>/open")
@gate(Act.VOTE_OPEN)
def open_vote(lab: Lab, number: int) -> Answer:
    """Open a vote whose hour has come."""
    vote = queries.by_number(lab.id, number) or abort(404)
    service.open_vote(g.acting, vote)
    return edge.commit(_address(lab, number), said=_("The vote is open."))


def _tomorrow(now: datetime) -> datetime:
    """Return eight in the morning of the next day in Panama: a vote is announced, then opens."""
    return instant(datetime.combine(local_day(now) + timedelta(days=1), time(8)))


def _has_weekend(vote: Vote) -> bool:
    """Tell whether a vote stands open on a Saturday or a Sunday."""
    first, last = local_day(vote.opens_at), local_day(vote.closes_at)
    days = (first + timedelta(days=n) for n in range(min(7, (last - first).days + 1)))
    return any(day.weekday() > 4 for day in days)


def _address(lab: Lab, number: int | None) -> str:
    return urls.page(Kind.VOTE, number, lab=lab.slug)
