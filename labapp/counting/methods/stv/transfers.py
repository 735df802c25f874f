"""Single transferable vote, as Scottish councils count it: surpluses and exclusions move on."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import groupby
from typing import Generic

from labapp.counting.lot import Lot
from labapp.counting.methods.ranked_ballot import Overvote, Silent, stands_for
from labapp.counting.outcome import O, Outcome, Ranking, Tie, papers

#: Votes are counted to five decimal places, any remainder ignored (rule 48(3)).
UNIT = 100_000


@dataclass(frozen=True, slots=True)
class TransferStage(Generic[O]):
    """One stage of the count.

    Attributes:
        quota: votes that elect.
        votes: option -> votes at the end of the stage, of those not excluded.
        not_effective: votes with no next preference, and what the decimals lose.
        act: "first preferences", "surplus" or "exclusion".
        of: whose papers moved.
        transfers: option -> votes received in this stage.
        elected: who was elected at the end of this stage, in order.
    """

    quota: int
    votes: dict[O, Fraction]
    not_effective: Fraction
    act: str
    of: O | None
    transfers: dict[O, Fraction]
    elected: tuple[O, ...]


class _Parcels(Generic[O]):
    """Parcels of papers: (ranking, how many, the value of each in units)."""

    def __init__(
        self,
        options: Sequence[O],
        lot: Lot[O],
        read: Callable[[Ranking[O], Container[O]], O | Silent],
        seats: int,
    ) -> None:
        self.lot, self.read, self.seats = lot, read, seats
        self.parcels: dict[O, list[tuple[Ranking[O], int, int]]] = {o: [] for o in options}
        self.votes = dict.fromkeys(options, 0)
        self.continuing = dict.fromkeys(options)  # a set that keeps the order of the paper
        self.elected: list[O] = []
        self.owed: list[O] = []
        self.history: list[dict[O, int]] = []
        self.stages: list[TransferStage[O]] = []
        self.ties: list[Tie[O]] = []
        #: Stage -> options elected in it with equal votes, in order.
        self.equals: list[tuple[int, tuple[O, ...]]] = []
        self.valid = self.quota = 0

    def move(self, parcels: Iterable[tuple[Ranking[O], int, int]]) -> dict[O, int]:
        """Credit papers, already revalued, to the next available preference on each."""
        got: dict[O, int] = {}
        for ranking, count, value in parcels:
            to = self.read(ranking, self.continuing)
            if isinstance(to, Silent) or not value:
                continue
            self.parcels[to].append((ranking, count, value))
            got[to] = got.get(to, 0) + count * value
        for option, units in got.items():
            self.votes[option] += units
        return got

    def pick(self, tied: Sequence[O], over: str, *, highest: bool) -> O:
        """Return one of several equals: by the last stage at which they differ, else by lot."""
        left = list(tied)
        for votes in reversed(self.history):
            mark = (max if highest else min)(votes[option] for option in left)
            left = [option for option in left if votes[option] == mark]
        number = len(self.stages) + 1
        if len(left) == 1:
            rest = tuple(option for option in tied if option != left[0])
            self.ties.append(Tie(number, over, tuple(tied), (left[0], *rest), "earlier round"))
            return left[0]
        order = self.lot.order(left)
        if not highest:
            order = order[::-1]
        self.ties.append(Tie(number, over, tuple(left), order))
        return order[0]

    def ordered(self, options: Iterable[O]) -> list[O]:
        """Return who is elected now, most votes first; equals as ``pick`` would take them."""
        drawn = self.lot.order(options)
        order = sorted(drawn, key=partial(self.past, stages=len(self.history)), reverse=True)
        order.sort(key=lambda option: -self.votes[option])
        for _, group in groupby(order, key=lambda option: self.votes[option]):
            equals = tuple(group)
            if len(equals) > 1:
                self.equals.append((len(self.history), equals))
        return order

    def past(self, option: O, stages: int) -> tuple[int, ...]:
        """Return the votes of an option at the end of each of the first stages, the last first."""
        return tuple(votes[option] for votes in reversed(self.history[:stages]))

    def order_alone(self) -> Iterable[Tie[O]]:
        """Yield the ties among those elected together that decided their order and no more.

        Where surpluses moved one after the other, that was at stake, and has been told.
        """
        for stage, equals in self.equals:
            surplus = self.history[stage - 1][equals[0]] > self.quota * UNIT
            order = [o for o in equals if o in self.owed] if surplus else list(equals)
            paper = tuple(option for option in self.parcels if option in order)
            alike = [tuple(each) for _, each in groupby(order, partial(self.past, stages=stage))]
            if len(alike) > 1:
                yield Tie(stage, "order", paper, tuple(order), "earlier round")
            for left in alike:
                if len(left) > 1:
                    yield Tie(stage, "order", tuple(o for o in paper if o in left), left)

    def close(self, act: str, of: O | None, got: Mapping[O, int]) -> None:
        """End a stage: elect who has the quota, or all who continue if seats allow."""
        self.history.append(dict(self.votes))
        enough = self.quota * UNIT
        new = self.ordered(o for o in self.continuing if self.votes[o] >= enough)
        self.owed.extend(option for option in self.continuing if self.votes[option] > enough)
        for option in new:
            del self.continuing[option]
        if len(self.continuing) <= self.seats - len(self.elected) - len(new):
            new.extend(self.ordered(self.continuing))
            self.continuing.clear()
        self.elected.extend(new)
        votes = {option: Fraction(units, UNIT) for option, units in self.votes.items()}
        self.stages.append(
            TransferStage(
                self.quota,
                votes,
                self.valid - sum(votes.values(), Fraction()),
                act,
                of,
                {option: Fraction(units, UNIT) for option, units in got.items()},
                tuple(new),
            )
        )

    def surplus(self) -> None:
        """Transfer the largest surplus: rule 48, weighted inclusive Gregory."""
        most = max(self.votes[option] for option in self.owed)
        tied = [option for option in self.owed if self.votes[option] == most]
        option = tied[0] if len(tied) == 1 else self.pick(tied, "surplus", highest=True)
        self.owed.remove(option)
        over = most - self.quota * UNIT
        parcels = [(r, count, over * value // most) for r, count, value in self.parcels[option]]
        self.votes[option] = self.quota * UNIT
        self.close("surplus", option, self.move(parcels))

    def exclude(self) -> None:
        """Exclude the last; papers move at the value at which they came: rules 50 and 51."""
        fewest = min(self.votes[option] for option in self.continuing)
        tied = [option for option in self.continuing if self.votes[option] == fewest]
        option = tied[0] if len(tied) == 1 else self.pick(tied, "eliminated", highest=False)
        del self.continuing[option]
        del self.votes[option]
        self.close("exclusion", option, self.move(self.parcels.pop(option)))


def transferable_vote(
    options: Sequence[O],
    ballots: Mapping[Ranking[O], int],
    lot: Lot[O],
    *,
    seats: int,
    overvote: Overvote = Overvote.SKIP,
    skipped: int | None = None,
) -> Outcome[O, TransferStage[O]]:
    """Count a single transferable vote for several seats.

    Droop quota; the largest surplus moves first, every paper of it at surplus times value over
    votes, five decimals, the remainder ignored; then the last is excluded. Ties look back to the
    most recent stage at which the votes differ (rules 49(2) and 51(2)), and then go to the lot; so
    does the order of those elected in one stage with equal votes. As soon as no more options
    continue than seats are vacant, they are elected and nothing else moves.

    Args:
        options: the options on the paper, distinct.
        ballots: ranking -> how many ballots carry exactly this one.
        lot: the public lot: at the bottom, the last in its order is excluded.
        seats: how many are elected, from 1.
        overvote: what a rank with several options does; see ``stands_for``.
        skipped: how many ranks in a row may be empty; see ``stands_for``.

    Source: Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45-52;
    the same in SSI 2011/399.
    """

    def read(ranking: Ranking[O], continuing: Container[O]) -> O | Silent:
        return stands_for(ranking, continuing, overvote=overvote, skipped=skipped)

    count = _Parcels(options, lot, read, seats)
    got = count.move((ranking, papers_, UNIT) for ranking, papers_ in ballots.items())
    count.valid = sum(got.values()) // UNIT
    if count.valid:
        count.quota = count.valid // (seats + 1) + 1
        count.close("first preferences", None, got)
    while count.valid and len(count.elected) < seats and count.continuing:
        if count.owed:
            count.surplus()
        else:
            count.exclude()
    ties = sorted([*count.ties, *count.order_alone()], key=lambda tie: tie.round)
    return Outcome(tuple(count.elected), tuple(count.stages), tuple(ties), papers(ballots))
