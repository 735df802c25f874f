"""Whatever is tried in the hall, in whatever order, no more votes come than people may vote."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict
from labapp.polling import queries as polling
from labapp.polling.queries import turnout_by_channel
from labapp.polling.queries.reconciliation import channel_records
from labapp.polling.service import batches, roll
from labapp.record.acting import Acting
from tests.make import Make
from tests.polling import make as hall
from tests.polling import table
from tests.voting import make as voting

PEOPLE = 5
_WHO = st.integers(0, PEOPLE - 1)
ACTS = st.one_of(
    st.tuples(st.just("take"), _WHO, st.sampled_from(tuple(Channel))),
    st.tuples(st.just("free"), _WHO),
    st.tuples(st.just("account"), _WHO),
    st.tuples(st.just("card"), st.integers(0, 5)),
    st.tuples(st.just("pile"), st.integers(1, 3)),
    st.tuples(st.just("hands"), st.integers(0, 3)),
)


class Hall:
    """A hall in which anything is tried, in any order."""

    def __init__(self, make: Make) -> None:
        """Open a vote by every way, with six printed cards."""
        self.lab = voting.lab(make)
        self.vote, self.voters = hall.vote(make, self.lab, people=PEOPLE)
        self.by = table.tellers(make, self.lab)
        self.codes = hall.cards(make, self.lab, self.vote, 6)
        self.now = self.vote.opens_at

    def take(self, who: int, channel: Channel) -> None:
        """Take somebody's line."""
        person_id = self.voters[who].person_id or 0
        roll.take(
            Acting(self.lab, self.by[0], self.now), self.vote, person_id=person_id, channel=channel
        )

    def free(self, who: int) -> None:
        """Free somebody's line."""
        person_id = self.voters[who].person_id or 0
        roll.give_back(Acting(self.lab, self.by[0], self.now), self.vote, person_id=person_id)

    def account(self, who: int) -> None:
        """Vote by account."""
        voting.cast(self.lab, self.voters[who], self.vote, [1], now=self.now)

    def card(self, which: int) -> None:
        """Vote with a card."""
        hall.cast(self.lab, self.vote, self.codes[which], [1], now=self.now)

    def pile(self, papers: int) -> None:
        """Count a pile of paper."""
        batch = table.pile(self.lab, self.vote, self.by, ["1"] * papers, now=self.now, given=False)
        batches.put_into_box(Acting(self.lab, self.by[0], self.now), self.vote, number=batch.number)

    def hands(self, people: int) -> None:
        """Count hands."""
        table.raise_hands(self.lab, self.vote, self.by[1], people, {1: people})


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ACTS, min_size=5, max_size=25))
def test_whatever_is_tried_turnout_never_exceeds_the_roll(
    make: Make, acts: list[tuple[Any, ...]]
) -> None:
    there = Hall(make)

    for name, *what in acts:
        try:
            getattr(there, name)(*what)
            db.session.commit()
        except Conflict:
            db.session.rollback()

    vote = there.vote
    noted = turnout_by_channel(vote.id)
    came = {one.channel: one.used for one in channel_records(vote)}
    assert all(came[way] <= noted.get(way, 0) for way in came)
    assert (
        polling.received_ballots(vote.id) <= sum(noted.values()) <= (vote.roll_size or 0) == PEOPLE
    )
