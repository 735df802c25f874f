"""A vote of fewer than twenty ballots: a result that its totals cannot give is found."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labapp.counting.bundle.archive import pack
from labapp.counting.bundle.differences import Differs
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.verify import check
from labapp.counting.bundle.write import files, hashes, publish
from labapp.counting.errors import Uncountable, UnreadableFile
from labapp.counting.methods import METHODS
from tests.counting.bundle.votes import SMALL, few, vote

RANKS = {"3 1": 5, "1 2": 4, "2 4 1 3": 2, "": 1}
MARKS = {"1 2": 5, "2 3": 4, "4": 2}
POINTS = {"1:4 2:5": 5, "3:2": 4, "": 1}
BALLOTS = {
    **dict.fromkeys(("borda", "irv", "stv", "schulze"), RANKS),
    **dict.fromkeys(("score", "points"), POINTS),
    "plurality": {"1": 5, "2": 4, "": 1},
}
NAMES = sorted(METHODS)
#: Two equals, whom a rule that looks no further leaves to the lot.
TIED = {"1 2": 4, "2 1": 4, "3": 1}


def small(rule: str) -> PublishedVote:
    return vote(rule, BALLOTS.get(rule, MARKS))


def forged(held: PublishedVote, **changes: Any) -> bytes:
    """Change a result, and the act and the hashes with it, as one would who knows how."""
    found = files(held)
    merkle = json.loads(found.pop("hashes.json"))["merkle"]
    for name in ("result.json", "act.json"):
        told = json.loads(found[name])
        for key, value in changes.items():
            if key in told and value is None:
                del told[key]
            elif key in told or name == "result.json":
                told[key] = value
        found[name] = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    return pack({**found, "hashes.json": hashes(found, merkle)})


@settings(max_examples=300, deadline=None)
@given(held=st.sampled_from(NAMES).flatmap(few))
def test_what_is_published_of_few_ballots_is_found_right(held: PublishedVote) -> None:
    assert check(publish(held))


@settings(max_examples=50, deadline=None)
@given(held=few("equal-shares"), money=st.integers(0, 12_000))
def test_shares_that_nobody_could_pay_and_votes_filled_are_found_right(
    held: PublishedVote, money: int
) -> None:
    assert check(publish(replace(held, budget=money, parameters={"fill": "votes"})))


@pytest.mark.parametrize("rule", NAMES)
@pytest.mark.parametrize(
    "winners", [["zzz", "p1"], ["p1", "p1"], ["p1", "p2", "p3", "p4"], [], ["p4"]]
)
def test_winners_that_the_totals_do_not_give_are_found(rule: str, winners: list[str]) -> None:
    held = small(rule)
    if winners == json.loads(files(held)["result.json"])["winners"] or (
        rule == "equal-shares" and winners == []  # totals cannot tell
    ):
        return

    with pytest.raises(Differs, match=r"result\.json"):
        check(forged(held, winners=winners))


@pytest.mark.parametrize("rule", NAMES)
@pytest.mark.parametrize(
    "changes",
    [
        {"spent": 999_999},
        {"budget": 999_999},
        {"ballots": 3},
        {"rule": "dice"},
        {"parameters": {"seed": "4821", "seats": 4}},
        {"parameters": {}},
        {"more": "than this"},
        {"ties": [{"round": 1, "over": "honour", "among": ["p1"], "order": ["p1"], "by": "me"}]},
        {
            "ties": [
                {"round": 1, "over": "funded", "among": ["p1", "x"], "order": ["x"], "by": "lot"}
            ]
        },
        {"rounds": [{"round": 1, "votes": {"p1": 12}, "blank": 1, "spoilt": 0}]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_else_is_changed_in_a_small_result_is_found(
    rule: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(Uncountable, match=r"result\.json"):
        check(forged(small(rule), **changes))


@pytest.mark.parametrize("rule", NAMES)
@pytest.mark.parametrize("key", ["spent", "ties", "winners", "rounds", "budget", "parameters"])
def test_a_field_left_out_of_a_small_result_is_said_in_one_sentence(rule: str, key: str) -> None:
    with pytest.raises(UnreadableFile, match=f"result.json cannot be read: {key} is missing"):
        check(forged(small(rule), **{key: None}))


@pytest.mark.parametrize("key", ["spent", "ties", "winners", "rounds"])
def test_a_field_left_out_of_a_large_result_is_said_in_one_sentence(key: str) -> None:
    with pytest.raises(Differs, match=rf"result\.json differs at {key}: it says nothing"):
        check(forged(vote("approval", {"1": 20}), **{key: None}))


@pytest.mark.parametrize(
    ("rule", "tie", "sentence"),
    [
        ("irv", {"order": ["p2", "p1"]}, "ties, 1, order"),
        ("irv", {"order": ["p2"]}, "ties, 1, order"),
        ("irv", {"among": ["p1", "p9"]}, "“p9” is not on the paper"),
        ("irv", {"among": ["p1"]}, "no tie of this rule"),
        ("irv", {"over": "funded"}, "no tie of this rule"),
        ("irv", {"round": 9}, "no tie of this rule"),
        ("irv", {"by": "earlier round"}, "no tie of this rule"),
        ("stv", {"by": "a friend"}, "no tie of this rule"),
        ("stv", {"by": "earlier round", "order": ["p1", "p3"]}, "ties, 1, order"),
    ],
)
def test_a_tie_that_no_such_count_meets_is_found(
    rule: str, tie: dict[str, Any], sentence: str
) -> None:
    right = {
        "round": 1,
        "over": "eliminated",
        "among": ["p1", "p2"],
        "order": ["p1", "p2"],
        "by": "lot",
    }
    held = vote(rule, TIED, seats=1)

    assert check(forged(held, ties=[right]))
    with pytest.raises(Differs, match=sentence):
        check(forged(held, ties=[right | tie]))


def test_whoever_more_than_half_put_first_has_won() -> None:
    with pytest.raises(Differs, match="does not choose p1, whom 8 of 12 put first"):
        check(forged(vote("irv", {"1": 8, "2": 4}), winners=["p2"]))


def test_projects_that_cost_more_than_the_budget_are_not_chosen() -> None:
    with pytest.raises(Differs, match="chooses what costs 11350, and the budget is 7000"):
        check(forged(small("equal-shares"), winners=["p2", "p4"], spent=11_350))


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("approval", b",6\n", b",13\n"),
        ("plurality", b",5\n", b",6\n"),
        ("points", b",25\n", b",99\n"),
        ("greedy", b",9\n", b",12\n"),
        ("irv", b",5\n", b",13\n"),
        ("schulze", b",5\n", b",13\n"),
        ("equal-shares", b",9\n", b",12\n"),
    ],
)
def test_totals_that_so_few_ballots_cannot_give_are_found(
    rule: str, before: bytes, after: bytes
) -> None:
    held = replace(SMALL, reconciled={}) if rule == "approval" else small(rule)
    found = files(held)
    merkle = json.loads(found.pop("hashes.json"))["merkle"]
    assert before in found["totals.csv"]
    found["totals.csv"] = found["totals.csv"].replace(before, after, 1)

    with pytest.raises(Uncountable, match=r"cannot give|more first places"):
        check(pack({**found, "hashes.json": hashes(found, merkle)}))


def test_duels_that_so_few_ballots_cannot_give_are_found() -> None:
    held = small("schulze")
    rounds = json.loads(files(held)["result.json"])["rounds"]
    rounds[0]["pairwise"]["p1"]["p2"] = 12

    with pytest.raises(Differs, match="says of p1 and p2 what 12 ballots cannot give"):
        check(forged(held, rounds=rounds))
