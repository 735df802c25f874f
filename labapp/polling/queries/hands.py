"""Read the show of hands of a vote as it was noted."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, union_all

from labapp.db import db
from labapp.polling import queries
from labapp.polling.models import Reconciliation, ShowOfHands


@dataclass(frozen=True, slots=True)
class Show:
    """What was counted in the hall.

    Attributes:
        people: who stood to vote by hands, counted before the first option was called.
        votes: position -> hands raised for it.
        witnesses: two different offices.
        have_declared: whether both said that they have no office, candidacy or contract.
    """

    people: int
    votes: Mapping[int, int]
    witnesses: tuple[str, str]
    have_declared: bool = False


def have_witnesses_declared(vote_id: int) -> bool:
    """Tell whether each witness of this vote declared that nothing kept them from it."""
    of_hands = select(ShowOfHands.witnesses_declared).where(ShowOfHands.vote_id == vote_id)
    of_paper = select(Reconciliation.witnesses_declared).where(
        Reconciliation.vote_id == vote_id, Reconciliation.first_witness.is_not(None)
    )
    said = db.session.scalars(union_all(of_hands, of_paper)).all()
    return bool(said) and all(said)


def show_of_hands(vote_id: int) -> Show | None:
    """Return what was noted of the hands, or None."""
    row = db.session.get(ShowOfHands, vote_id, populate_existing=True)
    if row is None:
        return None
    votes = queries.hand_counts(vote_id)
    witnesses = (row.first_witness, row.second_witness)
    return Show(row.people, votes, witnesses, row.witnesses_declared)
