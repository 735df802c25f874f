"""A bundle holds the vote in every format, says nothing of anybody, and is the same each time."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from labapp.counting.as_json import count_as_json
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.verify import check
from labapp.counting.bundle.write import act, count_vote, files, publish, roots
from labapp.counting.count import count_election
from labapp.counting.errors import Uncountable
from labapp.counting.formats import by_extension
from labapp.counting.formats.own_rule import own_rule
from labapp.counting.methods import METHODS
from tests.counting.bundle.votes import ANY, HALL, SMALL, WITH_HANDS, vote


def told(parts: dict[str, bytes], name: str) -> Any:
    return json.loads(parts[name])


@settings(max_examples=150, deadline=None)
@given(held=ANY)
def test_what_is_published_is_found_right(held: PublishedVote) -> None:
    lines = check(publish(held, b"%PDF"))

    assert any("Counted again" in line for line in lines)


@settings(max_examples=150, deadline=None)
@given(held=ANY.filter(lambda held: not held.method.ranks))
def test_its_pabulib_file_alone_is_counted_to_the_same_result(held: PublishedVote) -> None:
    parts = files(held)

    election = by_extension.election(io.BytesIO(parts["ballots.pb"]), "ballots.pb")
    count = count_election(election, *own_rule(election))

    assert not election.remarks
    assert count_as_json(count) == told(parts, "result.json")


@settings(max_examples=150, deadline=None)
@given(held=ANY.filter(lambda held: held.method.ranks and any(held.ballots)))
def test_its_preflib_file_alone_is_counted_to_the_same_winners(held: PublishedVote) -> None:
    parts = files(held)
    options = {} if held.rule == "irv" else {"seats": str(held.seats)}

    election = by_extension.election(io.BytesIO(parts["ballots.soi"]), "ballots.soi")
    count = count_election(election, held.rule, {**options, "seed": held.seed})

    labels = {option.label: option.key for option in held.options}
    winners = [labels[label] for label in count.outcome.winners]
    assert winners == told(parts, "result.json")["winners"]
    assert count.outcome.ballots == held.cast - held.ballots.get("", 0)


@pytest.mark.parametrize("rule", sorted(name for name, method in METHODS.items() if method.ranks))
def test_rankings_are_read_by_other_programs(rule: str) -> None:
    parts = files(vote(rule, {"3 1": 12, "1": 9, "": 3, "2 4 1 3": 1}))

    election = by_extension.election(io.BytesIO(parts["ballots.soi"]), "ballots.soi")

    assert election.ballots == 22
    assert b"# NUMBER BLANK: 3\n" in parts["ballots.soi"]
    assert election.options == tuple(option.label for option in HALL.options)


@pytest.mark.parametrize("rule", sorted(METHODS))
def test_of_few_ballots_only_totals_are_published(rule: str) -> None:
    ballots = {"1:4 2:5": 7} if rule in ("score", "points") else {"1": 6, "": 1}
    held = vote(rule, ballots)

    parts = files(held)

    assert not {"ballots.json", "ballots.csv", "ballots.pb", "ballots.soi"} & set(parts)
    assert roots(held).ballots is None
    assert told(parts, "act.json")["merkle"]["ballots"] is None
    assert any("only totals" in line for line in check(publish(held)))


def test_the_voters_of_the_pabulib_file_are_numbered_one_after_another() -> None:
    rows = files(HALL)["ballots.pb"].decode().split("voter_id;vote\n")[1].splitlines()

    assert [row.split(";")[0] for row in rows] == [str(n) for n in range(1, 29)]


def test_raised_hands_are_votes_and_not_ballots() -> None:
    count = count_vote(WITH_HANDS)

    assert count.outcome.ballots == 28
    assert count.outcome.rounds[0].votes == {"p1": 26, "p2": 12, "p3": 10, "p4": 32}
    assert count.outcome.winners == ("p4", "p1")
    assert check(publish(WITH_HANDS))


def test_only_marks_can_be_raised_as_hands() -> None:
    with pytest.raises(Uncountable, match="A show of hands cannot be counted by stv"):
        count_vote(replace(WITH_HANDS, rule="stv", ballots={"1": 20}))


def test_the_bytes_are_the_same_whatever_the_order_of_what_was_handed_over() -> None:
    turned = replace(
        HALL,
        ballots=dict(reversed(list(HALL.ballots.items()))),
        receipts=tuple(reversed(HALL.receipts)),
    )

    assert publish(turned) == publish(HALL)


def test_the_act_is_that_of_the_bundle() -> None:
    assert act(HALL) == told(files(HALL), "act.json")
    assert act(HALL)["quorum_reached"]
    assert act(HALL)["voters"] == 29


def test_what_was_handed_out_is_not_said_of_a_channel_joined_with_another() -> None:
    mixed = replace(HALL, turnout={"account+paper": 29})

    assert told(files(mixed), "election.json")["reconciled"] == {}
    assert check(publish(mixed))


@pytest.mark.parametrize("rule", sorted(n for n, m in METHODS.items() if m.has_budget))
def test_a_budget_of_parameters_is_counted_by_its_own_file(rule: str) -> None:
    parameters = {"threshold": "3"} if rule != "equal-shares" else {"completion": "budget"}
    held = replace(vote(rule, {"1 2": 11, "2 3": 9, "3": 4}), parameters=parameters)

    election = by_extension.election(io.BytesIO(files(held)["ballots.pb"]), "ballots.pb")

    name, options = own_rule(election)
    assert (name, options) == (rule, {**parameters, "seed": "4821"})


def test_a_small_vote_has_the_totals_of_ballots_and_hands_together() -> None:
    assert files(SMALL)["totals.csv"].decode().splitlines()[1] == "p1,Reparar el tanque,6"
