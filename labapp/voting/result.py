"""Result: what the count of one consultation says, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from labapp.domain.tally.approval import Tally, approval, chosen, order
from labapp.voting.models import Consultation, Option

#: With fewer ballots than this, only totals are published: a rare pattern would name its voter.
FEW = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One option of the result.

    Attributes:
        place: 1 for the first; equal for options that tie while no lot has ordered them.
        votes: ballots that mark it.
        share: of a hundred ballots.
        chosen: whether it is among those chosen.
        tied: whether another option has as many votes.
    """

    option: Option
    place: int
    votes: int
    share: float
    chosen: bool
    tied: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One count.

    Attributes:
        tally: the votes.
        lines: every option, first to last; ties in the order of the lot once it is known.
        ties: groups that the lot must order, or has ordered; none while the quorum is not met.
        patterns: positions marked -> ballots that mark exactly these; empty for a small vote.
        quorum_met: whether the result stands as a priority.
    """

    tally: Tally
    lines: tuple[Line, ...]
    ties: tuple[tuple[Option, ...], ...]
    patterns: tuple[tuple[str, int], ...]
    quorum_met: bool

    @property
    def few(self) -> bool:
        """Whether so few voted that only totals are shown."""
        return self.tally.ballots < FEW

    @property
    def chosen(self) -> tuple[Option, ...]:
        """The options chosen, in order; none while the quorum is not met."""
        return tuple(line.option for line in self.lines if line.chosen and self.quorum_met)

    def agrees(self, recorded: Mapping[str, object]) -> bool:
        """Tell whether this count is the one that the record kept."""
        return all(recorded.get(name) == figure for name, figure in self.figures.items())

    @property
    def figures(self) -> dict[str, object]:
        """The count as the record keeps it."""
        return {
            "ballots": self.tally.ballots,
            "blank": self.tally.blank,
            "votes": {str(position): votes for position, votes in self.tally.votes.items()},
        }


def count(consultation: Consultation, ballots: dict[str, int]) -> Result:
    """Count the urn of a consultation whose options are loaded.

    Args:
        consultation: its numbers, its options and, where a tie was drawn, its seed.
        ballots: marks as stored -> how many ballots carry exactly these.
    """
    options = {option.position: option for option in consultation.options}
    names = {position: option.label for position, option in options.items()}
    tally = approval(
        list(options),
        {frozenset(map(int, marks.split())): number for marks, number in ballots.items()},
    )
    seed = consultation.seed or ""
    drawn = consultation.seed is not None
    winners = chosen(tally, names, consultation.seats, seed)
    lines = []
    for index, position in enumerate(order(tally, names, seed), start=1):
        votes = tally.votes[position]
        group = next(group for group in tally.ranking if position in group)
        above = sum(1 for other in tally.votes.values() if other > votes)
        lines.append(
            Line(
                options[position],
                index if drawn else above + 1,
                votes,
                100 * votes / tally.ballots if tally.ballots else 0.0,
                position in winners,
                len(group) > 1 and votes > 0,
            )
        )
    quorum_met = tally.ballots >= consultation.quorum
    groups = tally.to_draw(consultation.seats) if quorum_met else ()
    return Result(
        tally,
        tuple(lines),
        tuple(tuple(options[position] for position in group) for group in groups),
        tuple(sorted(ballots.items())) if tally.ballots >= FEW else (),
        quorum_met,
    )
