"""Schulze's method as one of all: where it stops undrawn, its chart and its sentences."""

from dataclasses import replace
from typing import Any

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.explain.chart import Duel, Duels, largest, length
from labapp.counting.explain.sentence import Sentence, Teller, format_amount
from labapp.counting.lot import Lot
from labapp.counting.method import BallotKind, Basis, Method
from labapp.counting.methods.schulze.beatpaths import Beatpath, schulze
from labapp.counting.outcome import Count, Outcome, Tie
from labapp.counting.parameters import Options
from labapp.counting.ties import sure

_BEATS_ALL = mark("Chosen: compared two by two, more ballots put it before each of the others.")
_BEATS_OUT = mark(
    "Chosen: compared with each option left out it is the stronger, directly or by way of others."
)
_ALL_IN = mark("Chosen: there was a place for every option.")
_DRAWN = mark(
    "Chosen by the public draw: the ballots do not put it before or after: %(others)s. There was "
    "no place for all."
)
_ORDER = mark(
    "Chosen: the ballots do not put it before or after: %(others)s. All of them enter; the public "
    "draw decided only the order."
)
_UNDRAWN = mark(
    "Not chosen: the ballots do not put it before or after: %(others)s. There was no place for "
    "all, and the public draw decided."
)
_LEVEL = mark(
    "Chosen: the ballots do not put it before or after: %(others)s. All of them enter; which comes "
    "first was not drawn, because the minimum was not reached."
)
_TIED = mark(
    "Tied: the ballots do not put it before or after: %(others)s. There is no place for all, and "
    "it was not drawn, because the minimum was not reached."
)
_BEATEN = mark(
    "Not chosen: %(most)s ballots put “%(winner)s” before it, and %(votes)s the other way round."
)
_BEATEN_AROUND = mark(
    "Not chosen: by way of others “%(winner)s” beats it with a strength of %(most)s, and it beats "
    "“%(winner)s” with %(votes)s."
)
_NOBODY = mark("Not chosen: no ballot put anything in order.")


class Schulze(Method):
    """A ranking; every option is compared with every other."""

    name = "schulze"
    label = mark("Ranking, compared two by two (Schulze)")
    paper = BallotKind.RANKS
    basis = Basis.DUELS
    most_options = 500

    def count(
        self, election: Election, options: Options, lot: Lot[str]
    ) -> Outcome[str, Beatpath[str]]:
        """Count the rankings."""
        ballots = ballot_kinds.rankings(election, self.name)
        return schulze(election.options, ballots, lot, seats=options.seats())

    def stop(self, outcome: Outcome[str, Any], met: tuple[Tie[str], ...]) -> Outcome[str, Any]:
        """Keep whoever has a place whatever the draw."""
        return replace(outcome, winners=sure(outcome, met))

    def chart(self, election: Election, counted: Count, *, few: bool) -> Duels:
        """Draw each against each."""
        del few
        result = _beatpath(counted)
        order = [option for group in result.order for option in group]
        table = result.pairwise
        most = largest(n for row in table.values() for n in row.values())
        return Duels(
            tuple(
                Duel(
                    election.names[a],
                    election.names[b],
                    table[a][b],
                    table[b][a],
                    length(table[a][b], most),
                    length(table[b][a], most),
                )
                for place, a in enumerate(order)
                for b in order[place + 1 :]
            )
        )

    def reasons(self, teller: Teller) -> list[Sentence]:
        """Say whom each beats, or who beats it."""
        result = _beatpath(teller.counted)
        return [_reason(teller, result, option) for option in teller.options]

    def recounts(self, election: Election, seats: int) -> bool:
        """Whether ballots are rankings."""
        del seats
        return election.rankings is not None


SCHULZE = Schulze()


def _beatpath(counted: Count) -> Beatpath[str]:
    result: Beatpath[str] = counted.outcome.rounds[0]
    return result


def _reason(teller: Teller, result: Beatpath[str], option: str) -> Sentence:
    won = option in teller.winners
    tie = teller.tie(option, "elected")
    if tie and not teller.counted.drawn:
        return teller.say(option, _LEVEL if won else _TIED, others=teller.beside(option, tie))
    if tie:
        inside = [each in teller.winners for each in tie.among]
        if all(inside) or any(inside):
            drawn = _ORDER if all(inside) else (_DRAWN if won else _UNDRAWN)
            return teller.say(option, drawn, others=teller.beside(option, tie))
    if won:
        if option == result.condorcet and len(teller.options) > 1:
            return teller.say(option, _BEATS_ALL)
        everybody = len(teller.winners) == len(teller.options)
        return teller.say(option, _ALL_IN if everybody else _BEATS_OUT)
    return _beaten(teller, result, option)


def _beaten(teller: Teller, result: Beatpath[str], option: str) -> Sentence:
    """Name who beats it by most, of those chosen or tied for first, directly if any does."""
    first = teller.winners or teller.tied
    if not first:
        return teller.say(option, _NOBODY)

    def margin(table: dict[str, dict[str, int]], winner: str) -> int:
        return table[winner][option] - table[option][winner]

    table, sentence = result.pairwise, _BEATEN
    if all(margin(table, winner) <= 0 for winner in first):
        table, sentence = result.paths, _BEATEN_AROUND
    winner = max(first, key=lambda each: margin(table, each))
    return teller.say(
        option,
        sentence,
        winner=teller.label(winner),
        most=format_amount(table[winner][option]),
        votes=format_amount(table[option][winner]),
    )
