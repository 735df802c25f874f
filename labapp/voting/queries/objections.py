"""Read the objections to the list of a vote, and how a person stands before it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from labapp.db import db
from labapp.labs.models import Lab
from labapp.labs.queries import dismissals, identity
from labapp.pagination import Page, newest_first, page_of
from labapp.voting import roll_days
from labapp.voting.models import Vote
from labapp.voting.models.roll_objection import ObjectionKind, RollObjection
from labapp.voting.queries.name_search import NameSearch, search_name


@dataclass(frozen=True, slots=True)
class RollToday:
    """The list of a vote that has not opened, as one person may know it.

    Attributes:
        since: from when on people see whether they are on it.
        is_shown: whether that hour has come.
        size: how many would be on it if it opened now.
        is_on: whether this person would; None for a visitor.
        mine: what this person objected, newest first.
    """

    since: datetime
    is_shown: bool
    size: int = 0
    is_on: bool | None = None
    mine: Sequence[RollObjection] = ()


def counts(vote: Vote) -> tuple[int, int]:
    """Return how many objections there are, and how many were not answered before the opening."""
    waits = RollObjection.answered_at.is_(None)
    late = (
        waits if vote.opened_at is None else or_(waits, RollObjection.answered_at >= vote.opened_at)
    )
    row = db.session.execute(
        select(func.count(), func.count().filter(late)).where(RollObjection.vote_id == vote.id)
    ).one()
    return row[0], row[1]


def today(lab: Lab, vote: Vote, person_id: int | None, *, days: int, now: datetime) -> RollToday:
    """Return how the list of a vote stands before it opens. Three statements.

    Args:
        lab: the vote's.
        vote: announced, and not opened.
        person_id: who asks; None for a visitor.
        days: for how many days before the opening the list is shown.
        now: the instant.
    """
    since = roll_days.begin(announced_at=vote.announced_at, opens_at=vote.opens_at, days=days)
    if now < since:
        return RollToday(since, is_shown=False)
    members = dismissals.roll_ids(lab.id, vote.opens_at)
    if person_id is None:
        return RollToday(since, is_shown=True, size=len(members))
    mine = db.session.scalars(
        select(RollObjection)
        .where(RollObjection.vote_id == vote.id, RollObjection.person_id == person_id)
        .order_by(RollObjection.id.desc())
    ).all()
    numbers = identity.line_numbers(lab.id, [person_id]) | {person_id}
    return RollToday(since, True, len(members), not numbers.isdisjoint(members), mine)


def is_listed(lab_id: int, vote: Vote, person_id: int) -> bool:
    """Tell whether a person, by any number of theirs, would be on the list as things stand."""
    numbers = identity.line_numbers(lab_id, [person_id]) | {person_id}
    return not numbers.isdisjoint(dismissals.roll_ids(lab_id, vote.opens_at))


def look_up(lab: Lab, vote: Vote, words: str) -> NameSearch:
    """Return who would be on the list of a vote as things stand, by part of the name."""
    listed = dismissals.roll_ids(lab.id, vote.opens_at)
    return search_name(listed, lab_id=lab.id, words=words)


def of_vote(vote_id: int, *, before: int | None = None) -> Page[RollObjection, int]:
    """Return the objections to the list of a vote, newest first, each with who objects."""
    query = (
        select(RollObjection)
        .where(RollObjection.vote_id == vote_id)
        .options(joinedload(RollObjection.person))
    )
    rows = db.session.scalars(newest_first(query, RollObjection.id, before)).all()
    return page_of(rows, lambda row: row.id)


def by_id(vote_id: int, objection_id: int) -> RollObjection | None:
    """Return an objection to the list of this vote, or None."""
    return db.session.scalar(
        select(RollObjection).where(
            RollObjection.vote_id == vote_id, RollObjection.id == objection_id
        )
    )


def has_unanswered(vote_id: int, person_id: int, kind: ObjectionKind) -> bool:
    """Tell whether this person waits for the answer to one of this kind."""
    return bool(
        db.session.scalar(
            select(RollObjection.id).where(
                RollObjection.vote_id == vote_id,
                RollObjection.person_id == person_id,
                RollObjection.kind == kind,
                RollObjection.answered_at.is_(None),
            )
        )
    )


def are_waiting(vote_id: int) -> bool:
    """Tell whether somebody waits for the answer to an objection to this list."""
    waits = RollObjection.vote_id == vote_id, RollObjection.answered_at.is_(None)
    return bool(db.session.scalar(select(RollObjection.id).where(*waits).limit(1)))
