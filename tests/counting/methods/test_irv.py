"""Instant-runoff: cases, and a real election round by round."""

import pytest
from hypothesis import assume, given, settings

from labapp.counting.lot import Lot
from labapp.counting.methods.irv.runoff import Elimination, instant_runoff
from labapp.counting.methods.ranked_ballot import Overvote, Silent, stands_for
from labapp.counting.outcome import Ranking, SpoiltRank
from tests.counting.methods.urns import LOT, OPTIONS, URN, held, published, ranked

WRITE_INS = "UWI"


def test_the_election_of_minneapolis_comes_out_round_by_round() -> None:
    election = held("2013_minneapolis_mayor_ballots.csv")
    expected = published("2013_minneapolis_mayor_expected.json")["results"]

    outcome = instant_runoff(
        election.options,
        election.rankings or {},
        Lot(election.names),
        skipped=1,
        elimination=Elimination.BATCH,
        leaving=(WRITE_INS,),
    )

    assert outcome.ballots == 80_101
    assert outcome.winners == ("BETSY HODGES",)
    assert len(outcome.rounds) == len(expected)
    for counted, told in zip(outcome.rounds, expected, strict=True):
        assert {_told(o): str(n) for o, n in counted.votes.items()} == told["tally"]
        assert str(counted.threshold) == told["threshold"]
        inactive = told["inactiveBallots"]
        assert counted.inactive["overvote"] == int(inactive["overvotes"])
        assert counted.inactive["skipped"] == int(inactive["skippedRankings"])
        assert counted.inactive["exhausted"] == int(inactive["exhaustedChoices"])
        fell = {each["eliminated"] for each in told["tallyResults"] if "eliminated" in each}
        assert {_told(option) for option in counted.eliminated} == fell


def test_without_write_ins_leaving_first_the_last_round_is_the_same() -> None:
    election = held("2013_minneapolis_mayor_ballots.csv")
    expected = published("2013_minneapolis_mayor_expected.json")["results"]

    outcome = instant_runoff(
        election.options,
        election.rankings or {},
        Lot(election.names),
        skipped=1,
        elimination=Elimination.BATCH,
    )

    assert {o: str(n) for o, n in outcome.rounds[-1].votes.items()} == expected[-1]["tally"]


@settings(max_examples=200, deadline=None)
@given(urn=URN)
def test_batches_change_the_rounds_and_not_the_winner(urn: dict[Ranking[str], int]) -> None:
    single = instant_runoff(OPTIONS, urn, LOT)
    batch = instant_runoff(OPTIONS, urn, LOT, elimination=Elimination.BATCH)
    assume(not single.ties and not batch.ties)

    assert single.winners == batch.winners


@settings(max_examples=200, deadline=None)
@given(urn=URN)
def test_no_ballot_is_lost(urn: dict[Ranking[str], int]) -> None:
    outcome = instant_runoff(OPTIONS, urn, LOT)
    voting = sum(count for ranking, count in urn.items() if ranking)

    for each in outcome.rounds:
        assert sum(each.votes.values()) + sum(each.inactive.values()) == voting


def test_a_tie_at_the_bottom_is_reported_and_the_lot_resolves_it() -> None:
    urn = {ranked("A"): 5, ranked("B>A"): 3, ranked("C>B"): 3}

    outcome = instant_runoff("ABC", urn, LOT)

    (tie,) = outcome.ties
    assert (tie.round, tie.over, tie.among) == (1, "eliminated", ("B", "C"))
    assert tie.order == tuple(reversed(LOT.order("BC")))
    assert outcome.rounds[0].eliminated == tie.order[:1]


def test_a_ballot_that_ranks_nobody_elects_nobody() -> None:
    assert instant_runoff("AB", {(): 4, ranked(">"): 1}, LOT).winners == ()


@pytest.mark.parametrize(
    ("ballot", "overvote", "skipped", "stands"),
    [
        ("A>B", Overvote.EXHAUST, None, "B"),
        ("A=B>B", Overvote.EXHAUST, None, Silent.OVERVOTE),
        ("A=B>B", Overvote.SKIP, None, "B"),
        (">>B", Overvote.EXHAUST, 1, Silent.SKIPPED),
        (">>B", Overvote.EXHAUST, 2, "B"),
        (">A>>B", Overvote.EXHAUST, 1, "B"),
        ("A>>", Overvote.EXHAUST, 0, Silent.EXHAUSTED),
        (">>", Overvote.EXHAUST, 0, Silent.BLANK),
    ],
)
def test_a_ballot_stands_by_the_stated_rule(
    ballot: str, overvote: Overvote, skipped: int | None, stands: str | Silent
) -> None:
    assert stands_for(ranked(ballot), {"B"}, overvote=overvote, skipped=skipped) == stands


def test_a_spoilt_rank_is_an_overvote() -> None:
    ballot: Ranking[str] = (SpoiltRank.OVERVOTE, frozenset("B"))

    assert stands_for(ballot, {"B"}, overvote=Overvote.EXHAUST, skipped=None) is Silent.OVERVOTE
    assert stands_for(ballot, {"B"}, overvote=Overvote.SKIP, skipped=None) == "B"


def _told(option: str) -> str:
    return "Undeclared Write-ins" if option == WRITE_INS else option
