"""What the hall adds up to, as SQL: each sum is written once, and read inside other statements."""

from typing import Any

from sqlalchemy import Select, SQLColumnExpression, func, select

from labapp.polling.models import Batch, ShowOfHands

#: The key of a vote, as a number or as a column of the statement around.
VoteKey = SQLColumnExpression[int] | int


def people_by_hands(vote: VoteKey) -> Select[Any]:
    """Return how many people stood to vote by hands."""
    return select(func.coalesce(func.sum(ShowOfHands.people), 0)).where(ShowOfHands.vote_id == vote)


def spoilt_papers(vote: VoteKey) -> Select[Any]:
    """Return how many papers nobody can read: they came, and count for nothing."""
    return select(func.coalesce(func.sum(Batch.spoilt), 0)).where(Batch.vote_id == vote)


def papers(vote: VoteKey) -> Select[Any]:
    """Return how many papers came, spoilt ones included, in the ballot box or not."""
    return select(func.coalesce(func.sum(Batch.sheets), 0)).where(Batch.vote_id == vote)


def boxed_papers(vote: VoteKey) -> Select[Any]:
    """Return how many of them are in the ballot box, spoilt ones included."""
    return papers(vote).where(Batch.boxed_at.is_not(None))


def waiting_piles(vote: VoteKey) -> Select[Any]:
    """Return how many piles are not in the ballot box."""
    waits = Batch.vote_id == vote, Batch.boxed_at.is_(None)
    return select(func.count()).select_from(Batch).where(*waits)
