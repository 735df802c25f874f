"""Schulze and Condorcet: a published matrix, the paper's own example, and what always holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from labapp.counting.methods.schulze.beatpaths import (
    beatpaths,
    compare_all,
    condorcet_winner,
    schulze,
)
from labapp.counting.outcome import Ranking, SpoiltRank
from tests.counting.methods.urns import LOT, OPTIONS, URN, published, ranked


def test_the_leader_of_debian_is_the_one_published() -> None:
    told = published("debian2003_published_pairwise.json")
    pairwise: dict[str, dict[str, int]] = {option: {} for option in told["candidates"]}
    for one, other, votes, against in told["beats"]:
        pairwise[one][other], pairwise[other][one] = votes, against

    result = beatpaths(pairwise)

    assert result.condorcet == told["winner"] == "4"
    assert result.order == (("4",), ("2",), ("3",), ("1",), ("5",))


def test_the_example_of_schulze_comes_out_as_he_prints_it() -> None:
    # M. Schulze, 2011, example 1: 45 voters, five options, no Condorcet winner, E wins.
    urn = {
        ranked("A>C>B>E>D"): 5,
        ranked("A>D>E>C>B"): 5,
        ranked("B>E>D>A>C"): 8,
        ranked("C>A>B>E>D"): 3,
        ranked("C>A>E>B>D"): 7,
        ranked("C>B>A>D>E"): 2,
        ranked("D>C>E>B>A"): 7,
        ranked("E>B>A>D>C"): 8,
    }

    outcome = schulze(OPTIONS, urn, LOT, seats=5)

    assert outcome.winners == tuple("EACBD")
    assert outcome.rounds[0].condorcet is None
    assert outcome.rounds[0].paths["A"] == {"B": 28, "C": 28, "D": 30, "E": 24}


def test_options_not_ranked_are_below_and_equals_do_not_beat_one_another() -> None:
    pairwise = compare_all("ABC", {ranked("A"): 3, ranked("B=C>A"): 2})

    assert pairwise == {
        "A": {"B": 3, "C": 3},
        "B": {"A": 2, "C": 0},
        "C": {"A": 2, "B": 0},
    }


ANYHOW: st.SearchStrategy[Ranking[str]] = st.lists(
    st.frozensets(st.sampled_from(OPTIONS), max_size=3) | st.just(SpoiltRank.OVERVOTE), max_size=4
).map(tuple)


def before(ranking: Ranking[str], one: str, other: str) -> bool:
    places = [
        next((n for n, r in enumerate(ranking) if isinstance(r, frozenset) and each in r), 99)
        for each in (one, other)
    ]
    return places[0] < places[1]


@settings(max_examples=300, deadline=None)
@given(urn=st.dictionaries(ANYHOW, st.integers(1, 2**40), max_size=8))
def test_the_duels_are_what_somebody_counts_ballot_by_ballot(urn: dict[Ranking[str], int]) -> None:
    assert compare_all(OPTIONS, urn) == {
        one: {
            other: sum(n for ranking, n in urn.items() if before(ranking, one, other))
            for other in OPTIONS
            if other != one
        }
        for one in OPTIONS
    }


@settings(max_examples=200, deadline=None)
@given(urn=st.dictionaries(ANYHOW, st.integers(1, 40), max_size=8))
def test_the_order_is_that_of_the_paths(urn: dict[Ranking[str], int]) -> None:
    result = beatpaths(compare_all(OPTIONS, urn))

    left = set(OPTIONS)
    for group in result.order:
        assert set(group) == {
            a for a in left if all(result.paths[a][b] >= result.paths[b][a] for b in left - {a})
        }
        left -= set(group)
    assert not left


def test_equals_are_reported_and_drawn() -> None:
    outcome = schulze("AB", {ranked("A>B"): 1, ranked("B>A"): 1}, LOT)

    assert [tie.among for tie in outcome.ties] == [("A", "B")]
    assert outcome.winners == LOT.order("AB")[:1]


@settings(max_examples=300, deadline=None)
@given(urn=URN)
def test_who_beats_everybody_wins_and_each_duel_is_what_the_ballots_say(
    urn: dict[Ranking[str], int],
) -> None:
    pairwise = compare_all(OPTIONS, urn)

    assert pairwise == {
        a: {b: sum(n for r, n in urn.items() if _before(r, a, b)) for b in OPTIONS if a != b}
        for a in OPTIONS
    }
    best = condorcet_winner(pairwise)
    assert best is None or schulze(OPTIONS, urn, LOT).winners == (best,)


def _before(ranking: Ranking[str], one: str, other: str) -> bool:
    order = [option for rank in ranking if isinstance(rank, frozenset) for option in rank]
    return one in order and (other not in order or order.index(one) < order.index(other))
