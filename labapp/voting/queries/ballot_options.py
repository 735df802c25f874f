"""Read the ballot paper: its lines, what they stand for, and what could be put on it."""

from collections.abc import Sequence

from sqlalchemy import Row, select

from labapp.counting.ballot_text import Terms
from labapp.db import db
from labapp.problems.models import Problem
from labapp.proposals.models import Opinion, Proposal
from labapp.thread import queries as thread
from labapp.thread.models import Thing
from labapp.voting.models import Option, Subject, Vote

#: The most lines a paper holds: their marks must fit one column, and a person's patience.
MOST_OPTIONS = 40


def options(vote_id: int) -> Sequence[Option]:
    """Return the lines of the paper in their order."""
    return db.session.scalars(
        select(Option).where(Option.vote_id == vote_id).order_by(Option.position)
    ).all()


def terms(vote: Vote) -> Terms:
    """Return what a ballot of this vote may hold; its options are loaded."""
    return Terms(vote.method, len(vote.options), vote.max_marks, vote.scale)


def opinions(vote_id: int) -> dict[int, Opinion]:
    """Return the latest technical opinion of each option that is a proposal, by its thing."""
    rows = db.session.scalars(
        select(Opinion)
        .join(Option, Option.thing_id == Opinion.proposal_id)
        .where(Option.vote_id == vote_id)
        .order_by(Opinion.id)
    )
    return {opinion.proposal_id: opinion for opinion in rows}


def places(vote_id: int) -> dict[int, Thing]:
    """Return the thing of each option that stands for one, by its id."""
    rows = db.session.scalars(
        select(Thing).join(Option, Option.thing_id == Thing.id).where(Option.vote_id == vote_id)
    )
    return {thing.id: thing for thing in rows}


def candidates(lab_id: int, subject: Subject) -> Sequence[Row[Thing, int | None]]:
    """Return what can be put to the vote, with its estimated cost, by number."""
    if subject.is_written:
        return []
    latest = (
        select(Opinion.cost)
        .where(Opinion.proposal_id == Thing.id)
        .order_by(Opinion.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(Thing, latest).where(Thing.lab_id == lab_id)
    if subject is Subject.PROPOSALS:
        query = query.join(Proposal, Proposal.id == Thing.id).where(
            Proposal.admitted_at.is_not(None)
        )
    else:
        query = query.join(Problem, Problem.id == Thing.id).where(
            thread.public(),
            Problem.merged_at.is_(None),
            Problem.withdrawn_at.is_(None),
            Problem.returned_at.is_(None),
            Problem.rejected_at.is_(None),
        )
    return db.session.execute(query.order_by(Thing.number).limit(MOST_OPTIONS + 1)).all()
