"""A result explained: a sentence for each option, its chart, and what other methods would give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from labapp.counting.alternatives import FEW as TOO_FEW_BALLOTS
from labapp.counting.alternatives import HANDS as HANDS_ARE_PUBLIC
from labapp.counting.alternatives import alternatives
from labapp.counting.election import Election
from labapp.counting.explain.chart import Chart, ChartRound, ChartTable, Duel
from labapp.counting.explanation import chart, reasons
from labapp.results import queries as results
from labapp.results.result import Result
from labapp.voting.models import Vote


@dataclass(frozen=True, slots=True)
class AlternativeText:
    """Another method in words: whom it would have chosen, who would tie, if they are the same."""

    method: str
    winners: Sequence[str]
    tied: Sequence[str]
    same: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is said of a result beside its figures.

    Attributes:
        received: who voted, but those whose spoilt papers are told nowhere.
        spoilt: the spoilt papers that are told.
        why: position of an option -> why it won or lost.
        kind: "bars", "rounds", "money" or "duels": how ``chart`` is drawn.
        of_votes, of_places: whether its bars are votes, or first places, and not points.
        points: position of an option -> what its bar measures, fit to be read.
        rounds: of a chart of rounds; empty for others.
        beside: the first of the result against each other option, where they are compared.
        table: the figures of the chart, its headings in the reader's language.
        others: by the other methods that these ballots allow; none of a small vote.
        no_others: why there is none; empty where there are.
    """

    received: int
    spoilt: int
    why: Mapping[int, str]
    kind: str
    chart: Chart
    of_votes: bool
    of_places: bool
    points: Mapping[int, str]
    rounds: Sequence[ChartRound]
    beside: Sequence[Duel]
    table: ChartTable
    others: Sequence[AlternativeText]
    no_others: str


def explain(vote: Vote, result: Result) -> Explanation:
    """Explain the result of a published vote."""
    election, counted = result.election, result.decided
    position = {name: n for n, name in enumerate(election.options, 1)}
    drawn, untold = chart(election, counted, few=result.few), _untold(vote, result)
    others = () if result.few else alternatives(election, counted, seats=vote.seats)
    return Explanation(
        received=result.received - untold,
        spoilt=result.spoilt - untold,
        why={
            position[each.option]: _(each.sentence, **each.values)
            for each in reasons(election, counted, few=result.few)
        },
        kind=drawn.kind,
        chart=drawn,
        of_votes=drawn.of_votes,
        of_places=drawn.of_places,
        points={position[bar.option]: bar.shown for bar in drawn.measures()},
        rounds=drawn.steps(),
        beside=drawn.comparisons(result.lines[0].option.label),
        table=ChartTable(tuple(_(head) for head in drawn.table.heads), drawn.table.rows),
        others=[
            AlternativeText(
                _(o.label), _words(election, o.winners), _words(election, o.tied), o.same
            )
            for o in others
        ],
        no_others="" if others else _(TOO_FEW_BALLOTS if result.few else HANDS_ARE_PUBLIC),
    )


def _untold(vote: Vote, result: Result) -> int:
    """Return how many spoilt papers no number tells of: those of a way that very few used."""
    return results.undisclosed_spoilt_counts([vote]).get(vote.id, 0) if result.spoilt else 0


def _words(election: Election, options: Sequence[str]) -> Sequence[str]:
    return [election.names[name] for name in options]
