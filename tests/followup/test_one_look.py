"""One person looks once, by whatever number of theirs, over all labs."""

from pathlib import Path

import pytest

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.errors import Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup import service
from labapp.followup.models import Milestone
from labapp.followup.room import room
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.service import grant, same_person
from labapp.record.acting import Acting
from tests.followup.make import agreement, answers, evidence, step_of
from tests.make import NOW, Make


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _step(make: Make, lab: Lab) -> Milestone:
    step = agreement(make, lab, step_of("Losa", questions=3), has_work=False).milestones[0]
    evidence(make, lab, step)
    return step


def _confirm(make: Make, lab: Lab, step: Milestone, *yes: bool, who: Actor | None = None) -> None:
    who = who or make.actor(lab, Role.MEMBER)
    service.confirm(Acting(lab, who, NOW), step, answers=answers(step, *yes))


def test_two_numbers_of_one_person_look_as_one_neighbour(make: Make, lab: Lab) -> None:
    step = _step(make, lab)
    one, two = make.actor(lab, Role.MEMBER), make.actor(lab, Role.MEMBER)
    for who in (one, two):
        _confirm(make, lab, step, True, True, True, who=who)
    assert (step.verified, step.thing.state) == (100, "met")
    # Found to be one in another lab, as both say: independence is judged over all of them.
    elsewhere = make.lab()
    for who in (one, two):
        grant(elsewhere.id, who.person_id or 0, Role.MEMBER, source="test", now=NOW)
    there = Acting(elsewhere, make.actor(elsewhere, Role.FACILITATOR), NOW)

    row = same_person.join(there, one=one.person_id or 0, two=two.person_id or 0)
    assert step.verified == 100, "another lab's facilitator has no word on it"
    for who in (one, two):
        same_person.agree(Acting(elsewhere, who, NOW), row)

    assert step.verified == 0
    assert step.thing.state != "met"
    db.session.commit()
    assert not list(faults_of(room))
    _confirm(make, lab, step, True, True, True)
    assert step.verified == 100
    same_person.separate(there, row)
    assert step.verified == 100


def test_whoever_carries_it_out_by_another_number_does_not_verify(
    make: Make, lab: Lab, tmp_path: Path
) -> None:
    step, member = _step(make, lab), make.actor(lab, Role.MEMBER)
    body = step.agreement.organization
    entity = make.actor(lab, Role.RESPONSIBLE, organization=body)
    host = make.actor(lab, Role.FACILITATOR)
    same_person.join(Acting(lab, host, NOW), one=member.person_id or 0, two=entity.person_id or 0)
    seen = labs.actor(lab, member.person_id, frozenset())

    assert seen.others == {Role.RESPONSIBLE}
    with pytest.raises(Denied):
        service.confirm(Acting(lab, seen, NOW), step, answers=answers(step, True, True, True))


def test_two_numbers_found_to_be_one_in_this_lab_look_as_one(make: Make, lab: Lab) -> None:
    step = _step(make, lab)
    one, two = make.actor(lab, Role.MEMBER), make.actor(lab, Role.MEMBER)
    for who in (one, two):
        _confirm(make, lab, step, True, True, True, who=who)

    host = Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)
    row = same_person.join(host, one=one.person_id or 0, two=two.person_id or 0)

    assert step.verified == 0
    db.session.commit()
    assert not list(faults_of(room))
    same_person.separate(host, row)
    assert step.verified == 100
