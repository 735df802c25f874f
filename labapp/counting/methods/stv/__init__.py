"""STV as a method: its options, where it stops undrawn, its chart and its sentences."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.explain.bars import RoundFigures, first_places, rounds
from labapp.counting.explain.chart import Chart, Move, largest
from labapp.counting.explain.sentence import Sentence, Teller, format_amount
from labapp.counting.lot import Lot
from labapp.counting.method import BallotKind, Basis, Method
from labapp.counting.methods.eliminations import (
    FELL_NONE,
    NOBODY,
    equals,
    why_fallen,
    why_undecided,
)
from labapp.counting.methods.ranked_ballot import Overvote
from labapp.counting.methods.stv.transfers import TransferStage, transferable_vote
from labapp.counting.outcome import Count, Outcome, Tie
from labapp.counting.parameters import Options
from labapp.counting.ties import decisive, level, until

_SEAT_QUOTA = mark("Chosen in round %(round)s with %(votes)s; the quota was %(quota)s.")
_SEAT_SURPLUS = mark(
    "Chosen in round %(round)s with %(votes)s; the quota was %(quota)s, and what was over went to: "
    "%(moves)s."
)
_SEAT_LEFT = mark(
    "Chosen in round %(round)s with %(votes)s: there were no more options left than places."
)
_SEAT_SHORT = mark(
    "Not chosen: at the end it had %(votes)s and the quota was %(quota)s: %(lacking)s more."
)


class TransferableVote(Method):
    """A ranking; what is over the quota, and who falls, move on."""

    name = "stv"
    label = mark("Ranking for several places (single transferable vote)")
    paper = BallotKind.RANKS
    basis = Basis.NOTHING
    most_options = 1_000
    ties_over = ("surplus", "eliminated", "order")
    ties_by = ("lot", "earlier round")

    def count(
        self, election: Election, options: Options, lot: Lot[str]
    ) -> Outcome[str, TransferStage[str]]:
        """Count the rankings."""
        return transferable_vote(
            election.options,
            ballot_kinds.rankings(election, self.name),
            lot,
            seats=options.seats(),
            overvote=options.choice("overvote", Overvote.SKIP),
            skipped=options.number("skipped", None, least=0),
        )

    def stop(self, outcome: Outcome[str, Any], met: tuple[Tie[str], ...]) -> Outcome[str, Any]:
        """End before the first tie on which what follows hangs; equals stand as on the paper."""
        stages: tuple[TransferStage[str], ...] = outcome.rounds
        winners, ties, end = outcome.winners, outcome.ties, decisive(met)
        if end:
            stages, ties = stages[: end.round - 1], until(ties, end)
            winners = tuple(option for each in stages for option in each.elected)
        stages = tuple(replace(each, elected=level(each.elected, met)) for each in stages)
        return replace(outcome, winners=level(winners, met), rounds=stages, ties=ties)

    def chart(self, election: Election, counted: Count, *, few: bool) -> Chart:
        """Draw the stages; of few ballots, only first places."""
        if few:
            return first_places(election, counted)
        stages: tuple[TransferStage[str], ...] = counted.outcome.rounds
        most = largest(amount for each in stages for amount in each.votes.values())
        return rounds(election, counted, _steps(election, stages), most)

    def reasons(self, teller: Teller) -> list[Sentence]:
        """Say in which stage each was elected or fell."""
        return [_reason(teller, teller.counted.outcome.rounds, o) for o in teller.options]

    def tells_rounds(self, outcome: Outcome[str, Any]) -> bool:
        """Never of few ballots: from what moved a ballot can be worked out."""
        return not outcome.rounds

    def recounts(self, election: Election, seats: int) -> bool:
        """Whether ballots are rankings, and several are chosen: of one, it is instant runoff."""
        return election.rankings is not None and seats != 1


STV = TransferableVote()


def _steps(election: Election, stages: tuple[TransferStage[str], ...]) -> Iterator[RoundFigures]:
    for before, each in zip((None, *stages), stages, strict=False):
        fallen = (each.of,) if each.act == "exclusion" and each.of is not None else ()
        yield RoundFigures(
            each.votes, each.quota, each.elected, fallen, _moves(election, before, each)
        )


def _moves(
    election: Election, before: TransferStage[str] | None, each: TransferStage[str]
) -> tuple[Move, ...]:
    if each.of is None:
        return ()
    names = election.names
    moves = [Move(names[each.of], names[to], amount) for to, amount in each.transfers.items()]
    if before and each.not_effective > before.not_effective:
        moves.append(Move(names[each.of], None, each.not_effective - before.not_effective))
    return tuple(moves)


def _reason(teller: Teller, stages: tuple[TransferStage[str], ...], option: str) -> Sentence:
    over = next((s for s in stages if s.act == "surplus" and s.of == option), None)
    before: TransferStage[str] | None = None
    for number, stage in enumerate(stages, 1):
        if option in stage.elected:
            return _seated(teller, option, number, stage, over)
        if stage.act == "exclusion" and stage.of == option and before:
            votes = before.votes[option]
            moved = sum(stage.transfers.values())
            return teller.say(
                option,
                why_fallen(teller, option, number) if votes else FELL_NONE,
                round=str(number),
                votes=format_amount(votes),
                others=equals(teller, option, number),
                moves=teller.pairs(stage.transfers) or "0",
                silent=format_amount(votes - moved),
            )
        before = stage
    if before is None:
        return teller.say(option, NOBODY)
    votes = before.votes[option]
    if teller.stopped:
        return why_undecided(teller, option, len(stages), votes)
    return teller.say(
        option,
        _SEAT_SHORT,
        votes=format_amount(votes),
        quota=format_amount(before.quota),
        lacking=format_amount(before.quota - votes),
    )


def _seated(
    teller: Teller,
    option: str,
    number: int,
    stage: TransferStage[str],
    over: TransferStage[str] | None,
) -> Sentence:
    sentence = _SEAT_LEFT
    if stage.votes[option] >= stage.quota:
        sentence = _SEAT_SURPLUS if over and over.transfers and not teller.few else _SEAT_QUOTA
    return teller.say(
        option,
        sentence,
        round=str(number),
        votes=format_amount(stage.votes[option]),
        quota=format_amount(stage.quota),
        moves=teller.pairs(over.transfers) if over else "",
    )
