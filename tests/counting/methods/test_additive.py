"""Plurality, points and Borda: known cases and what holds of every count."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from labapp.counting.methods.additive import first
from labapp.counting.methods.borda import borda
from labapp.counting.methods.plurality import plurality
from labapp.counting.methods.points import points
from labapp.counting.outcome import Amount, Points, Ranking, SpoiltRank
from tests.counting.methods.urns import LOT, OPTIONS, URN, ranked

VOTES = st.fixed_dictionaries({option: st.integers(0, 4) for option in OPTIONS})


def test_one_mark_is_one_vote_and_two_spoil_the_ballot() -> None:
    urn = {frozenset("A"): 3, frozenset("B"): 2, frozenset("AB"): 4, frozenset[str](): 1}

    outcome = plurality("ABC", urn, LOT)

    (told,) = outcome.rounds
    assert outcome.winners == ("A",)
    assert (told.votes, told.blank, told.spoilt) == ({"A": 3, "B": 2, "C": 0}, 1, 4)
    assert outcome.ballots == 10


def test_points_are_added_exactly() -> None:
    urn: dict[Points[str], int] = {(("A", Fraction(1, 3)), ("B", 1)): 3, (("B", 0),): 1}

    outcome = points("AB", urn, LOT, seats=2)

    assert outcome.rounds[0].votes == {"A": 1, "B": 3}
    assert outcome.rounds[0].blank == 1
    assert outcome.winners == ("B", "A")


def test_the_example_of_borda_comes_out_as_he_prints_it() -> None:
    # J.-C. de Borda, 1781: 21 voters, the plurality winner A is the worst for 13 of them.
    urn = {ranked("A>B>C"): 1, ranked("A>C>B"): 7, ranked("B>C>A"): 7, ranked("C>B>A"): 6}

    outcome = borda("ABC", urn, LOT, seats=3)

    # He gives 3, 2, 1 for the three places: 37, 42 and 47, which are 21 more each.
    assert outcome.rounds[0].votes == {"A": 16, "B": 21, "C": 26}
    assert outcome.winners == ("C", "B", "A")
    assert plurality(
        "ABC", {frozenset("A"): 8, frozenset("B"): 7, frozenset("C"): 6}, LOT
    ).winners == ("A",)


def test_equals_share_and_what_is_not_ranked_gets_nothing() -> None:
    spoilt: Ranking[str] = (SpoiltRank.OVERVOTE, frozenset("A"))

    assert borda("ABCD", {ranked("A=B>C"): 2}, LOT).rounds[0].votes == {
        "A": 5,
        "B": 5,
        "C": 2,
        "D": 0,
    }
    assert borda("AB", {spoilt: 1, (): 2}, LOT).rounds[0].blank == 2


@given(urn=URN)
def test_borda_is_the_sum_of_the_duels(urn: dict[Ranking[str], int]) -> None:
    told = borda(OPTIONS, urn, LOT).rounds[0].votes

    assert told == {
        option: sum(
            count * (len(OPTIONS) - 1 - ranking.index(frozenset(option)))
            for ranking, count in urn.items()
            if frozenset(option) in ranking
        )
        for option in OPTIONS
    }


@given(votes=VOTES, seats=st.integers(1, 6))
def test_the_first_have_most_and_every_tie_that_matters_is_told(
    votes: dict[str, Amount], seats: int
) -> None:
    winners, ties = first(votes, LOT, seats=seats)

    counts = [votes[option] for option in winners]
    assert counts == sorted(counts, reverse=True)
    assert all(counts)
    assert len(winners) == min(seats, sum(n > 0 for n in votes.values()))
    out = [votes[option] for option in OPTIONS if option not in winners]
    if winners and counts[-1] in out:
        assert any(set(winners) & set(tie.among) for tie in ties)
    assert all(tie.order == LOT.order(tie.among) for tie in ties)
