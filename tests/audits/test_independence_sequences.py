"""Many persons act at random in two labs: nothing is checked by who carries it out, by any path.

What each person was, and when, is kept beside the application and in another way; every act that
the application let pass is judged by that.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

import pytest

from labapp import hooks
from labapp.accounts.models import Person
from labapp.accounts.queries import global_roles
from labapp.accounts.service import roles as site_roles
from labapp.audits import queries, service
from labapp.audits.models import Finding
from labapp.audits.queries import independence
from labapp.db import db
from labapp.domain.errors import Refusal
from labapp.domain.ogp_completion import OgpCompletion
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup import service as followup
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.service import end_grants, grant
from labapp.record.acting import Acting
from labapp.review import queries as reviews
from labapp.review import service as review
from tests.audits import make as audits
from tests.audits.make import Watch
from tests.make import NOW, Make

ACTS = 120
_FOUNDER = Actor(None, frozenset({Role.ADMINISTRATOR}))


class _TieSpan(NamedTuple):
    """A tie as this test knows it."""

    person: int
    watch: int
    began: date
    ended: date | None


class _World:
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
        self.ties: list[_TieSpan] = []
        self.replied: set[tuple[int, int]] = set()
        self.closers: dict[int, list[int]] = {}
        self.passed = 0

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

    def step(self) -> None:
        n = self.random.randrange(2)
        act = self.random.choice(_ACTS)
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


def _give(world: _World, person: int, n: int, made: Watch) -> None:
    body = world.random.choice(world.watches).work.entity
    role = world.random.choice([Role.RESPONSIBLE, Role.ALLY])
    source = f"given:{body.id}"
    grant(made.lab.id, person, role, source=source, now=world.now, organization_id=body.id)
    world.of_entity.add((person, body.id))
    world.parts.add((person, n))


def _end(world: _World, person: int, _n: int, made: Watch) -> None:
    for body in {other.work.entity.id for other in world.watches}:
        end_grants(made.lab.id, person, f"given:{body}", now=world.now)


def _facilitate(world: _World, person: int, n: int, made: Watch) -> None:
    grant(made.lab.id, person, Role.FACILITATOR, source="given", now=world.now)
    world.parts.add((person, n))


def _review_for_antai(world: _World, person: int, _n: int, _made: Watch) -> None:
    site_roles.grant_global(Acting(None, _FOUNDER, world.now), person, Role.REVIEWER)
    world.reviewers.add(person)


def _no_longer_for_antai(world: _World, person: int, _n: int, _made: Watch) -> None:
    site_roles.end_global(Acting(None, _FOUNDER, world.now), person, Role.REVIEWER)
    world.reviewers.discard(person)


def _seat(world: _World, person: int, n: int, made: Watch) -> None:
    row = db.session.get_one(Person, person)
    host = Acting(made.lab, made.facilitator, world.now)
    service.seat(host, made.committee, person=row, consents=False, declared_tie="")
    world.parts.add((person, n))


def _unseat(world: _World, person: int, _n: int, made: Watch) -> None:
    row = queries.seat(made.committee.id, person)
    if row is not None and world.random.random() < 0.3:
        host = Acting(made.lab, made.facilitator, world.now)
        service.unseat(host, made.committee, row, reason="Se mudó")


def _leave(world: _World, person: int, _n: int, _made: Watch) -> None:
    row = db.session.get_one(Person, person)
    if world.random.random() < 0.1 and row.deleted_at is None:
        row.username, row.deleted_at = None, world.now
        hooks.on_leaving.call(person, world.now)


def _tie(world: _World, person: int, n: int, made: Watch) -> None:
    service.declare_tie(world.acting(person, made), made.committee, step=None, words="Su primo")
    world.ties.append(_TieSpan(person, n, world.today, None))


def _untie(world: _World, person: int, n: int, made: Watch) -> None:
    for tie in independence.ties(made.committee.id, person, made.lab.id):
        if tie.ended_on is None:
            service.end_tie(world.acting(person, made), made.committee, tie)
            mine = _TieSpan(person, n, tie.declared_on, None)
            world.ties.remove(mine)
            world.ties.append(mine._replace(ended=world.today))


def _tomorrow(world: _World, _person: int, _n: int, _made: Watch) -> None:
    world.now += timedelta(days=1)


def _visit(world: _World, person: int, n: int, made: Watch) -> None:
    began_on = world.today - timedelta(days=world.random.randrange(2))
    service.record_visit(
        world.acting(person, made),
        made.committee,
        milestone=made.step,
        look=audits.look(made, on=max(began_on, NOW.date())),
        folder=audits.NOWHERE,
    )
    world.judge(person, n, max(began_on, NOW.date()))


def _find(world: _World, person: int, n: int, made: Watch) -> None:
    found = audits.found()
    service.raise_finding(world.acting(person, made), made.committee, found=found)
    world.judge(person, n, world.today)


def _any_finding(world: _World, made: Watch) -> Finding | None:
    _visits, findings = queries.of_committee(made.committee.id)
    return world.random.choice(findings) if findings else None


def _reply(world: _World, person: int, _n: int, made: Watch) -> None:
    finding = _any_finding(world, made)
    if finding is not None:
        acting = world.acting(person, made)
        service.reply_to_finding(acting, finding, text="Ya está", replied_on=world.today)
        world.replied.add((person, finding.id))


def _close(world: _World, person: int, n: int, made: Watch) -> None:
    finding = _any_finding(world, made)
    if finding is None:
        return
    closed = service.close_finding(world.acting(person, made), finding)
    world.judge(person, n, finding.raised_on)
    assert (person, finding.id) not in world.replied
    if closed:
        first = finding.first_closer_id or 0
        assert first != person
        world.judge(first, n, finding.raised_on)
        assert queries.seat(made.committee.id, first) is not None


def _confirm(world: _World, person: int, _n: int, made: Watch) -> None:
    step = made.step
    answers = {question.id: (True, "") for question in step.questions}
    followup.confirm(world.acting(person, made), step, answers=answers)
    world.passed += 1
    assert not world.is_of(person, made)


def _accept(world: _World, person: int, _n: int, made: Watch) -> None:
    service.accept_work(
        world.acting(person, made),
        made.work,
        committee=made.committee,
        accepted_on=made.work.starts_on,
    )
    world.passed += 1
    assert not world.is_of(person, made)
    assert made.work.excused_on is not None or made.committee.report_on is not None


def _excuse(world: _World, person: int, n: int, made: Watch) -> None:
    service.excuse_report(world.acting(person, made), made.work, reason="Se necesita")
    _judge_of_antai(world, person, n)


def _send(world: _World, person: int, _n: int, made: Watch) -> None:
    last = reviews.latest(made.lab.id)
    starts = last.period_ends_on + timedelta(days=1) if last else NOW.date()
    period = review.Period(starts, world.today)
    review.send_review(world.acting(person, made), period=period, report="Va", due_days=15)


def _validate(world: _World, person: int, n: int, made: Watch) -> None:
    last = reviews.latest(made.lab.id)
    if last is not None:
        review.validate_review(
            world.acting(person, made),
            last,
            completion=OgpCompletion.NOT_STARTED,
            reason="Nada aún",
        )
        _judge_of_antai(world, person, n)


def _judge_of_antai(world: _World, person: int, n: int) -> None:
    world.passed += 1
    assert person in world.reviewers
    assert (person, n) not in world.parts
    assert not world.is_of(person, world.watches[n])


_ACTS: tuple[Callable[[_World, int, int, Watch], None], ...] = (
    _give,
    _end,
    _facilitate,
    _review_for_antai,
    _no_longer_for_antai,
    _seat,
    _seat,
    _unseat,
    _leave,
    _tie,
    _untie,
    _tomorrow,
    _visit,
    _visit,
    _find,
    _find,
    _reply,
    _close,
    _close,
    _close,
    _confirm,
    _accept,
    _excuse,
    _send,
    _validate,
    _validate,
)


@pytest.mark.parametrize("seed", range(4))
def test_no_sequence_of_acts_lets_who_carries_out_check(make: Make, seed: int) -> None:
    world = _World(make, Random(seed))  # noqa: S311  (a repeatable sequence)

    for _ in range(ACTS):
        world.step()

    assert world.passed >= 5, "the sequence tried nothing"
