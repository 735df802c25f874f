"""Bars for the options of a count, by themselves or round by round."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.explain.chart import (
    FIRST_PLACES,
    WIDTH,
    Bar,
    Bars,
    ChartRound,
    Move,
    Rounds,
    largest,
    length,
)
from labapp.counting.outcome import Amount, Count


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """One round, its options by their names in the count; see ``ChartRound``."""

    votes: Mapping[str, Amount]
    needed: Amount
    elected: Iterable[str]
    fallen: Iterable[str]
    moves: tuple[Move, ...]


def bars(
    election: Election, counted: Count, votes: Mapping[str, Amount], most: Amount | None = None
) -> tuple[Bar, ...]:
    """Return a bar for each option that has votes told; ``most`` is the whole width."""
    longest = largest(votes.values()) if most is None else most
    return tuple(
        Bar(
            option,
            election.names[option],
            votes[option],
            length(votes[option], longest),
            option in counted.outcome.winners,
        )
        for option in election.options
        if option in votes
    )


def first_places(election: Election, counted: Count) -> Bars:
    """Return only the first places of a small vote."""
    votes = ballot_kinds.first_places(election, counted.rule)
    return Bars(FIRST_PLACES, bars(election, counted, votes))


def rounds(
    election: Election, counted: Count, steps: Iterable[RoundFigures], most: Amount
) -> Rounds:
    """Return the rounds of transfers; ``most`` is the largest number that a bar measures."""
    names = election.names
    return Rounds(
        tuple(
            ChartRound(
                number,
                bars(election, counted, step.votes, most),
                step.needed,
                min(length(step.needed, most), WIDTH),
                tuple(names[option] for option in step.elected),
                tuple(names[option] for option in step.fallen),
                step.moves,
            )
            for number, step in enumerate(steps, 1)
        )
    )
