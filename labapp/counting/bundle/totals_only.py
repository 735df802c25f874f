"""Checking a vote so small that only its totals are published, as far as totals reach."""

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from labapp.counting.as_json import plain
from labapp.counting.bundle import json_files, plausibility, write
from labapp.counting.bundle.differences import Differs, compare
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.read import Fields
from labapp.counting.bundle.tables import totals_csv
from labapp.counting.errors import UnreadableFile
from labapp.counting.lot import Lot
from labapp.counting.method import Basis
from labapp.counting.methods.additive import Sum, first
from labapp.counting.methods.greedy import greedy
from labapp.counting.methods.schulze.beatpaths import settle
from labapp.counting.numbers import exact
from labapp.counting.outcome import Amount, Count, Outcome

KEYS = ("rule", "parameters", "ballots", "winners", "spent", "budget", "rounds", "ties")
_TOTAL = re.compile(r"(\d{1,15})(?:\.(\d{1,5}))?", re.ASCII)


def check(vote: PublishedVote, ballots: int, found: Any, totals: bytes) -> list[str]:
    """Check the result as far as the totals reach, and say how far.

    What follows from them is compared whole; of what does not, that it could be so.

    Args:
        vote: the vote, without its ballots.
        ballots: how many there were.
        found: what ``result.json`` holds.
        totals: ``totals.csv``.

    Raises:
        Differs: with the first difference.
        UnreadableFile: the totals are not a list of totals, or the result lacks a field.
    """
    fields = Fields(found, "result.json")
    fields.need(*KEYS)
    counts = _totals(totals, [option.key for option in vote.options])
    if totals_csv(vote.options, {key: plain(count) for key, count in counts.items()}) != totals:
        raise Differs("totals.csv does not have the options of the paper.")
    counted = _counted(vote, ballots, fields, counts)
    compare("result.json", found, json_files.result_json(counted, few=True))
    again = (
        "that these won is not"
        if vote.method.basis is Basis.NOTHING
        else "the winners follow from them"
    )
    return [f"Fewer than 20 ballots: only totals are published, so only they are checked; {again}."]


def _totals(content: bytes, keys: list[str]) -> dict[str, Amount]:
    """Return option -> total; halves, of Borda's points, are fractions."""
    lines = content.decode("utf-8", "replace").splitlines()[1:]
    matches = [_TOTAL.fullmatch(line.rpartition(",")[2]) for line in lines]
    if len(matches) != len(keys) or not all(matches):
        raise UnreadableFile("totals.csv cannot be read: it is not a list of totals.")
    counts: dict[str, Amount] = {}
    for key, match in zip(keys, matches, strict=True):
        if match:
            decimals = match[2] or ""
            value = Fraction(int(match[1] + decimals), 10 ** len(decimals))
            counts[key] = int(value) if value.denominator == 1 else value
    return counts


def _counted(
    vote: PublishedVote, ballots: int, told: Fields, counts: Mapping[str, Amount]
) -> Count:
    """Return the count that the totals give; what they do not say is taken as told."""
    alone = write.count_vote(vote)  # of no ballot: what it was asked, and the money
    lot = Lot({option.key: option.label for option in vote.options}, vote.seed)
    basis = vote.method.basis
    if told.value["rounds"] and alone.parameters.get("fill") == "votes":
        # Rounds of equal shares are published only where nobody could pay and all went by votes.
        outcome = _spent(vote, alone, counts, lot)
    elif basis is Basis.NOTHING:
        plausibility.check(vote, ballots, told, counts, lot)
        outcome = Outcome(told.texts("winners"), (), plausibility.ties(vote, told, lot), ballots)
    elif basis is Basis.SPENDING:
        plausibility.require_possible_totals(vote, counts, ballots)
        outcome = _spent(vote, alone, counts, lot)
    elif basis is Basis.DUELS:
        pairwise = plausibility.pairwise(told, counts, ballots)
        outcome = settle(pairwise, lot, seats=vote.seats, ballots=ballots)
    else:
        outcome = _added(vote, ballots, told, counts, lot)
    spent = None
    if alone.budget is not None:
        costs = {option.key: option.cost or 0 for option in vote.options}
        spent = sum(costs[option] for option in outcome.winners)
    return replace(alone, outcome=replace(outcome, ballots=ballots), spent=spent)


def _spent(
    vote: PublishedVote, alone: Count, counts: Mapping[str, Amount], lot: Lot[str]
) -> Outcome[str, Any]:
    return greedy(
        {option.key: option.cost or 0 for option in vote.options},
        counts,
        vote.budget or 0,
        lot,
        ballots=0,
        stop=vote.method.stops,
        threshold=exact(str(alone.parameters.get("threshold") or 0)) or 0,
    )


def _added(
    vote: PublishedVote, ballots: int, told: Fields, counts: Mapping[str, Amount], lot: Lot[str]
) -> Outcome[str, Any]:
    """Return the count of a method that adds; blank and spoilt ballots are in no total."""
    rounds = told.rows("rounds")
    if not rounds:
        raise told.wrong("rounds")
    blank = rounds[0].number("blank")
    spoilt = rounds[0].number("spoilt") if vote.method.spoils else 0
    plausibility.require_possible_totals(vote, counts, ballots, silent=blank + spoilt)
    winners, ties = first(counts, lot, seats=vote.seats)
    return Outcome(winners, (Sum(dict(counts), blank, spoilt),), ties, ballots)
