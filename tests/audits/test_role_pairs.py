"""Every pair of roles in both orders, here and elsewhere, held or ended: who may check what."""

from collections.abc import Callable
from itertools import product

import pytest

from labapp.accounts.models import Person
from labapp.accounts.queries import global_roles
from labapp.accounts.service import roles as site_roles
from labapp.audits import queries, service
from labapp.db import db
from labapp.domain.errors import Refusal
from labapp.domain.ogp_completion import OgpCompletion
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup import service as followup
from labapp.labs import queries as labs
from labapp.labs import service as lab_service
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.review import service as review
from labapp.review.models import Review
from tests.audits import make as audits
from tests.audits.make import TODAY, Watch
from tests.make import NOW, Make, declared
from tests.review import make as reviews

ROLES = (
    Role.MEMBER,
    Role.FACILITATOR,
    Role.TELLER,
    Role.ALLY,
    Role.RESPONSIBLE,
    Role.COMMITTEE,
    Role.REVIEWER,
)
_OF_AN_ENTITY = frozenset({Role.ALLY, Role.RESPONSIBLE})
_FOUNDER = Acting(None, Actor(None, frozenset({Role.ADMINISTRATOR})), NOW)


class _Person:
    """Somebody who is given roles one after another, and what they got of them."""

    def __init__(self, make: Make, of: Watch, elsewhere: Lab) -> None:
        self.of, self.elsewhere, self.id = of, elsewhere, make.person().id
        self.held: set[Role] = set()
        self.once: set[Role] = set()

    def take(self, role: Role, *, away: bool, over: bool) -> None:
        """Give a role, of which another one may be the reason to refuse it; end it if asked."""
        try:
            self._give(role, self.elsewhere if away else self.of.lab)
        except Refusal:
            db.session.rollback()
            return
        if not away or role in _OF_AN_ENTITY | {Role.REVIEWER, Role.COMMITTEE}:
            (self.once if over else self.held).add(role)
        if over:
            self._end(role, self.elsewhere if away else self.of.lab)
        db.session.commit()

    def _give(self, role: Role, lab: Lab) -> None:
        body = self.of.work.entity
        if role is Role.REVIEWER:
            site_roles.grant_global(_FOUNDER, self.id, role)
        elif role is Role.COMMITTEE:
            person = db.session.get_one(Person, self.id)
            host = Acting(self.of.lab, self.of.facilitator, NOW)
            service.seat(host, self.of.committee, person=person, consents=False, declared_tie="")
        elif role in _OF_AN_ENTITY:
            lab_service.grant(lab.id, self.id, role, source=role, now=NOW, organization_id=body.id)
        else:
            declared(lab.id, self.id)
            lab_service.grant(lab.id, self.id, role, source=role, now=NOW)

    def _end(self, role: Role, lab: Lab) -> None:
        if role is Role.REVIEWER:
            site_roles.end_global(_FOUNDER, self.id, role)
        elif role is Role.COMMITTEE:
            row = queries.seat(self.of.committee.id, self.id)
            assert row is not None
            host = Acting(self.of.lab, self.of.facilitator, NOW)
            service.unseat(host, self.of.committee, row, reason="Se mudó")
        else:
            lab_service.end_grants(lab.id, self.id, role, now=NOW)

    @property
    def acting(self) -> Acting[Lab]:
        lab = self.of.lab
        return Acting(lab, labs.actor(lab, self.id, global_roles(self.id)), NOW)


def _visit(person: _Person, _sent: Review) -> None:
    made = person.of
    look = audits.look(made)
    service.record_visit(
        person.acting, made.committee, milestone=made.step, look=look, folder=audits.NOWHERE
    )


def _find(person: _Person, _sent: Review) -> None:
    service.raise_finding(person.acting, person.of.committee, found=audits.found())


def _confirm(person: _Person, _sent: Review) -> None:
    step = person.of.step
    answers = {question.id: (True, "") for question in step.questions}
    followup.confirm(person.acting, step, answers=answers)


def _accept(person: _Person, _sent: Review) -> None:
    made = person.of
    service.accept_work(
        person.acting, made.work, committee=made.committee, accepted_on=made.work.starts_on
    )


def _validate(person: _Person, sent: Review) -> None:
    value = OgpCompletion.NOT_STARTED
    review.validate_review(person.acting, sent, completion=value, reason="Nada aún")


def _is_of_entity(person: _Person) -> bool:
    return bool((person.held | person.once) & _OF_AN_ENTITY)


def _judges_for_committee(person: _Person) -> bool:
    besides = person.held & {Role.REVIEWER, Role.FACILITATOR, Role.TELLER}
    return Role.COMMITTEE in person.held and not besides and not _is_of_entity(person)


def _judges_as_neighbour(person: _Person) -> bool:
    return Role.MEMBER in person.held and not _is_of_entity(person)


def _judges_as_facilitator(person: _Person) -> bool:
    return Role.FACILITATOR in person.held and not _is_of_entity(person)


def _judges_for_antai(person: _Person) -> bool:
    parts = (person.held | person.once) - {Role.REVIEWER}
    return Role.REVIEWER in person.held and not parts


CHECKS: tuple[tuple[Callable[[_Person, Review], None], Callable[[_Person], bool]], ...] = (
    (_visit, _judges_for_committee),
    (_find, _judges_for_committee),
    (_confirm, _judges_as_neighbour),
    (_accept, _judges_as_facilitator),
    (_validate, _judges_for_antai),
)


@pytest.mark.parametrize("away", [False, True])
def test_of_every_pair_of_roles_in_both_orders_only_the_independent_check(
    make: Make, away: bool
) -> None:
    lab, elsewhere = make.lab(Stage.FOLLOWUP), make.lab(Stage.FOLLOWUP)
    made = audits.watch(make, lab)
    made.work.excused_on, made.work.override_reason = TODAY, "Se necesita"
    sent = reviews.review(make, lab)
    db.session.commit()
    wrong = []

    for one, two, over in product(ROLES, ROLES, (False, True)):
        if one is two:
            continue
        person = _Person(make, made, elsewhere)
        person.take(one, away=away, over=over)
        person.take(two, away=False, over=False)
        for act, allowed in CHECKS:
            try:
                act(person, sent)
                passed = True
            except Refusal:
                passed = False
            if passed is not allowed(person):
                wrong.append((one.value, "ended" if over else "held", two.value, act.__name__))
        db.session.rollback()

    assert not wrong
