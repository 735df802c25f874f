"""Read the count of a vote, and the votes that wait for one."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from labapp.counting.bundle.disclosure import spoilt_to_tell
from labapp.db import db
from labapp.domain.acts import Act
from labapp.domain.channel import Channel
from labapp.domain.kinds import Kind
from labapp.pagination import Page, newest_first, page_of
from labapp.polling import queries as polling
from labapp.polling.queries.sql_sums import people_by_hands, spoilt_papers
from labapp.record.models import Entry
from labapp.results.models import LongCount, UnwipedVote
from labapp.results.result import Result, count
from labapp.thread.models import Thing
from labapp.voting import queries
from labapp.voting.models import Ballot, Receipt, RollLine, Turnout, Vote
from labapp.voting.quorum import ballots_needed


def in_lab(
    lab_id: int, *, person_id: int | None = None, before: int | None = None
) -> Page[Row[Vote, int, bool], int]:
    """Return the votes of a lab, newest first, before number ``before``.

    Each comes with its turnout, and with whether this person is on its roll and has not voted.
    """
    person = bindparam("person", person_id, type_=Integer)
    waits = and_(
        exists().where(RollLine.vote_id == Vote.id, RollLine.person_id == person),
        ~exists().where(Turnout.vote_id == Vote.id, Turnout.person_id == person),
    )
    query = (
        select(Vote, polling.received_count(Vote.__table__.c.id), waits)
        .join(Vote.thing)
        .options(joinedload(Vote.thing))
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.VOTE)
    )
    rows = db.session.execute(newest_first(query, Thing.number, before)).all()
    return page_of(rows, lambda row: row[0].thing.number)


def result(vote: Vote) -> Result:
    """Count the ballots now. Nothing is kept: the same ballots always give the same result."""
    ballots = queries.ballots(vote.id)
    return count(vote, ballots, polling.hall(vote.id), raised=raises(vote))


def raises(vote: Vote) -> int:
    """Return how often the shares of a vote are known to be raised; 0 where nobody searched."""
    if not vote.raises_shares:
        return 0
    known = long_count(vote.id)
    return known.raises if known and known.seed == (vote.seed or "") else 0


def long_count(vote_id: int) -> LongCount | None:
    """Return how far the count of a vote is, or was when it was found."""
    return db.session.get(LongCount, vote_id)


def long_counts() -> Sequence[int]:
    """Return the votes whose count is being searched for."""
    return db.session.scalars(
        select(LongCount.vote_id)
        .join(Vote, Vote.id == LongCount.vote_id)
        .where(LongCount.found_at.is_(None), Vote.annulled_at.is_(None))
        .order_by(LongCount.vote_id)
    ).all()


def figures_on_record(vote_id: int) -> dict[str, Any]:
    """Return what the record kept of the count when it was published; empty if it was not."""
    text = db.session.scalar(
        select(Entry.after)
        .where(Entry.thing_id == vote_id, Entry.act == Act.VOTE_PUBLISH)
        .order_by(Entry.id.desc())
        .limit(1)
    )
    kept: dict[str, Any] = json.loads(text) if text else {}
    return kept


def to_close(now: datetime) -> Sequence[Vote]:
    """Return the open votes whose hour to close has come."""
    return db.session.scalars(
        select(Vote)
        .where(
            Vote.opened_at.is_not(None),
            Vote.closed_at.is_(None),
            Vote.closes_at <= now,
        )
        .order_by(Vote.id)
    ).all()


def to_finish() -> Sequence[int]:
    """Return the closed votes not shuffled yet, or not counted though nothing is lacking."""
    return db.session.scalars(
        select(Vote.id)
        .where(
            Vote.closed_at.is_not(None),
            or_(
                Vote.shuffled_at.is_(None),
                (Vote.published_at.is_(None)) & (Vote.annulled_at.is_(None)),
            ),
        )
        .order_by(Vote.id)
    ).all()


def votes_to_wipe() -> Sequence[int]:
    """Return the votes that ended and of whose voters the disk may still keep something."""
    return db.session.scalars(select(UnwipedVote.vote_id).order_by(UnwipedVote.vote_id)).all()


def undisclosed_spoilt_counts(votes: Iterable[Vote]) -> dict[int, int]:
    """Return published vote -> its spoilt papers that no number tells of, where it has any."""
    published = {vote.id: vote for vote in votes if vote.published_at}
    if not published:
        return {}
    parts = (
        select(func.count()).select_from(Receipt).where(Receipt.vote_id == Vote.id),
        select(func.count()).select_from(Ballot).where(Ballot.vote_id == Vote.id),
        people_by_hands(Vote.id),
    )
    spoilt = spoilt_papers(Vote.id).scalar_subquery()
    rows = db.session.execute(
        select(Vote.id, spoilt, *(part.scalar_subquery() for part in parts)).where(
            Vote.id.in_(published), spoilt > 0
        )
    )
    return {
        vote_id: papers
        for vote_id, papers, codes, ballots, people in rows
        if spoilt_to_tell(
            # Accounts and cards together: whether paper is joined with them asks for no more.
            {
                Channel.ACCOUNT.value: codes,
                Channel.PAPER.value: ballots - codes + papers,
                Channel.HANDS.value: people,
            },
            papers,
            needed=ballots_needed(published[vote_id]),
        )
        is None
    }
