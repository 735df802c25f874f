"""Checking a vote so small that only its totals are published, as far as totals reach."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from labapp.domain.bundle import telling
from labapp.domain.bundle.differences import Differs, compare
from labapp.domain.bundle.reading import Fields
from labapp.domain.bundle.tables import totals_csv
from labapp.domain.bundle.vote import SPENDING, Vote
from labapp.domain.counting.options import Options
from labapp.domain.counting.telling import plain
from labapp.domain.errors import Unreadable
from labapp.domain.tally.ballots import Amount, Lot
from labapp.domain.tally.greedy import greedy
from labapp.domain.tally.pairwise import settled
from labapp.domain.tally.sums import first

#: Rules whose winners do not follow from one total for each option.
BEYOND = frozenset({"irv", "stv", "equal-shares"})
_TOTAL = re.compile(r"(\d{1,15})(?:\.(\d{1,5}))?", re.ASCII)


def check(vote: Vote, ballots: int, found: Any, totals: bytes) -> list[str]:
    """Check the result as far as the totals reach, and say how far.

    Args:
        vote: the vote, without its ballots.
        ballots: how many there were.
        found: what ``result.json`` holds.
        totals: ``totals.csv``.

    Raises:
        Differs: with the first difference.
        Unreadable: the totals are not a list of totals.
    """
    told = Fields(found, "result.json")
    for key, value in (("rule", vote.rule), ("ballots", ballots), ("budget", _budget(vote))):
        compare("result.json", told.value.get(key), value, key)
    counts = _totals(totals, [option.key for option in vote.options])
    if totals_csv(vote.options, {key: plain(count) for key, count in counts.items()}) != totals:
        raise Differs("totals.csv does not have the options of the paper.")
    _check_winners(vote, told, counts)
    again = "" if vote.rule in BEYOND else "; the winners follow from them"
    return [f"Fewer than 20 ballots: only totals are published, so only they are checked{again}."]


def _budget(vote: Vote) -> int | None:
    return vote.budget if vote.rule in SPENDING else None


def _totals(content: bytes, keys: list[str]) -> dict[str, Amount]:
    """Return option -> total; halves, of Borda's points, are fractions."""
    lines = content.decode("utf-8", "replace").splitlines()[1:]
    found = [_TOTAL.fullmatch(line.rpartition(",")[2]) for line in lines]
    if len(found) != len(keys) or not all(found):
        raise Unreadable("totals.csv cannot be read: it is not a list of totals.")
    counts: dict[str, Amount] = {}
    for key, match in zip(keys, found, strict=True):
        if match:
            decimals = match[2] or ""
            value = Fraction(int(match[1] + decimals), 10 ** len(decimals))
            counts[key] = int(value) if value.denominator == 1 else value
    return counts


def _check_winners(vote: Vote, told: Fields, counts: Mapping[str, Amount]) -> None:
    lot = Lot({option.key: option.label for option in vote.options}, vote.seed)
    if vote.rule in BEYOND:
        compare("result.json", told.value.get("rounds"), [], "rounds")
    elif vote.rule in ("greedy", "greedy-stop"):
        outcome = greedy(
            {option.key: option.cost or 0 for option in vote.options},
            counts,
            vote.budget or 0,
            lot,
            ballots=0,
            stop=vote.rule == "greedy-stop",
            threshold=Options(vote.rule, telling.given(vote)).number("threshold", 0, least=0) or 0,
        )
        _compare(told, outcome.winners, outcome.rounds)
    elif vote.rule == "schulze":
        pairwise = _pairwise(told, list(counts))
        duels = settled(pairwise, lot, seats=vote.seats, ballots=0)
        _compare(told, duels.winners, duels.rounds)
    else:
        votes = {key: plain(count) for key, count in counts.items()}
        rounds = told.rows("rounds")
        compare("result.json", rounds[0].value.get("votes") if rounds else None, votes, "votes")
        winners, _ = first(counts, lot, seats=vote.seats)
        compare("result.json", told.value.get("winners"), list(winners), "winners")


def _compare(told: Fields, winners: tuple[str, ...], rounds: tuple[Any, ...]) -> None:
    said = [{"round": n, **plain(each)} for n, each in enumerate(rounds, 1)]
    compare("result.json", told.value.get("rounds"), said, "rounds")
    compare("result.json", told.value.get("winners"), list(winners), "winners")


def _pairwise(told: Fields, keys: list[str]) -> dict[str, dict[str, int]]:
    rounds = told.rows("rounds")
    if not rounds:
        raise told.wrong("rounds")
    table = rounds[0].within("pairwise")
    found = {key: table.numbers(key) for key in keys}
    if any(set(row) != set(keys) - {key} for key, row in found.items()):
        raise told.wrong("pairwise")
    return found
