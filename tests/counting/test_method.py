"""A method that nobody has seen before is counted, told, charted and published by its object."""

from collections.abc import Iterator
from typing import Any

import pytest

from labapp.counting import methods
from labapp.counting.alternatives import alternatives
from labapp.counting.as_json import count_as_json
from labapp.counting.ballot_text import Terms, write_marks
from labapp.counting.bundle.contents import election
from labapp.counting.bundle.verify import check
from labapp.counting.bundle.write import count_vote, publish
from labapp.counting.count import count_election
from labapp.counting.election import Election
from labapp.counting.explanation import chart, reasons
from labapp.counting.lot import Lot
from labapp.counting.method import BallotKind
from labapp.counting.methods.additive import Additive, Sum, of_sum
from labapp.counting.outcome import Outcome
from labapp.counting.parameters import Options
from labapp.counting.without_lot import stop_undrawn
from tests.counting.bundle.votes import vote


class Disapproval(Additive):
    """Each mark is a vote for all the others."""

    name = "disapproval"
    label = "Each person marks those they do not want"
    paper = BallotKind.MARKS

    def count(self, election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Sum[str]]:
        """Add a vote to each option that a ballot does not mark."""
        marks = election.marks or {}
        votes = {
            option: sum(n for each, n in marks.items() if option not in each)
            for option in election.options
        }
        return of_sum(Sum({**votes}, 0), election.ballots, lot, options.seats())

    def of_one_ballot(self, options: int, most: int, scale: int | None) -> tuple[int, int, int]:
        """A blank ballot is a vote for each."""
        del most, scale
        return 0, options, 1

    def recounts(self, election: Election, seats: int) -> bool:
        """Whether ballots are marks."""
        del seats
        return election.marks is not None


@pytest.fixture(autouse=True)
def toy() -> Iterator[Disapproval]:
    known: Any = methods.METHODS
    known["disapproval"] = method = Disapproval()
    yield method
    del known["disapproval"]


BALLOTS = {"1": 9, "1 2": 8, "1 3": 6, "2 3 4": 4, "": 1}


def test_a_new_method_is_counted_explained_and_charted() -> None:
    held = vote("disapproval", BALLOTS, seats=2)
    count = count_vote(held)

    assert count.outcome.winners == ("p4", "p3")
    assert [each.won for each in reasons(election(held), count)] == [False, False, True, True]
    assert chart(election(held), count).kind == "bars"
    assert count_as_json(count)["rule"] == "disapproval"


def test_a_new_method_is_published_and_verified_whole_and_small() -> None:
    large = publish(vote("disapproval", BALLOTS))
    small = publish(vote("disapproval", {"1": 5, "2 3": 4}))

    assert "Counted again by disapproval" in "\n".join(check(large))
    assert "the winners follow from them" in "\n".join(check(small))


def test_a_new_method_is_told_beside_the_others() -> None:
    held = vote("approval", BALLOTS)

    told = alternatives(election(held), count_vote(held), seats=2)

    assert "disapproval" in [other.rule for other in told]


def test_a_new_method_stops_where_nobody_drew_and_takes_a_ballot(toy: Disapproval) -> None:
    tied = Election(("p1", "p2"), {"p1": "A", "p2": "B"}, 2, marks={frozenset(): 2})

    assert stop_undrawn(count_election(tied, "disapproval", {})).outcome.winners == ()
    assert write_marks(Terms(toy, options=4, most=2), [3, 1]) == "1 3"
