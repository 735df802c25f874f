"""Persons who act at random in two labs, and what each of them was, kept beside the application.

Who is one person with whom is kept here as sets of numbers, for each lab; a join holds in its lab.
"""

from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from labapp.accounts.queries import global_roles
from labapp.audits import queries
from labapp.db import db
from labapp.domain.errors import Refusal
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.followup.models import Milestone
from labapp.followup.queries import verification_summaries
from labapp.followup.states import MilestoneState
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.service import grant
from labapp.record.acting import Acting
from tests.audits import make as audits
from tests.audits.make import Watch
from tests.followup import make as followup
from tests.make import NOW, Make

#: Receives the world, who acts, in which of the two labs, and its committee.
RandomAct = Callable[["World", int, int, Watch], None]


class TieSpan(NamedTuple):
    """A tie as this test knows it."""

    person: int
    watch: int
    began: date
    ended: date | None


class World:
    """Two labs, each with a work and its committee, eight persons, and what each of them was."""

    def __init__(self, make: Make, random: Random) -> None:
        self.random, self.now = random, NOW
        self.watches = [audits.watch(make, make.lab(Stage.FOLLOWUP)) for _ in range(2)]
        self.people = [make.person().id for _ in range(8)]
        self.people += [actor.person_id or 0 for made in self.watches for actor in made.members]
        for made in self.watches:
            for person in self.people[:6]:
                grant(made.lab.id, person, Role.MEMBER, source="admitted", now=NOW)
        #: Of each lab, an agreement of the same entity without a work: neighbours see it done.
        self.plain = [
            followup.agreement(make, made.lab, organization=made.work.entity)
            for made in self.watches
        ]
        for made, agreed in zip(self.watches, self.plain, strict=True):
            followup.evidence(make, made.lab, agreed.milestones[0])
        self.joined: list[list[set[int]]] = [[], []]
        self.of_entity: set[tuple[int, int]] = set()
        self.parts: set[tuple[int, int]] = {
            (actor.person_id or 0, n)
            for n, made in enumerate(self.watches)
            for actor in made.members
        }
        self.reviewers: set[int] = set()
        self.ties: list[TieSpan] = []
        self.replied: set[tuple[int, int]] = set()
        self.passed = 0
        db.session.commit()

    @property
    def today(self) -> date:
        return self.now.date()

    def acting(self, person: int, made: Watch) -> Acting[Lab]:
        return Acting(made.lab, labs.actor(made.lab, person, global_roles(person)), self.now)

    def numbers(self, person: int, n: int) -> set[int]:
        """Return every number of a person in one of the two labs."""
        return next((group for group in self.joined[n] if person in group), {person})

    def join(self, one: int, two: int, n: int) -> None:
        both = self.numbers(one, n) | self.numbers(two, n)
        self.joined[n] = [group for group in self.joined[n] if not group & both] + [both]

    def is_of(self, person: int, made: Watch) -> bool:
        numbers = self.numbers(person, self.watches.index(made))
        return any((number, made.work.entity.id) in self.of_entity for number in numbers)

    def is_tied(self, person: int, n: int, began_on: date) -> bool:
        return any(
            tie.person in self.numbers(person, n)
            and tie.watch == n
            and (tie.ended is None or began_on <= tie.ended)
            for tie in self.ties
        )

    def judge(self, person: int, n: int, began_on: date) -> None:
        """Fail where somebody who is not independent was let judge."""
        self.passed += 1
        assert not self.is_of(person, self.watches[n])
        assert not self.numbers(person, n) & self.reviewers
        assert not self.is_tied(person, n, began_on)

    def step(self, acts: Sequence[RandomAct]) -> None:
        n = self.random.randrange(2)
        act = self.random.choice(acts)
        try:
            act(self, self._somebody(n), n, self.watches[n])
            db.session.commit()
        except Refusal:
            db.session.rollback()
        self.check()

    def _somebody(self, n: int) -> int:
        sitting = [seat.person_id for seat in queries.seats(self.watches[n].committee.id)]
        return self.random.choice(
            sitting if sitting and self.random.random() < 0.5 else self.people
        )

    def check(self) -> None:
        """Compare what the site counts with what is known here."""
        for made in self.watches:
            sitting = queries.seats(made.committee.id)
            assert not any(self.is_of(seat.person_id, made) for seat in sitting)
            assert not any(seat.person_id in self.reviewers for seat in sitting)
            counted = queries.committee_status(made.committee.id)
            n = self.watches.index(made)
            people = {min(self.numbers(seat.person_id, n)) for seat in sitting}
            assert counted.seats == len(people)
            self._check_step(made, self.plain[n].milestones[0], n)

    def _check_step(self, made: Watch, step: Milestone, n: int) -> None:
        """What is done was said by two persons, neither of them of the entity now or once."""
        looks = verification_summaries([step])[step.id].sight.looks
        assert not any(self.is_of(look.person_id or 0, made) for look in looks)
        if step.state is MilestoneState.MET:
            assert len({min(self.numbers(look.person_id or 0, n)) for look in looks}) >= 2
