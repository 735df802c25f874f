"""Done means seen: evidence that stands, and the yes of as many people as were agreed."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from labapp.db import db
from labapp.domain.policy import Role
from labapp.domain.removal import RemovalScope
from labapp.domain.removal_code import RemovalCode
from labapp.domain.stage import Stage
from labapp.files.models import StoredFile
from labapp.followup import queries, service
from labapp.followup.models import Milestone
from labapp.labs.models import Lab
from labapp.moderation import service as moderation
from labapp.moderation.removal_draft import RemovalDraft
from labapp.record.acting import Acting
from labapp.thread.models import Duty
from tests.files.make import PDF
from tests.followup.make import agreement, answers, evidence, step_of, visit
from tests.make import NOW, Make

TODAY = NOW.date()
DAY = timedelta(days=1)
DONE = (100, True, "met", TODAY)
OPEN = (0, False, "open", None)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _step(make: Make, lab: Lab, *, has_work: bool = False) -> Milestone:
    return agreement(make, lab, step_of("Losa"), has_work=has_work).milestones[0]


def _confirm(make: Make, lab: Lab, step: Milestone, *yes: bool) -> None:
    who = Acting(lab, make.actor(lab, Role.MEMBER), NOW)
    service.confirm(who, step, answers=answers(step, *yes))


def _verify(make: Make, lab: Lab, step: Milestone, *yes: bool, on: int = 0) -> None:
    service.verify(
        Acting(lab, make.actor(lab, Role.COMMITTEE), NOW + 9 * DAY),
        step,
        visit=visit(lab, day=TODAY + on * DAY),
        answers=answers(step, *yes),
    )


def _said(step: Milestone) -> tuple[int, bool, str, object]:
    duty = db.session.scalars(select(Duty).where(Duty.thing_id == step.id)).one()
    assert not list(queries.drift())
    return step.verified, step.looked, step.thing.state, duty.met_on


def test_two_yeses_of_what_was_never_shown_make_nothing_done(make: Make, lab: Lab) -> None:
    step = _step(make, lab)

    _confirm(make, lab, step)
    _confirm(make, lab, step)

    assert _said(step) == OPEN
    assert queries.numbers(TODAY, lab.id).steps_met == 0
    assert queries.facts(lab.id).milestones_unmet == 1
    sight = queries.sights([step])[step.id]
    assert (sight.is_shown, sight.lacking, sight.unanswered) == (False, 0, 0)


def test_evidence_and_two_yeses_in_either_order_make_it_done(make: Make, lab: Lab) -> None:
    first, last = _step(make, lab), _step(make, lab)

    evidence(make, lab, first)
    assert _said(first) == OPEN
    for step in (first, last):
        _confirm(make, lab, step)
        assert _said(step) == OPEN
        _confirm(make, lab, step)
    assert _said(last) == OPEN
    evidence(make, lab, last)

    assert _said(first) == _said(last) == DONE


def test_what_the_entity_shows_with_its_words_is_counted_at_once(
    make: Make, lab: Lab, tmp_path: Path
) -> None:
    step = _step(make, lab)
    _confirm(make, lab, step)
    _confirm(make, lab, step)
    who = make.actor(lab, Role.RESPONSIBLE, organization=step.agreement.organization)

    service.declare(
        Acting(lab, who, NOW),
        step,
        percent=40,
        note="",
        proof=service.Proof(PDF),
        folder=tmp_path,
    )

    assert (step.declared, *_said(step)) == (40, *DONE)


def test_reserved_evidence_serves_the_committee_and_not_neighbours(make: Make, lab: Lab) -> None:
    apart, watched = _step(make, lab), _step(make, lab, has_work=True)
    for step in (apart, watched):
        evidence(make, lab, step, public=False)

    _confirm(make, lab, apart)
    _confirm(make, lab, apart)
    _verify(make, lab, watched)

    assert _said(apart) == OPEN
    assert watched.thing.state == "met"


@pytest.mark.parametrize("scope", [RemovalScope.WHOLE, RemovalScope.FILE])
def test_evidence_taken_away_leaves_it_owed_and_put_back_leaves_it_done(
    make: Make, lab: Lab, scope: RemovalScope
) -> None:
    step = _step(make, lab)
    shown = evidence(make, lab, step)
    _confirm(make, lab, step)
    _confirm(make, lab, step)
    assert _said(step) == DONE
    one = Acting(lab, make.actor(lab, Role.REVIEWER), NOW)
    file = db.session.scalars(select(StoredFile)).one()
    draft = RemovalDraft(
        scope,
        RemovalCode.PRIVATE_DATA,
        "Se ve una cédula.",
        "Se retiró.",
        file_id=file.id if scope is RemovalScope.FILE else None,
    )

    removal = moderation.take_away(one, draft, thing=shown.thing)
    assert _said(step) == OPEN
    assert not queries.has_evidence(step.id)
    moderation.put_back(one, removal=removal)

    assert _said(step) == DONE


def test_a_no_after_two_yeses_leaves_it_owed_again(make: Make, lab: Lab) -> None:
    step = _step(make, lab)
    evidence(make, lab, step)
    _confirm(make, lab, step)
    _confirm(make, lab, step)

    _confirm(make, lab, step, False, False, False)

    assert (step.verified, step.thing.state, step.looked) == (0, "open", True)


def test_of_two_visits_the_one_made_last_stands(make: Make, lab: Lab) -> None:
    step = _step(make, lab, has_work=True)
    evidence(make, lab, step)

    _verify(make, lab, step, on=5)
    _verify(make, lab, step, False, on=2)

    assert (step.verified, step.thing.state) == (100, "met")
    _verify(make, lab, step, False, on=5)
    assert (step.verified, step.thing.state) == (66, "open")


def test_as_many_people_look_as_the_site_asked_for_when_it_was_accepted(
    make: Make, lab: Lab
) -> None:
    made = agreement(make, lab, step_of("Losa"))
    made.neighbours = 3
    step = made.milestones[0]
    evidence(make, lab, step)

    _confirm(make, lab, step)
    _confirm(make, lab, step)
    assert (step.verified, queries.sights([step])[step.id].lacking) == (0, 1)
    _confirm(make, lab, step)

    assert _said(step) == DONE


def test_what_is_declared_may_go_down_and_what_was_seen_stays(
    make: Make, lab: Lab, tmp_path: Path
) -> None:
    step = _step(make, lab)
    evidence(make, lab, step)
    who = Acting(
        lab, make.actor(lab, Role.RESPONSIBLE, organization=step.agreement.organization), NOW
    )
    for percent in (100, 30):
        service.declare(who, step, percent=percent, note="", proof=None, folder=tmp_path)
    _confirm(make, lab, step, True, False, False)
    _confirm(make, lab, step, True, False, False)

    assert (step.declared, step.verified, step.disputed) == (30, 33, False)
