"""Instant runoff as a method: its options, where it stops undrawn, its chart and its sentences."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import Uncountable, mark
from labapp.counting.explain.bars import RoundFigures, first_places, rounds
from labapp.counting.explain.chart import Chart, Move, largest
from labapp.counting.explain.sentence import Sentence, Teller, format_amount
from labapp.counting.lot import Lot
from labapp.counting.method import BallotKind, Basis, Method, MethodQuestion
from labapp.counting.methods.eliminations import (
    FELL_NONE,
    NOBODY,
    equals,
    why_fallen,
    why_undecided,
)
from labapp.counting.methods.irv.runoff import Elimination, Runoff, instant_runoff
from labapp.counting.methods.ranked_ballot import Overvote
from labapp.counting.outcome import Count, Outcome, Tie
from labapp.counting.parameters import Options
from labapp.counting.ties import until

_WON = mark(
    "Chosen in round %(round)s: %(votes)s ballots stood for it, and %(threshold)s, more than half, "
    "were needed."
)
_LAST = mark(
    "Not chosen: it came as far as the last round, with %(votes)s; “%(winner)s” had %(most)s, and "
    "%(threshold)s were needed."
)


class InstantRunoff(Method):
    """A ranking; the last falls each round."""

    name = "irv"
    label = mark("Ranking, the last falls each round (instant runoff)")
    paper = BallotKind.RANKS
    basis = Basis.NOTHING
    has_seats = False
    most_options = 1_000
    ties_over = ("eliminated",)
    questions = (
        MethodQuestion(
            "elimination",
            mark("Who falls each round"),
            mark("Instant runoff: who falls each round?"),
            {"single": mark("The last one"), "batch": mark("All who can no longer win")},
            "single",
        ),
    )

    def count(
        self, election: Election, options: Options, lot: Lot[str]
    ) -> Outcome[str, Runoff[str]]:
        """Count the rankings."""
        ballots = ballot_kinds.rankings(election, self.name)
        leaving = options.word("leaving", None)
        if leaving is not None and leaving not in election.options:
            raise Uncountable("There is no option “%(name)s” to leave first.", name=leaving)
        return instant_runoff(
            election.options,
            ballots,
            lot,
            overvote=options.choice("overvote", Overvote.EXHAUST),
            skipped=options.number("skipped", None, least=0),
            elimination=options.choice("elimination", Elimination.SINGLE),
            leaving=() if leaving is None else (leaving,),
        )

    def stop(self, outcome: Outcome[str, Any], met: tuple[Tie[str], ...]) -> Outcome[str, Any]:
        """End at the first tie: in its round nobody falls."""
        end = met[0]
        here = outcome.rounds[end.round - 1]
        here = replace(here, eliminated=(), transfers={}, exhausting={})
        rounds = (*outcome.rounds[: end.round - 1], here)
        winners = tuple(option for each in rounds for option in each.elected)
        return replace(outcome, winners=winners, rounds=rounds, ties=until(outcome.ties, end))

    def chart(self, election: Election, counted: Count, *, few: bool) -> Chart:
        """Draw the rounds; of few ballots, only first places."""
        if few:
            return first_places(election, counted)
        runoffs: tuple[Runoff[str], ...] = counted.outcome.rounds
        steps = (
            RoundFigures(
                each.votes, each.threshold, each.elected, each.eliminated, _moves(election, each)
            )
            for each in runoffs
        )
        most = largest(n for each in runoffs for n in (*each.votes.values(), each.threshold))
        return rounds(election, counted, steps, most)

    def reasons(self, teller: Teller) -> list[Sentence]:
        """Say in which round each was chosen or fell."""
        return [_reason(teller, teller.counted.outcome.rounds, o) for o in teller.options]

    def tells_rounds(self, outcome: Outcome[str, Any]) -> bool:
        """Never of few ballots: from what moved a ballot can be worked out."""
        return not outcome.rounds

    def wins_unnamed(self, parameters: Mapping[str, str]) -> bool:
        """Whether somebody put first by nobody may win: else they fall before a ballot moves."""
        return "leaving" in parameters

    def parameters(
        self, answers: Mapping[str, str], *, budget: int | None, members: int
    ) -> dict[str, str]:
        """Return who falls."""
        del budget, members
        return {each.name: answers.get(each.name) or each.usual for each in self.questions}

    def recounts(self, election: Election, seats: int) -> bool:
        """Whether ballots are rankings, and one is chosen."""
        return election.rankings is not None and seats <= 1


IRV = InstantRunoff()


def _moves(election: Election, each: Runoff[str]) -> tuple[Move, ...]:
    names = election.names
    found = [
        Move(names[giver], names[taker], amount)
        for giver, got in each.transfers.items()
        for taker, amount in got.items()
    ]
    lost = [Move(names[giver], None, n) for giver, n in each.exhausting.items() if n]
    return (*found, *lost)


def _reason(teller: Teller, told: tuple[Runoff[str], ...], option: str) -> Sentence:
    for number, each in enumerate(told, 1):
        if option in each.elected:
            return teller.say(
                option,
                _WON,
                round=str(number),
                votes=format_amount(each.votes[option]),
                threshold=format_amount(each.threshold),
            )
        if option in each.eliminated:
            moves = each.transfers.get(option, {})
            return teller.say(
                option,
                why_fallen(teller, option, number, together=len(each.eliminated) > 1)
                if each.votes[option]
                else FELL_NONE,
                round=str(number),
                votes=format_amount(each.votes[option]),
                others=equals(teller, option, number),
                moves=teller.pairs(moves) or "0",
                silent=format_amount(each.exhausting.get(option, 0)),
            )
    if teller.stopped:
        return why_undecided(teller, option, len(told), told[-1].votes[option])
    if not told or not teller.winners:
        return teller.say(option, NOBODY)
    last, winner = told[-1], teller.winners[0]
    return teller.say(
        option,
        _LAST,
        votes=format_amount(last.votes.get(option, 0)),
        winner=teller.label(winner),
        most=format_amount(last.votes[winner]),
        threshold=format_amount(last.threshold),
    )
