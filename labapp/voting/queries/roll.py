"""Read the roll of a vote, one line at a time: looked up by name, and how that line is taken."""

from collections.abc import Iterator

from sqlalchemy import exists, func, select

from labapp.accounts.models import Person
from labapp.db import db
from labapp.voting.models import RollLine, Turnout, Vote
from labapp.voting.queries.name_search import NameSearch, search_name


def look_up(vote: Vote, words: str) -> NameSearch:
    """Return who on the roll of a vote has this in the name: one, or a handful without any state.

    Two statements. The roll is no list: who has taken part is asked of one line (``turnout_of``).
    """
    among = select(RollLine.person_id).where(RollLine.vote_id == vote.id)
    return search_name(among, lab_id=vote.thing.lab_id or 0, words=words)


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


def has_left(person_id: int) -> bool:
    """Tell whether somebody deleted their account: their line stays, and nobody votes by it."""
    left = exists().where(Person.id == person_id, Person.deleted_at.is_not(None))
    return db.session.scalars(select(left)).one()


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
