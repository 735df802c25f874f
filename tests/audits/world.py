"""Persons who act at random in two labs, and what each of them was, kept beside the application."""

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
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.service import grant
from labapp.record.acting import Acting
from tests.audits import make as audits
from tests.audits.make import Watch
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

    def is_of(self, person: int, made: Watch) -> bool:
        return (person, made.work.entity.id) in self.of_entity

    def is_tied(self, person: int, n: int, began_on: date) -> bool:
        return any(
            tie.person == person and tie.watch == n and (tie.ended is None or began_on <= tie.ended)
            for tie in self.ties
        )

    def judge(self, person: int, n: int, began_on: date) -> None:
        """Fail where somebody who is not independent was let judge."""
        self.passed += 1
        assert not self.is_of(person, self.watches[n])
        assert person not in self.reviewers
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
            assert counted.seats == len({seat.person_id for seat in sitting})
