"""Pages of the votes of a lab: the list, one vote, and what a facilitator does with it."""

from datetime import datetime, time, timedelta

from flask import Blueprint, abort, flash, g, render_template
from flask_babel import gettext as _

from labapp.db import db, utcnow
from labapp.domain.bundle.vote import FEW
from labapp.domain.channel import Channel, read
from labapp.domain.errors import Conflict
from labapp.domain.policy import Act, may
from labapp.domain.stage import Stage
from labapp.labs import queries as labs
from labapp.labs.gate import Answer, gate
from labapp.labs.models import Lab
from labapp.voting import paper, queries, said, service, tasks, urn
from labapp.voting.forms import AnnulForm, DrawForm, VoteForm
from labapp.voting.models import Consultation, Counting, Subject
from labapp.voting.tally import explained
from labapp.voting.tally import queries as tally
from labapp.voting.tally.tasks import print_act
from labapp.web import once
from labapp.web.numbers import asked
from labapp.web.panama import instant, local_day

bp = Blueprint("voting", __name__)
_PAGE = 25


@bp.get("/labs/<slug>/votes/")
@gate(Act.LAB_VIEW)
def index(lab: Lab) -> Answer:
    """List the votes of a lab, newest first."""
    person, now = g.actor.person_id, utcnow()
    rows = queries.in_lab(lab.id, person_id=person, after=asked("after"), limit=_PAGE + 1)
    untold = tally.untold(row[0] for row in rows[:_PAGE])
    return render_template(
        "voting/index.html",
        lab=lab,
        rows=[
            (vote, vote.state(now), voted - untold.get(vote.id, 0), waits)
            for vote, voted, waits in rows[:_PAGE]
        ],
        more=rows[_PAGE - 1][0].thing.number if len(rows) > _PAGE else None,
        may_set=bool(may(g.actor, Act.VOTE_SET, lab.stage)),
    )


@bp.route("/labs/<slug>/votes/new", methods=["GET", "POST"])
@gate(Act.VOTE_SET)
def new(lab: Lab) -> Answer:
    """Announce a vote."""
    now = utcnow()
    opens_at = _tomorrow(now)
    form = VoteForm(data={"opens_at": opens_at, "closes_at": opens_at + timedelta(days=7)})
    here = [s for s in Subject if s is not Subject.PROPOSALS or lab.stage is Stage.PRIORITIZATION]
    form.subject.options = [(subject.value, _(subject.label)) for subject in here]
    members = len(labs.member_ids(lab.id))
    if form.validate_on_submit():
        try:
            vote = service.announce(lab, g.actor, form.plan(members), now=now)
        except Conflict as unfit:
            db.session.rollback()
            form.blame(unfit, "question")
        else:
            if not _has_weekend(vote):
                flash(_("No Saturday or Sunday falls between its opening and its close."))
            done = (
                _("The vote is announced and open.")
                if vote.opened_at
                else _("The vote is announced.")
            )
            return once.commit(_address(lab, vote.thing.number), said=done)
    page = render_template(
        "voting/new.html", lab=lab, form=form, members=members, few=members < FEW
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/labs/<slug>/votes/<int:number>/")
@gate(Act.LAB_VIEW)
def show(lab: Lab, number: int) -> Answer:
    """Show a vote: its paper, who may vote and until when; once published, its result."""
    standing = queries.standing(lab.id, number, g.actor.person_id) or abort(404)
    vote, now = standing.consultation, utcnow()
    result = queries.result(vote) if vote.published_at else None
    told = explained.of(vote, result) if result else None
    came = queries.turnout(vote.id)
    return render_template(
        "voting/show.html",
        lab=lab,
        vote=vote,
        number=number,
        standing=standing,
        state=vote.state(now),
        is_counted=vote.closed_at is not None and vote.state(now) == "closed",
        handed=urn.TAKEN[standing.taken] if standing.taken else "",
        counting=_under_way(vote),
        places=paper.places(vote.id),
        turnout=told.received if told else came,
        result=result,
        recorded=queries.recorded(vote.id) if result else None,
        explained=told,
        ways=said.channels(vote),
        quorum=said.quorum(vote),
        rules=said.details(vote),
        **_acts(lab, vote, everybody=came == vote.roll_size),
    )


@bp.get("/labs/<slug>/votes/<int:number>/secrecy")
@gate(Act.LAB_VIEW)
def secrecy(lab: Lab, number: int) -> Answer:
    """Say in plain words what keeps the vote secret, and what does not."""
    vote = queries.by_number(lab.id, number) or abort(404)
    return render_template("voting/secrecy.html", lab=lab, vote=vote, channels=read(vote.channels))


@bp.post("/labs/<slug>/votes/<int:number>/open")
@gate(Act.VOTE_OPEN)
def open_vote(lab: Lab, number: int) -> Answer:
    """Open a vote whose hour has come."""
    vote = queries.by_number(lab.id, number) or abort(404)
    service.open_vote(lab, g.actor, vote, now=utcnow())
    return once.commit(_address(lab, number), said=_("The vote is open."))


@bp.post("/labs/<slug>/votes/<int:number>/close")
@gate(Act.VOTE_CLOSE)
def close(lab: Lab, number: int) -> Answer:
    """Close a vote, shake its urn and count it."""
    vote, now = queries.by_number(lab.id, number) or abort(404), utcnow()
    there, vote_id = _address(lab, number), vote.id
    service.close(lab, g.actor, vote, now=now)
    answer = once.commit(there, said=_("The vote is closed."))
    if tasks.shut(vote_id, now):
        print_act(vote_id, now)
    return answer


@bp.route("/labs/<slug>/votes/<int:number>/annul", methods=["GET", "POST"])
@gate(Act.VOTE_ANNUL)
def annul(lab: Lab, number: int) -> Answer:
    """Annul a vote, for a reason that everyone reads."""
    vote, form, now = queries.by_number(lab.id, number) or abort(404), AnnulForm(), utcnow()
    if not form.validate_on_submit():
        page = render_template("voting/annul.html", lab=lab, vote=vote, form=form)
        return page, 422 if form.is_submitted() else 200
    there, vote_id, opened = _address(lab, number), vote.id, vote.opened_at
    service.annul(lab, g.actor, vote, reason=form.reason.data, now=now)
    answer = once.commit(there, said=_("The vote is annulled."))
    if opened:
        tasks.finish(vote_id, now)
    return answer


@bp.route("/labs/<slug>/votes/<int:number>/publish", methods=["GET", "POST"])
@gate(Act.VOTE_PUBLISH)
def publish(lab: Lab, number: int) -> Answer:
    """Write what the draw gave, and publish the count."""
    vote, form = queries.by_number(lab.id, number) or abort(404), DrawForm()
    if not form.validate_on_submit():
        page = render_template("voting/publish.html", lab=lab, vote=vote, form=form)
        return page, 422 if form.is_submitted() else 200
    vote_id, now, there = vote.id, utcnow(), _address(lab, number)
    if not tasks.draw(lab, g.actor, vote, seed=form.seed.data, now=now):
        return once.commit(there, said=_("The count by this draw has begun."))
    answer = once.commit(there, said=_("The result is published."))
    print_act(vote_id, now)
    return answer


def _tomorrow(now: datetime) -> datetime:
    """Return eight in the morning of the next day in Panama: a vote is announced, then opens."""
    return instant(datetime.combine(local_day(now) + timedelta(days=1), time(8)))


def _has_weekend(vote: Consultation) -> bool:
    """Tell whether a vote stands open on a Saturday or a Sunday."""
    first, last = local_day(vote.opens_at), local_day(vote.closes_at)
    days = (first + timedelta(days=n) for n in range(min(7, (last - first).days + 1)))
    return any(day.weekday() > 4 for day in days)


def _address(lab: Lab, number: int | None) -> str:
    return f"/labs/{lab.slug}/votes/{number}/"


def _under_way(vote: Consultation) -> Counting | None:
    """Return how far a long count is, while it goes on."""
    counting = queries.counting(vote.id) if vote.shuffled_at and vote.raises_shares else None
    return counting if counting is not None and counting.found_at is None else None


def _acts(lab: Lab, vote: Consultation, *, everybody: bool) -> dict[str, bool]:
    """Return what the person may do with this vote now; ``everybody``: whether all have voted."""
    now = utcnow()
    ended = bool(vote.annulled_at or vote.published_at)
    due = vote.opens_at <= now < vote.closes_at
    return {
        "may_open": due and not (ended or vote.opened_at) and _may(Act.VOTE_OPEN, lab),
        "may_close": bool(vote.opened_at)
        and not vote.closed_at
        and (now >= vote.closes_at or everybody)
        and _may(Act.VOTE_CLOSE, lab),
        "may_annul": not ended and _may(Act.VOTE_ANNUL, lab),
        "may_publish": bool(vote.shuffled_at)
        and not (ended or vote.seed)
        and _may(Act.VOTE_PUBLISH, lab),
        "keeps_hall": vote.channels != Channel.ACCOUNT and not ended and _may(Act.HALL_KEEP, lab),
    }


def _may(act: Act, lab: Lab) -> bool:
    return bool(may(g.actor, act, lab.stage))
