"""Write votes: announce and open. Ballots are cast in ``ballot_box``."""

import secrets
from datetime import datetime

from sqlalchemy import insert

from labapp.db import db
from labapp.domain import roll_seal
from labapp.domain.descents import DescentKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act
from labapp.domain.roles import CLOCK
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.queries import dismissals
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.voting import queries
from labapp.voting.models import RollLine, Vote, VoteState
from labapp.voting.service.vote_draft import VoteDraft, draft_options, draft_vote, require_stage


def announce(acting: Acting[Lab], draft: VoteDraft) -> Vote:
    """Announce a vote with its paper, and open it if its hour has come.

    Args:
        acting: a facilitator; votes on proposals need the stage of prioritization.
        draft: what is decided.

    Returns:
        The vote, flushed, with its thing and its options.

    Raises:
        Denied: wrong role or stage.
        Conflict: the numbers, the hours or the options will not do; ``field`` names which.
    """
    acting.require(Act.VOTE_SET)
    lines = draft_options(acting.lab, draft)
    opens_at = max(draft.opens_at or acting.now, acting.now)
    if draft.closes_at <= opens_at:
        sentence = mark("A vote closes after it opens: choose a later time.")
        raise Conflict(sentence, field="closes_at")
    thing = thread.add(
        Kind.VOTE,
        title=draft.question,
        state=VoteState.ANNOUNCED,
        lab_id=acting.lab.id,
        published_at=acting.now,
    )
    vote = draft_vote(draft, lines, opens_at=opens_at, now=acting.now)
    vote.thing = thing
    db.session.add(vote)
    db.session.flush()
    for line in lines:
        if line.thing_id is not None:
            thread.descend(thing.id, line.thing_id, DescentKind.PUT_TO_THE_VOTE)
    after = {
        "question": draft.question,
        "options": [line.label for line in lines],
        "method": draft.method.name,
        "channels": vote.channels,
    }
    if draft.budget is not None:
        after |= {"budget": str(draft.budget), "funder": draft.funder}
    acting.record(Act.VOTE_SET, vote.id, after=after)
    db.session.flush()
    if opens_at <= acting.now and labs.member_ids(acting.lab.id):
        _open(acting, vote)
    return vote


def open_vote(acting: Acting[Lab], vote: Vote) -> None:
    """Open an announced vote by hand, once its hour has come. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: not its hour, opened already, annulled, or nobody is a member.
    """
    acting.require(Act.VOTE_OPEN)
    require_stage(vote.subject, acting.lab)
    if not vote.is_within_hours(acting.now):
        raise Conflict(mark("It is not the hour announced for this vote to open."))
    _open(acting, vote)


def open_due(now: datetime) -> list[int]:
    """Open, as the clock does, every vote whose hour has come; return their ids. Flushes."""
    opened = []
    for vote in queries.to_open(now):
        lab = queries.lab_of(vote)
        if labs.member_ids(lab.id):
            _open(Acting(lab, CLOCK, now), vote)
            opened.append(vote.id)
    return opened


def _open(acting: Acting[Lab], vote: Vote) -> None:
    """Freeze the roll, and with it all the rest: the database refuses changes from here on."""
    vote = queries.lock_vote(vote.id)
    if vote.opened_at or vote.annulled_at:
        raise Conflict(mark("This vote was opened or annulled already."))
    # Two lines that are joined at this instant are two on the roll, or one: never half of each.
    labs.lock_people(acting.lab.id)
    people = dismissals.roll_ids(acting.lab.id, acting.now)
    if not people:
        raise Conflict(mark("Nobody could vote: admit members to the lab first."))
    db.session.execute(insert(RollLine), [{"vote_id": vote.id, "person_id": who} for who in people])
    salt = secrets.token_hex(16)
    vote.roll_size, vote.roll_salt, vote.roll_hash = len(people), salt, roll_seal.seal(salt, people)
    vote.opened_at = acting.now
    thread.copy_state(vote.thing, state=vote.state(acting.now))
    after = {"roll": vote.roll_size, "hash": vote.roll_hash}
    acting.record(Act.VOTE_OPEN, vote.id, after=after)
    db.session.flush()
