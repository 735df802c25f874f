"""Read the roll of a vote: its lines by name, shown in the hall alone, and how each is taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select, tuple_

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.folding import fold
from labapp.labs.queries.sql_fold import sql_fold
from labapp.pagination import ENOUGH
from labapp.voting.models import RollLine, Turnout, Vote


@dataclass(frozen=True, slots=True)
class RollEntry:
    """Somebody on the roll.

    Attributes:
        has_account: whether they could vote with an account.
        taken: by which way their line is taken; None if it is not.
    """

    person_id: int
    name: str
    has_account: bool
    taken: Channel | None


def page(
    vote_id: int, *, words: str = "", after: int | None = None, limit: int = ENOUGH
) -> Sequence[RollEntry]:
    """Return lines of the roll by name, in one statement.

    Args:
        vote_id: the vote's.
        words: only the names that hold each of these words or parts of words, however written.
        after: only those that come after this person.
        limit: most lines.
    """
    name = sql_fold(Person.name)
    query = (
        select(Person.id, Person.name, Person.username.is_not(None), Turnout.channel)
        .join(RollLine, RollLine.person_id == Person.id)
        .outerjoin(
            Turnout,
            and_(Turnout.person_id == Person.id, Turnout.vote_id == RollLine.vote_id),
        )
        .where(RollLine.vote_id == vote_id)
    )
    for word in fold(words).split():
        query = query.where(name.contains(word, autoescape=True))
    if after is not None:
        last = select(name).where(Person.id == after).correlate(None).scalar_subquery()
        query = query.where(tuple_(name, Person.id) > tuple_(last, after))
    rows = db.session.execute(query.order_by(name, Person.id).limit(limit))
    return [RollEntry(*row) for row in rows]


def lock_shared(vote_id: int) -> Vote:
    """Return a vote as it stands now, which may not close until the transaction ends."""
    return db.session.scalars(
        select(Vote)
        .where(Vote.id == vote_id)
        .with_for_update(read=True, key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def is_on(vote_id: int, person_id: int) -> bool:
    """Tell whether a person is on the roll."""
    return db.session.get(RollLine, (vote_id, person_id)) is not None


def turnout_of(vote_id: int, person_id: int) -> Turnout | None:
    """Return how a person's line is taken, or None if it is free."""
    return db.session.scalar(
        select(Turnout).where(Turnout.vote_id == vote_id, Turnout.person_id == person_id)
    )


def drift() -> Iterator[str]:
    """Yield a sentence for each vote whose roll has not as many lines as it says."""
    lines = select(func.count()).where(RollLine.vote_id == Vote.id)
    here = lines.scalar_subquery()
    wrong = select(Vote.id, Vote.roll_size, here).where(func.coalesce(Vote.roll_size, 0) != here)
    for key, size, there in db.session.execute(wrong.order_by(Vote.id)):
        yield f"vote {key}: {size or 0} people are said to be on its roll, {there} are"
