"""Pages of the votes of a lab: the list, and one vote with its result."""

from datetime import datetime

from flask import abort, current_app, g, render_template

from labapp.db import utcnow
from labapp.domain.policy import Act, may
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.polling import queries as polling
from labapp.results import queries as results
from labapp.results.documents import explanation
from labapp.results.models import AnnulmentRequest, LongCount
from labapp.results.queries import annulments
from labapp.results.views.blueprint import bp
from labapp.voting import queries
from labapp.voting.documents import rules_text
from labapp.voting.models import Vote, VoteState
from labapp.voting.queries import ballot_options
from labapp.voting.queries import objections as objection_queries
from labapp.voting.service import ballot_box
from labapp.web.url_numbers import query_number


@bp.get("/labs/<slug>/votes/")
@gate(Act.LAB_VIEW)
def index(lab: Lab) -> Answer:
    """List the votes of a lab, newest first."""
    person, now = g.actor.person_id, utcnow()
    page = results.in_lab(lab.id, person_id=person, before=query_number("after"))
    untold = results.undisclosed_spoilt_counts(row[0] for row in page.rows)
    return render_template(
        "results/index.html",
        lab=lab,
        rows=[
            (vote, vote.state(now), voted - untold.get(vote.id, 0), waits)
            for vote, voted, waits in page.rows
        ],
        more=page.next,
        may_set=bool(may(g.actor, Act.VOTE_SET, lab.stage)),
    )


@bp.get("/labs/<slug>/votes/<int:number>/")
@gate(Act.LAB_VIEW)
def show(lab: Lab, number: int) -> Answer:
    """Show a vote: its paper, who may vote and until when; once published, its result."""
    standing = queries.standing(lab.id, number, g.actor.person_id) or abort(404)
    vote, now = standing.vote, utcnow()
    result = results.result(vote) if vote.published_at else None
    explained = explanation.explain(vote, result) if result else None
    received = polling.received_ballots(vote.id)
    asked = annulments.latest(vote.id) if vote.opened_at else None
    return render_template(
        "results/show.html",
        lab=lab,
        vote=vote,
        number=number,
        standing=standing,
        state=vote.state(now),
        is_counted=vote.closed_at is not None and vote.state(now) is VoteState.CLOSED,
        handed=ballot_box.TAKEN[standing.taken] if standing.taken else "",
        counting=_under_way(vote),
        places=ballot_options.places(vote.id),
        turnout=explained.received if explained else received,
        result=result,
        recorded=results.figures_on_record(vote.id) if result else None,
        explained=explained,
        ways=rules_text.channels(vote),
        quorum=rules_text.quorum(vote),
        rules=rules_text.details(vote),
        objections=objection_queries.counts(vote),
        roll=_roll_today(lab, vote, now),
        asked=asked,
        **_acts(lab, vote, asked, everybody=received == vote.roll_size),
    )


def _roll_today(lab: Lab, vote: Vote, now: datetime) -> objection_queries.RollToday | None:
    """Return the list as it stands before the vote opens; None once it opened, or never will."""
    if vote.opened_at is not None or vote.has_ended or now >= vote.closes_at:
        return None
    days = current_app.config["ROLL_DAYS"]
    return objection_queries.today(lab, vote, g.actor.person_id, days=days, now=now)


def _under_way(vote: Vote) -> LongCount | None:
    """Return how far a long count is, while it goes on."""
    counting = results.long_count(vote.id) if vote.shuffled_at and vote.raises_shares else None
    return counting if counting is not None and counting.found_at is None else None


def _acts(
    lab: Lab, vote: Vote, asked: AnnulmentRequest | None, *, everybody: bool
) -> dict[str, bool]:
    """Return what the person may do with this vote now; ``everybody``: whether all have voted."""
    now = utcnow()
    waits = asked is not None and asked.awaits_answer
    ended, due = vote.has_ended, vote.is_within_hours(now)
    return {
        "may_open": due and not (ended or vote.opened_at) and _may(Act.VOTE_OPEN, lab),
        "may_close": vote.awaits_close
        and (now >= vote.closes_at or everybody)
        and _may(Act.VOTE_CLOSE, lab),
        "may_annul": not (ended or waits) and _may(Act.ANNULMENT_ASK, lab),
        "may_answer_annulment": waits and _may(Act.ANNULMENT_ANSWER, lab),
        "may_publish": bool(vote.shuffled_at)
        and not (ended or waits or vote.seed)
        and _may(Act.VOTE_PUBLISH, lab),
        "may_read_objections": _may(Act.OBJECTION_VIEW, lab),
        "keeps_hall": bool(vote.hall_channels) and not ended and _may(Act.HALL_KEEP, lab),
    }


def _may(act: Act, lab: Lab) -> bool:
    return bool(may(g.actor, act, lab.stage))
