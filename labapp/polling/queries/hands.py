"""Read the show of hands of a vote as it was noted."""

from collections.abc import Mapping
from dataclasses import dataclass

from labapp.db import db
from labapp.polling import queries
from labapp.polling.models import ShowOfHands


@dataclass(frozen=True, slots=True)
class Show:
    """What was counted in the hall.

    Attributes:
        people: who stood to vote by hands, counted before the first option was called.
        votes: position -> hands raised for it.
        witnesses: two different offices.
    """

    people: int
    votes: Mapping[int, int]
    witnesses: tuple[str, str]


def show_of_hands(vote_id: int) -> Show | None:
    """Return what was noted of the hands, or None."""
    row = db.session.get(ShowOfHands, vote_id, populate_existing=True)
    if row is None:
        return None
    votes = queries.hand_counts(vote_id)
    return Show(row.people, votes, (row.first_witness, row.second_witness))
