"""Result: what the count of one vote says, ready to be shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from labapp.counting import ballot_text
from labapp.counting.as_json import count_as_json, plain
from labapp.counting.ballot_text import key
from labapp.counting.bundle.disclosure import beside_hands
from labapp.counting.bundle.published_vote import FEW
from labapp.counting.count import count_election
from labapp.counting.election import Election
from labapp.counting.lot import Lot
from labapp.counting.outcome import Amount, Count
from labapp.counting.ties import lots
from labapp.counting.without_lot import stop_undrawn
from labapp.polling.queries import Hall
from labapp.voting.models import Option, Vote
from labapp.voting.quorum import ballots_needed


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One option of the result.

    Attributes:
        place: 1 for the first; equal for options that tie while no lot has ordered them; 0 where
            the count stopped at a tie that nobody drew, and there is no order to tell.
        votes: what the method adds; first places of a ranking, marks where a budget decides.
        share: of a hundred: of the ballots, or of the most points an option could get.
        chosen: whether it is among those chosen.
        tied: whether another option has as many votes.
    """

    option: Option
    place: int
    votes: Amount
    share: float
    chosen: bool
    tied: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One count.

    Attributes:
        election: what was counted, its options named p1, p2, ... by their positions.
        counted: the outcome, its rounds and ties, by the rule alone.
        decided: the same as it is told: while the quorum is not met no tie is drawn, and it stops.
        received: ballots in the box, hands in the hall and spoilt papers: the turnout.
        blank: ballots that hold nothing.
        lines: every option, first to last; ties in the order of the lot once it is known.
        ties: groups that the lot must order, or has ordered; none while the quorum is not met.
        undrawn: groups that tie while it is not met: nobody draws, and no order is told.
        patterns: a ballot as stored -> ballots that hold exactly this; empty for a small vote.
        quorum: ballots needed for the result to stand.
        quorum_met: whether it stands as a priority.
        fits: whether no more came than there are people on the roll.
    """

    election: Election
    counted: Count
    decided: Count
    received: int
    blank: int
    lines: tuple[ResultRow, ...]
    ties: tuple[tuple[Option, ...], ...]
    undrawn: tuple[tuple[Option, ...], ...]
    patterns: tuple[tuple[str, int], ...]
    quorum: int
    quorum_met: bool
    fits: bool

    @property
    def few(self) -> bool:
        """Whether there are so few ballots that only totals are shown."""
        return self.election.ballots < FEW

    @property
    def spoilt(self) -> int:
        """Papers that came and that nobody can read."""
        return self.received - self.election.ballots - self.election.people

    @property
    def joins_hands(self) -> bool:
        """Whether a show of hands is told as one with the few who voted in secret."""
        people = self.election.people
        return beside_hands({"secret": self.received - people, "hands": people})

    @property
    def chosen(self) -> tuple[Option, ...]:
        """The options chosen, in order; none while the quorum is not met."""
        return tuple(line.option for line in self.lines if line.chosen and self.quorum_met)

    @property
    def draw_left_out(self) -> bool:
        """Whether the draw left an option out, and did not only order those chosen."""
        return any(option not in self.chosen for group in self.ties for option in group)

    def agrees(self, recorded: Mapping[str, object]) -> bool:
        """Tell whether this count is the one that the record kept."""
        return all(recorded.get(name) == figure for name, figure in self.figures.items())

    @property
    def figures(self) -> dict[str, object]:
        """The count as the record keeps it: whole for a large vote, totals for a small one."""
        values = count_as_json(self.counted)
        kept = ("rule", "ballots", "winners", "spent") if self.few else tuple(values)
        if self.joins_hands:
            kept = ("rule", "winners", "spent")
        figures: dict[str, object] = {name: values[name] for name in kept if name != "parameters"}
        return figures | {
            "received": self.received,
            "votes": {str(line.option.position): plain(line.votes) for line in self.lines},
        }


def build_election(vote: Vote, ballots: Mapping[str, int], hall: Hall) -> Election:
    """Return the ballot box of a vote as anybody could count it.

    Args:
        vote: its numbers and its options.
        ballots: a ballot as stored -> how many hold exactly this.
        hall: hands and spoilt papers.
    """
    options = vote.options
    method = vote.method
    made = Election(
        options=tuple(key(option.position) for option in options),
        names={key(option.position): option.label for option in options},
        ballots=sum(ballots.values()),
        hands={key(position): votes for position, votes in hall.votes.items()},
        people=hall.people,
    )
    ballot_text.put(made, method, ballots)
    if method.has_budget:
        made.costs = {key(option.position): option.cost or 0 for option in options}
        made.budget = vote.budget or 0
    return made


def parameters(vote: Vote) -> dict[str, str]:
    """Return the options of the rule, as ``labapp count`` takes them."""
    given: dict[str, str] = dict(json.loads(vote.parameters))
    if vote.method.has_seats:
        given["seats"] = str(vote.seats)
    return given | {"seed": vote.seed or ""}


def count(vote: Vote, ballots: Mapping[str, int], hall: Hall, *, raised: int = 0) -> Result:
    """Count the ballot box of a vote whose options are loaded.

    Args:
        vote: its numbers, its options and, where a tie was drawn, its seed.
        ballots: a ballot as stored -> how many hold exactly this.
        hall: hands and spoilt papers.
        raised: how often the shares were raised in an earlier count of the same.
    """
    election = build_election(vote, ballots, hall)
    counted = count_election(election, vote.method.name, parameters(vote), raised=raised)
    received = election.ballots + hall.people + hall.spoilt
    needed = ballots_needed(vote)
    quorum_met = received >= needed
    decided = counted if quorum_met or vote.seed else stop_undrawn(counted)
    options = {key(option.position): option for option in vote.options}
    tied = tuple(tuple(options[name] for name in tie.among) for tie in lots(decided))
    return Result(
        election=election,
        counted=counted,
        decided=decided,
        received=received,
        blank=ballots.get("", 0),
        lines=_lines(
            vote,
            decided,
            vote.method.totals(election, counted),
            options,
            election.ballots + election.people,
        ),
        ties=tied if decided.drawn and quorum_met else (),
        undrawn=() if decided.drawn else tied,
        patterns=tuple(sorted(ballots.items())) if election.ballots >= FEW else (),
        quorum=needed,
        quorum_met=quorum_met,
        fits=received <= (vote.roll_size or 0),
    )


def _lines(
    vote: Vote,
    counted: Count,
    votes: Mapping[str, Amount],
    options: Mapping[str, Option],
    received: int,
) -> tuple[ResultRow, ...]:
    winners = counted.outcome.winners
    names = {name: option.label for name, option in options.items()}
    order = Lot(names, vote.seed or "").order if counted.drawn else tuple
    others = [
        name
        for level in sorted(set(votes.values()), reverse=True)
        for name in order(n for n in votes if votes[n] == level and n not in winners)
    ]
    most = Fraction(received * _most(vote) or 1)
    adds = vote.method.adds
    tied = {n for n in votes if votes[n] and list(votes.values()).count(votes[n]) > 1}
    lines = []
    for index, name in enumerate((*winners, *others), start=1):
        above = sum(1 for other in votes.values() if other > votes[name])
        place = index if counted.drawn else 0
        lines.append(
            ResultRow(
                option=options[name],
                place=above + 1 if adds and vote.seed is None else place,
                votes=votes[name],
                share=float(100 * Fraction(votes[name]) / most),
                chosen=name in winners,
                tied=adds and name in tied,
            )
        )
    return tuple(lines)


def _most(vote: Vote) -> int:
    """Return the most that one ballot can add to one option."""
    options, most = len(vote.options), vote.max_marks
    return vote.method.of_one_ballot(options, most, vote.scale)[-1]
