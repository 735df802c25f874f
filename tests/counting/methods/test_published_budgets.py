"""Three real budgets, and what the program of equalshares.net and pabutools answer for them."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

import pytest

from labapp.counting import ballot_kinds
from labapp.counting.count import count_election
from labapp.counting.formats.own_rule import own_rule
from labapp.counting.lot import Lot
from labapp.counting.methods.greedy import greedy
from tests.counting.methods.urns import held, published

ANSWERS = published("subsamples_reference_equalshares_js.json")
PABUTOOLS = published("subsamples_reference_pabutools.json")
#: Its completions -> ours.
COMPLETIONS = {
    "none": {},
    "utilitarian": {"fill": "votes"},
    "add1": {"completion": "exhaustive"},
    "add1u": {"completion": "exhaustive", "fill": "votes"},
}


@pytest.mark.parametrize("name", [n for n in ANSWERS if "result" in ANSWERS[n]])
def test_equal_shares_are_what_was_published(name: str) -> None:
    answer: dict[str, Any] = ANSWERS[name]
    asked = answer["params"]
    election = held(answer["fixture"].replace(".pb", ".subsample.pb"))
    options = COMPLETIONS[asked["completion"]] | {"increment": str(asked["increment"])}

    counted = count_election(election, "equal-shares", options)

    # Its ties go to who is dearer or cheaper, ours to the lot: they may part where a tie is told.
    parted = set(counted.outcome.winners) ^ set(answer["result"]["winners"])
    assert parted <= {option for tie in counted.outcome.ties for option in tie.among}
    if not parted:
        assert counted.spent == answer["result"]["totalCost"]


def test_only_one_of_them_parts_by_a_tie() -> None:
    parted = []
    for name in (n for n in ANSWERS if "result" in ANSWERS[n] and "add1" not in n):
        election = held(ANSWERS[name]["fixture"].replace(".pb", ".subsample.pb"))
        options = COMPLETIONS[ANSWERS[name]["params"]["completion"]]
        winners = count_election(election, "equal-shares", options).outcome.winners
        if set(winners) != set(ANSWERS[name]["result"]["winners"]):
            parted.append(name)

    assert parted == ["hungary_budapest_2024.pb::utilitarian_floats_tie"]


class ByName(Lot[str]):
    """The order in which pabutools takes equals."""

    def order(self, tied: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(tied))


@pytest.mark.parametrize("name", PABUTOOLS)
def test_greedy_is_what_was_published(name: str) -> None:
    election = held(PurePath(name).with_suffix(".subsample.pb").name)
    costs, budget = ballot_kinds.projects(election, "greedy")

    # Its "cost" counts a vote as worth the cost, and buys by worth for each unit of cost: by votes.
    outcome = greedy(
        costs, ballot_kinds.worth(election), budget, ByName({}), ballots=election.ballots
    )

    assert set(costs) == set(PABUTOOLS[name]["lexico_order"])
    assert set(outcome.winners) == set(PABUTOOLS[name]["greedy_cost"])


def test_a_file_is_counted_by_the_rule_it_states() -> None:
    election = held("poland_warszawa_2021_bielany.subsample.pb")

    assert own_rule(election) == ("greedy", {})
