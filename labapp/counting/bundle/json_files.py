"""The JSON files of a bundle: the election, its result and its act, as plain values."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from labapp.counting.as_json import count_as_json, plain
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.election import Election
from labapp.counting.methods import METHODS
from labapp.counting.outcome import Count

FORMAT = 1


def count_options(vote: PublishedVote) -> dict[str, str]:
    """Return the options of the count, the seed included, as ``labapp count`` takes them."""
    seats = {"seats": str(vote.seats)} if vote.method.has_seats else {}
    return {**vote.parameters, **seats, "seed": vote.seed}


def election_json(vote: PublishedVote) -> dict[str, Any]:
    """Return ``election.json``: everything but the ballots, the codes and the result."""
    return {
        "format": FORMAT,
        "lab": vote.lab,
        "question": vote.question,
        "rule": vote.rule,
        "parameters": dict(vote.parameters),
        "seats": vote.seats,
        "most": vote.most,
        "scale": vote.scale,
        "options": [asdict(option) for option in vote.options],
        "budget": vote.budget,
        "roll": asdict(vote.roll),
        "quorum": vote.quorum,
        "tie_rule": vote.tie_rule,
        "seed": vote.seed,
        "opened_at": vote.opened_at.isoformat(),
        "closed_at": vote.closed_at.isoformat(),
        "turnout": dict(vote.turnout),
        "ballots": vote.cast,
        "spoilt": vote.spoilt,
        "published": "totals" if vote.few else "ballots",
        "hands": _hands(vote),
        "reconciled": _reconciled(vote),
        "witnesses": list(vote.witnesses),
        "differences": list(vote.differences),
    }


def _hands(vote: PublishedVote) -> dict[str, Any] | None:
    if vote.hands is None:
        return None
    return {
        "people": vote.hands.people,
        "votes": {option.key: vote.hands.votes.get(option.key, 0) for option in vote.options},
        "witnesses": list(vote.hands.witnesses),
    }


def _reconciled(vote: PublishedVote) -> dict[str, Any]:
    """Return what was handed out, but of no channel that turnout has joined with another."""
    return {
        str(channel): asdict(each)
        for channel, each in vote.reconciled.items()
        if channel in vote.turnout
    }


def result_json(counted: Count, *, few: bool) -> dict[str, Any]:
    """Return ``result.json``: what ``labapp count --json`` says.

    Of few ballots, the rounds that would let a ballot be worked out are left out.
    """
    result = count_as_json(counted)
    if few and not METHODS[counted.rule].tells_rounds(counted.outcome):
        result["rounds"] = []
    return result


def totals(counted: Count, election: Election) -> dict[str, int | str]:
    """Return the votes or points of each option; of rankings without points, first places."""
    totals_by_option = METHODS[counted.rule].totals(election, counted)
    return {option: plain(total) for option, total in totals_by_option.items()}


def act_json(
    election: Mapping[str, Any], result_: Mapping[str, Any], merkle: Mapping[str, Any]
) -> dict[str, Any]:
    """Return ``act.json`` from the other two and the Merkle roots."""
    voters = sum(election["turnout"].values())
    same = (
        "lab question rule parameters options seats most scale budget roll quorum tie_rule seed "
        "opened_at closed_at turnout ballots spoilt hands reconciled witnesses differences"
    )
    return {
        **{key: election[key] for key in same.split()},
        "voters": voters,
        "quorum_reached": voters >= election["quorum"],
        "rounds": result_["rounds"],
        "ties": result_["ties"],
        "winners": result_["winners"],
        "spent": result_["spent"],
        "merkle": dict(merkle),
    }


def json_bytes(value: Any) -> bytes:
    """Return JSON that is the same bytes each time."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
