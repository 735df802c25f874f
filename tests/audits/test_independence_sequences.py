"""Many persons act at random in two labs: nothing is checked by who carries it out, by any path.

What each person was, and when, is kept beside the application and in another way; every act that
the application let pass is judged by that.
"""

from datetime import timedelta
from random import Random

import pytest

from labapp import hooks
from labapp.accounts.models import Person
from labapp.accounts.service import roles as site_roles
from labapp.audits import queries, service
from labapp.audits.models import Finding
from labapp.audits.queries import independence
from labapp.db import db
from labapp.domain.ogp_completion import OgpCompletion
from labapp.domain.policy import Actor, Role
from labapp.followup import service as followup
from labapp.labs.service import end_grants, grant, same_person
from labapp.record.acting import Acting
from labapp.review import queries as reviews
from labapp.review import service as review
from tests.audits import make as audits
from tests.audits.make import Watch
from tests.audits.world import RandomAct, TieSpan, World
from tests.make import NOW, Make, declared

ACTS = 120
_FOUNDER = Actor(None, frozenset({Role.ADMINISTRATOR}))


def _give(world: World, person: int, n: int, made: Watch) -> None:
    body = world.random.choice(world.watches).work.entity
    role = world.random.choice([Role.RESPONSIBLE, Role.ALLY])
    source = f"given:{body.id}"
    grant(made.lab.id, person, role, source=source, now=world.now, organization_id=body.id)
    world.of_entity.add((person, body.id))
    world.parts.add((person, n))


def _end(world: World, person: int, _n: int, made: Watch) -> None:
    for body in {other.work.entity.id for other in world.watches}:
        end_grants(made.lab.id, person, f"given:{body}", now=world.now)


def _facilitate(world: World, person: int, n: int, made: Watch) -> None:
    declared(made.lab.id, person)
    grant(made.lab.id, person, Role.FACILITATOR, source="given", now=world.now)
    world.parts.add((person, n))


def _review_for_antai(world: World, person: int, _n: int, _made: Watch) -> None:
    site_roles.grant_global(Acting(None, _FOUNDER, world.now), person, Role.REVIEWER)
    world.reviewers.add(person)


def _no_longer_for_antai(world: World, person: int, _n: int, _made: Watch) -> None:
    site_roles.end_global(Acting(None, _FOUNDER, world.now), person, Role.REVIEWER)
    world.reviewers.discard(person)


def _seat(world: World, person: int, n: int, made: Watch) -> None:
    row = db.session.get_one(Person, person)
    host = Acting(made.lab, made.facilitator, world.now)
    service.seat(host, made.committee, person=row, consents=False, declared_tie="")
    world.parts.add((person, n))


def _unseat(world: World, person: int, _n: int, made: Watch) -> None:
    row = queries.seat(made.committee.id, person)
    if row is not None and world.random.random() < 0.3:
        host = Acting(made.lab, made.facilitator, world.now)
        service.unseat(host, made.committee, row, reason="Se mudó")


def _leave(world: World, person: int, _n: int, _made: Watch) -> None:
    row = db.session.get_one(Person, person)
    if world.random.random() < 0.1 and row.deleted_at is None:
        row.username, row.deleted_at = None, world.now
        hooks.on_leaving.call(person, world.now)


def _tie(world: World, person: int, n: int, made: Watch) -> None:
    service.declare_tie(world.acting(person, made), made.committee, step=None, words="Su primo")
    world.ties.append(TieSpan(person, n, world.today, None))


def _untie(world: World, person: int, n: int, made: Watch) -> None:
    for tie in independence.ties(made.committee.id, person, made.lab.id):
        if tie.ended_on is None:
            service.end_tie(world.acting(person, made), made.committee, tie)
            mine = TieSpan(person, n, tie.declared_on, None)
            world.ties.remove(mine)
            world.ties.append(mine._replace(ended=world.today))


def _tomorrow(world: World, _person: int, _n: int, _made: Watch) -> None:
    world.now += timedelta(days=1)


def _visit(world: World, person: int, n: int, made: Watch) -> None:
    began_on = world.today - timedelta(days=world.random.randrange(2))
    service.record_visit(
        world.acting(person, made),
        made.committee,
        milestone=made.step,
        look=audits.look(made, on=max(began_on, NOW.date())),
        folder=audits.NOWHERE,
    )
    world.judge(person, n, max(began_on, NOW.date()))


def _find(world: World, person: int, n: int, made: Watch) -> None:
    found = audits.found()
    service.raise_finding(world.acting(person, made), made.committee, found=found)
    world.judge(person, n, world.today)


def _any_finding(world: World, made: Watch) -> Finding | None:
    _visits, findings = queries.of_committee(made.committee.id)
    return world.random.choice(findings) if findings else None


def _reply(world: World, person: int, _n: int, made: Watch) -> None:
    finding = _any_finding(world, made)
    if finding is not None:
        acting = world.acting(person, made)
        service.reply_to_finding(acting, finding, text="Ya está", replied_on=world.today)
        world.replied.add((person, finding.id))


def _close(world: World, person: int, n: int, made: Watch) -> None:
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


def _join(world: World, person: int, n: int, made: Watch) -> None:
    other = world.random.choice(world.people)
    if other != person and world.random.random() < 0.3:
        host = Acting(made.lab, made.facilitator, world.now)
        same_person.join(host, one=person, two=other)
        world.join(person, other, n)


def _confirm(world: World, person: int, n: int, made: Watch) -> None:
    step = world.random.choice([made.step, world.plain[n].milestones[0]])
    answers = {question.id: (True, "") for question in step.questions}
    followup.confirm(world.acting(person, made), step, answers=answers)
    world.passed += 1
    assert not world.is_of(person, made)


def _accept(world: World, person: int, _n: int, made: Watch) -> None:
    service.accept_work(
        world.acting(person, made),
        made.work,
        committee=made.committee,
        accepted_on=made.work.starts_on,
    )
    world.passed += 1
    assert not world.is_of(person, made)
    assert made.work.excused_on is not None or made.committee.report_on is not None


def _excuse(world: World, person: int, n: int, made: Watch) -> None:
    service.excuse_report(world.acting(person, made), made.work, reason="Se necesita")
    _judge_of_antai(world, person, n)


def _send(world: World, person: int, _n: int, made: Watch) -> None:
    last = reviews.latest(made.lab.id)
    starts = last.period_ends_on + timedelta(days=1) if last else NOW.date()
    period = review.Period(starts, world.today)
    review.send_review(world.acting(person, made), period=period, report="Va", due_days=15)


def _validate(world: World, person: int, n: int, made: Watch) -> None:
    last = reviews.latest(made.lab.id)
    if last is not None:
        review.validate_review(
            world.acting(person, made),
            last,
            completion=OgpCompletion.NOT_STARTED,
            reason="Nada aún",
        )
        _judge_of_antai(world, person, n)


def _judge_of_antai(world: World, person: int, n: int) -> None:
    world.passed += 1
    assert person in world.reviewers
    assert (person, n) not in world.parts
    assert not world.is_of(person, world.watches[n])


_ACTS: tuple[RandomAct, ...] = (
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
    _confirm,
    _join,
    _accept,
    _excuse,
    _send,
    _validate,
    _validate,
)


@pytest.mark.parametrize("seed", range(4))
def test_no_sequence_of_acts_lets_who_carries_out_check(make: Make, seed: int) -> None:
    world = World(make, Random(seed))  # noqa: S311  (a repeatable sequence)

    for _ in range(ACTS):
        world.step(_ACTS)

    assert world.passed, "the sequence let nobody check anything"
