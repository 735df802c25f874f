"""What the counts share: how a ranking is written, what a count gives back, and what a tie is."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, Generic, TypeAlias, TypeVar

#: An option on the paper: its key in the database, or its name in a file.
O = TypeVar("O", bound=Hashable)  # noqa: E741  # as short as it is frequent
#: What a round of a method tells.
R = TypeVar("R")
#: Balboas, cents, points or votes: whole, or an exact fraction; never a float.
Amount: TypeAlias = int | Fraction


class SpoiltRank(Enum):
    """A rank that was marked so that nobody knows for whom."""

    OVERVOTE = "overvote"


#: The options at one rank: none is a skipped rank, several are an overvote or a tie.
Rank: TypeAlias = frozenset[O] | SpoiltRank
#: One ballot: its ranks, best first. An option not named comes after every option named.
Ranking: TypeAlias = tuple[Rank[O], ...]
#: Points that one ballot gives, option by option.
Points: TypeAlias = tuple[tuple[O, Amount], ...]


@dataclass(frozen=True, slots=True)
class Tie(Generic[O]):
    """Options that the votes alone could not put in order.

    Attributes:
        round: the round, from 1.
        over: what was at stake: "elected", "eliminated", "surplus" or "funded"; "order", when all
            of them were elected and only who comes first was; "seat", among strata of a roll.
        among: the options, in the order of the paper.
        order: the same, as they were put; the first was taken.
        by: "lot", or "earlier round" where the method itself looks back first.
    """

    round: int
    over: str
    among: tuple[O, ...]
    order: tuple[O, ...]
    by: str = "lot"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[O, R]):
    """What a count gives.

    Attributes:
        winners: in the order in which they won.
        rounds: the count, step by step, fit to be explained.
        ties: every tie that was met and how it was resolved.
        ballots: ballots counted, blank ones included.
    """

    winners: tuple[O, ...]
    rounds: tuple[R, ...]
    ties: tuple[Tie[O], ...]
    ballots: int


class Strict(Generic[O]):
    """Read rankings of one option a rank, which most are, several times as fast."""

    def __init__(self, options: Iterable[O]) -> None:
        self.alone: dict[Rank[O], O] = {frozenset((option,)): option for option in options}

    def order(self, ranking: Ranking[O]) -> list[O] | None:
        """Return the options, best first; None where a rank is empty, shared, spoilt or twice."""
        try:
            order = [*map(self.alone.__getitem__, ranking)]
        except KeyError:
            return None
        return order if len(set(order)) == len(order) else None


def papers(ballots: Mapping[Ranking[O], int]) -> int:
    """Return how many ballots there are, blank ones included."""
    if any(count < 0 for count in ballots.values()):
        raise ValueError("a count of ballots cannot be negative")
    return sum(ballots.values())


@dataclass(frozen=True, slots=True)
class Count:
    """A count with what it was asked: rule, parameters, and the money if there was any.

    ``drawn`` is False where nobody drew the lots of its ties: it stops there, see ``without_lot``.
    """

    rule: str
    parameters: dict[str, int | str | None]
    outcome: Outcome[str, Any]
    spent: Amount | None = None
    budget: Amount | None = None
    drawn: bool = True
