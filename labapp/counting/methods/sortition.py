"""A draw of lots by strata, from a public seed: anybody can draw it again."""

from collections.abc import Mapping
from dataclasses import dataclass

from labapp.counting.errors import Uncountable
from labapp.counting.lot import Lot, draw
from labapp.counting.outcome import Count, Outcome, Tie
from labapp.counting.parameters import Options

#: What is typed after ``--rule``. It counts no ballots: it is none of ``METHODS``.
NAME = "sortition"


@dataclass(frozen=True, slots=True)
class Stratum:
    """One part of the roll.

    Attributes:
        stratum: its name.
        people: how many are on the roll.
        seats: how many are drawn.
        by_lot: whether the lot had to say if it got its last seat, others being its equals.
        drawn: who, in the order of their lots.
    """

    stratum: str
    people: int
    seats: int
    by_lot: bool
    drawn: tuple[str, ...]


def sortition(roll: Mapping[str, str], lot: Lot[str], *, seats: int) -> Outcome[str, Stratum]:
    """Draw ``seats`` people, each stratum in proportion to its people.

    Seats are divided by largest remainders; equal remainders go to the lot, drawn on the names
    of the strata, and are told as a tie. Within a stratum the first lots win.

    Args:
        roll: person -> stratum; all the same for a plain draw.
        lot: the public lot, on the people's names, distinct.
        seats: how many are drawn, no more than there are people.

    Sources: Jerzy Neyman, "On the two different aspects of the representative method", J. Royal
    Statistical Society 97, 1934 (strata in proportion); Alexander Hamilton, report on the
    apportionment of representatives, 1792 (largest remainders).
    """
    if not 0 < seats <= len(roll):
        raise ValueError("seats must be from 1 to the number of people")
    strata: dict[str, list[str]] = {}
    for person, stratum in roll.items():
        strata.setdefault(stratum, []).append(person)
    given, ties = _divided({name: len(people) for name, people in strata.items()}, seats, lot.seed)
    tied = [name for tie in ties for name in tie.among]
    rounds = tuple(
        Stratum(name, len(people), given[name], name in tied, lot.first(people, given[name]))
        for name, people in strata.items()
    )
    winners = tuple(person for each in rounds for person in each.drawn)
    return Outcome(winners, rounds, ties, len(roll))


def _divided(
    people: Mapping[str, int], seats: int, seed: str
) -> tuple[dict[str, int], tuple[Tie[str], ...]]:
    """Return the seats of each stratum, and the tie among those that only the lot told apart."""
    roll = sum(people.values())
    given = {name: seats * count // roll for name, count in people.items()}
    remainders = {name: seats * count % roll for name, count in people.items()}
    left = seats - sum(given.values())
    by_remainder = sorted(people, key=lambda name: (-remainders[name], draw(seed, name)))
    for name in by_remainder[:left]:
        given[name] += 1
    if not 0 < left < len(people):
        return given, ()
    last, next_ = by_remainder[left - 1], by_remainder[left]
    if remainders[last] != remainders[next_]:
        return given, ()
    among = tuple(name for name in people if remainders[name] == remainders[last])
    order = tuple(name for name in by_remainder if name in among)
    return given, (Tie(1, "seat", among, order),)


def draw_people(people: Mapping[str, str], given: Mapping[str, str]) -> Count:
    """Draw people of a roll: ``seats``, ``seed`` and ``strata`` as written.

    Raises:
        Uncountable: no seed is given, or there are more seats than people.
    """
    options = Options(NAME, given)
    seats = options.seats()
    seed = options.word("seed", None)
    options.word("strata", None)
    parameters = options.finish()
    if not seed:
        raise Uncountable("A draw of lots needs the seed of a public draw: --option seed=TEXT.")
    if seats > len(people):
        raise Uncountable(
            "%(seats)s cannot be drawn from a roll of %(people)s.",
            seats=str(seats),
            people=str(len(people)),
        )
    lot = Lot({person: person for person in people}, seed)
    return Count(NAME, parameters, sortition(people, lot, seats=seats))
