"""Transferable vote: a real election, and every paper followed one by one."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labapp.counting.lot import Lot
from labapp.counting.methods.stv.transfers import TransferStage, transferable_vote
from labapp.counting.outcome import Ranking
from tests.counting.methods.urns import LOT, OPTIONS, URN, held, published, ranked

FIVE = Decimal("0.00001")
NAMES = {"UWI": "Undeclared Write-ins"}


def test_the_board_of_minneapolis_comes_out_round_by_round() -> None:
    election = held("2013_minneapolis_park_ballots.csv")
    expected = published("2013_minneapolis_park_expected.json")["results"]

    outcome = transferable_vote(
        election.options, election.rankings or {}, Lot(election.names), seats=3
    )

    assert outcome.winners == ("JOHN ERWIN", "ANNIE YOUNG", "MEG FORNEY")
    assert {each.quota for each in outcome.rounds} == {14_866}
    # What was published has a round of its own for who has just the quota, and one more at the end.
    tables = [each["tally"] for each in expected[:2] + expected[3:10]]
    assert [_table(stage) for stage in outcome.rounds] == [
        {name: Fraction(votes) for name, votes in table.items()} for table in tables
    ]


def test_a_surplus_moves_at_five_decimals_and_the_rest_is_lost() -> None:
    urn = {ranked("A>B"): 5, ranked("A>C"): 2, ranked("B"): 1, ranked("C"): 2, ranked("D"): 1}

    outcome = transferable_vote("ABCD", urn, LOT, seats=2)

    first, second = outcome.rounds[:2]
    assert (first.quota, first.elected) == (4, ("A",))
    # 7 votes, surplus 3: each paper is worth 3/7 = 0.42857.
    assert (second.act, second.of) == ("surplus", "A")
    assert second.transfers == {"B": Fraction("2.14285"), "C": Fraction("0.85714")}
    assert second.votes["A"] == 4
    assert second.not_effective == Fraction("0.00001")


def test_a_tie_looks_back_to_a_stage_where_they_differ() -> None:
    urn = {
        ranked("A"): 10,
        ranked("B"): 4,
        ranked("C"): 3,
        ranked("D>C"): 1,
        ranked("E"): 9,
    }

    outcome = transferable_vote(OPTIONS, urn, LOT, seats=1)

    (tie,) = outcome.ties
    assert (tie.among, tie.by, tie.order[0]) == (("B", "C"), "earlier round", "C")


def test_a_tie_looks_back_no_further_than_to_the_last_stage_where_they_differ() -> None:
    # SSI 2007/42, rule 51(2): B was behind C at first, ahead once D fell, and level when E did.
    urn = {
        ranked("A"): 10,
        ranked("B"): 4,
        ranked("C"): 5,
        ranked("D>B"): 2,
        ranked("E>C"): 2,
        ranked("E>B"): 1,
    }

    outcome = transferable_vote(OPTIONS, urn, LOT, seats=1)

    (tie,) = outcome.ties
    assert [s.of for s in outcome.rounds[:3]] == [None, "D", "E"]
    assert [s.votes["B"] - s.votes["C"] for s in outcome.rounds[:3]] == [-1, 1, 0]
    assert (tie.among, tie.by, tie.order[0]) == (("B", "C"), "earlier round", "C")
    both = transferable_vote(OPTIONS, urn | {ranked("A"): 40}, LOT, seats=3)
    assert both.winners == ("A", "B", "C")
    assert [(tie.over, tie.order, tie.by) for tie in both.ties] == [
        ("order", ("B", "C"), "earlier round")
    ]


def test_a_tie_since_the_beginning_goes_to_the_lot() -> None:
    urn = {ranked("A"): 10, ranked("B"): 4, ranked("C"): 4}

    outcome = transferable_vote("ABC", urn, LOT, seats=1)

    assert [(tie.among, tie.by) for tie in outcome.ties] == []  # A has the quota at once
    outcome = transferable_vote("ABC", urn | {ranked("A"): 7}, LOT, seats=1)
    (tie,) = outcome.ties
    assert (tie.among, tie.by, tie.order[0]) == (("B", "C"), "lot", LOT.order("BC")[-1])


def test_equals_elected_at_once_are_put_in_order_by_lot_and_it_is_told() -> None:
    urn = {ranked("B"): 4, ranked("A"): 4, ranked("C"): 1}

    outcome = transferable_vote("ABC", urn, LOT, seats=2)

    (tie,) = outcome.ties
    assert (tie.round, tie.over, tie.among, tie.by) == (1, "order", ("A", "B"), "lot")
    assert tie.order == outcome.winners == outcome.rounds[0].elected == LOT.order("AB")


def test_equals_in_the_last_places_look_back_before_the_lot() -> None:
    # D falls, and its papers make B and F level with A, who was ahead at the beginning.
    urn = {
        ranked("B"): 4,
        ranked("F"): 4,
        ranked("A"): 5,
        ranked("D>B"): 1,
        ranked("D>F"): 1,
        ranked("E"): 50,
    }
    lot = Lot({option: option for option in "BFADE"}, LOT.seed)

    outcome = transferable_vote("BFADE", urn, lot, seats=4)

    back, drawn = outcome.ties
    assert {tie.round for tie in outcome.ties} == {len(outcome.rounds)}
    assert {tie.over for tie in outcome.ties} == {"order"}
    assert (back.among, back.by) == (("B", "F", "A"), "earlier round")
    assert (drawn.among, drawn.by, drawn.order) == (("B", "F"), "lot", lot.order("BF"))
    assert outcome.winners == ("E", *back.order) == ("E", "A", *lot.order("BF"))


def test_where_equal_surpluses_move_the_tie_is_told_once() -> None:
    urn = {ranked("A>D"): 6, ranked("B>C"): 6, ranked("C"): 2, ranked("D"): 2, ranked("E"): 1}

    moved = transferable_vote(OPTIONS, urn, LOT, seats=3)
    unmoved = transferable_vote(OPTIONS, urn, LOT, seats=2)

    assert [(tie.over, tie.among) for tie in moved.ties][:1] == [("surplus", ("A", "B"))]
    assert [(tie.over, tie.among) for tie in unmoved.ties] == [("order", ("A", "B"))]
    assert moved.winners[:2] == unmoved.winners == LOT.order("AB")


@settings(max_examples=400, deadline=None)
@given(urn=URN, seats=st.integers(1, 5), paper=st.permutations(OPTIONS))
def test_the_order_of_the_paper_decides_nothing(
    urn: dict[Ranking[str], int], seats: int, paper: list[str]
) -> None:
    one = transferable_vote(OPTIONS, urn, LOT, seats=seats)
    other = transferable_vote(paper, urn, LOT, seats=seats)

    assert one.winners == other.winners
    assert [(t.round, t.over, t.by, set(t.among)) for t in one.ties] == [
        (t.round, t.over, t.by, set(t.among)) for t in other.ties
    ]
    level = [
        set(pair)
        for stage in one.rounds
        for pair in pairwise(stage.elected)
        if stage.votes[pair[0]] == stage.votes[pair[1]]
    ]
    assert all(any(pair <= set(tie.among) for tie in one.ties) for pair in level)


def test_nobody_is_elected_by_blank_ballots() -> None:
    assert transferable_vote("ABC", {(): 9}, LOT, seats=2).winners == ()


@settings(max_examples=400, deadline=None)
@given(urn=URN, seats=st.integers(1, 4))
def test_papers_followed_one_by_one_give_the_same_votes(
    urn: dict[Ranking[str], int], seats: int
) -> None:
    outcome = transferable_vote(OPTIONS, urn, LOT, seats=seats)

    assert [_decimals(stage) for stage in outcome.rounds] == _followed(urn, outcome.rounds)
    for stage in outcome.rounds:
        assert sum(stage.votes.values()) + stage.not_effective == sum(
            count for ranking, count in urn.items() if ranking
        )
    if any(urn):
        assert len(outcome.winners) == min(seats, len(OPTIONS))


@pytest.mark.parametrize("seats", [1, 2, 3])
def test_a_solid_majority_gets_its_share(seats: int) -> None:
    urn = {ranked("A>B>C"): 60, ranked("D>E"): 40}

    winners = set(transferable_vote(OPTIONS, urn, LOT, seats=seats).winners)

    assert len(winners & set("ABC")) >= {1: 1, 2: 1, 3: 2}[seats]


def _followed(
    urn: dict[Ranking[str], int], stages: tuple[TransferStage[str], ...]
) -> list[dict[str, Decimal]]:
    """Move each paper by itself, in the order of acts of the count, with decimals (rule 48)."""
    papers: list[tuple[list[str], Decimal, str]] = []
    gone: set[str] = set()
    out: set[str] = set()
    tables = []
    for stage in stages:
        if stage.of is None:
            moving = [(_order(ranking), Decimal(1)) for ranking, n in urn.items() for _ in range(n)]
        else:
            votes = sum(value for _, value, holder in papers if holder == stage.of)
            over = votes - stage.quota
            own = [(order, value) for order, value, holder in papers if holder == stage.of]
            papers = [paper for paper in papers if paper[2] != stage.of]
            if stage.act == "surplus":
                moving = [
                    (order, (over * value / votes).quantize(FIVE, ROUND_DOWN))
                    for order, value in own
                ]
                papers.append(([], Decimal(stage.quota), stage.of))
            else:
                moving = own
                gone.add(stage.of)
                out.add(stage.of)
        for order, value in moving:
            to = next((option for option in order if option not in gone), None)
            if to is not None:
                papers.append((order, value, to))
        tables.append(
            {
                option: sum((v for _, v, holder in papers if holder == option), Decimal(0))
                for option in OPTIONS
                if option not in out
            }
        )
        gone.update(stage.elected)
    return tables


def _order(ranking: Ranking[str]) -> list[str]:
    return [option for rank in ranking if isinstance(rank, frozenset) for option in rank]


def _decimals(stage: TransferStage[str]) -> dict[str, Decimal]:
    return {o: Decimal(v.numerator) / Decimal(v.denominator) for o, v in stage.votes.items()}


def _table(stage: TransferStage[str]) -> dict[str, Fraction]:
    return {NAMES.get(option, option): votes for option, votes in stage.votes.items()}
