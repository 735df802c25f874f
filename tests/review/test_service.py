"""Rounds of review between a lab and ANTAI, and the two codings that never meet."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied
from labapp.domain.ogp_completion import IRM, BackedStep, OgpCompletion, highest
from labapp.domain.policy import Actor, Role
from labapp.domain.removal import RemovalScope
from labapp.domain.removal_code import RemovalCode
from labapp.domain.stage import Stage
from labapp.followup import service as followup
from labapp.labs.models import Lab
from labapp.moderation import service as moderation
from labapp.moderation.removal_draft import RemovalDraft
from labapp.record.acting import Acting
from labapp.review import queries, service
from labapp.review.models import Review
from labapp.thread.models import Duty
from tests.audits import make as audits
from tests.followup.make import agreement, answers, evidence
from tests.make import NOW, Make
from tests.review.make import review

DAY = timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


@pytest.fixture
def antai(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.REVIEWER)


def _return(lab: Lab, actor: Actor, sent: Review, now: datetime = NOW) -> None:
    service.return_review(
        Acting(lab, actor, now),
        sent,
        observations="Explique la pared norte.",
        office="Dirección de Acceso",
        due_days=15,
    )


def _answer(make: Make, lab: Lab, sent: Review, now: datetime = NOW) -> None:
    service.answer_review(
        Acting(lab, make.actor(lab, Role.FACILITATOR), now), sent, text="Ya está."
    )


def _validate(
    lab: Lab, actor: Actor, sent: Review, value: OgpCompletion = OgpCompletion.NOT_STARTED
) -> None:
    service.validate_review(Acting(lab, actor, NOW), sent, completion=value, reason="Así consta.")


def _duty(thing_id: int, what: str) -> tuple[date, date | None]:
    duty = db.session.scalars(
        select(Duty).where(Duty.thing_id == thing_id, Duty.what == what)
    ).one()
    return duty.due_on, duty.met_on


def test_antai_owes_a_review_sent(make: Make, lab: Lab) -> None:
    sent = review(make, lab)

    assert sent.due_on == TODAY + 15 * DAY
    assert _duty(sent.id, "review") == (sent.due_on, None)
    assert not queries.last_validated(lab.id)


def test_a_review_returned_stops_antais_clock_and_an_answer_moves_its_day(
    make: Make, lab: Lab, antai: Actor
) -> None:
    sent = review(make, lab)

    _return(lab, antai, sent, NOW + 8 * DAY)
    assert sent.thing.state == "returned"
    assert _duty(sent.id, "review")[1] == TODAY + 8 * DAY
    assert _duty(sent.id, "answer") == (TODAY + 23 * DAY, None)
    _answer(make, lab, sent, NOW + 14 * DAY)

    assert sent.due_on == TODAY + 21 * DAY
    assert _duty(sent.id, "review") == (sent.due_on, None)
    assert _duty(sent.id, "answer")[1] == TODAY + 14 * DAY


def test_what_is_in_one_sides_hands_the_other_does_not_touch(
    make: Make, lab: Lab, antai: Actor
) -> None:
    sent = review(make, lab)
    with pytest.raises(Conflict, match="No observation"):
        _answer(make, lab, sent)
    _return(lab, antai, sent)

    with pytest.raises(Conflict, match="lab's hands"):
        _return(lab, antai, sent)
    with pytest.raises(Conflict, match="lab's hands"):
        _validate(lab, antai, sent)


def test_a_review_is_validated_once(make: Make, lab: Lab, antai: Actor) -> None:
    sent = review(make, lab)

    _validate(lab, antai, sent)

    assert queries.last_validated(lab.id)
    assert _duty(sent.id, "review")[1] == TODAY
    with pytest.raises(Conflict, match="already"):
        _validate(lab, antai, sent)
    with pytest.raises(Conflict, match="already"):
        _return(lab, antai, sent)


def test_one_review_at_a_time_and_no_day_told_twice(make: Make, lab: Lab, antai: Actor) -> None:
    first = review(make, lab)
    with pytest.raises(Conflict, match="Wait"):
        review(make, lab)
    _validate(lab, antai, first)

    with pytest.raises(Conflict, match="these days"):
        review(make, lab)
    review(make, lab, starts=TODAY, ends=TODAY)
    assert not queries.last_validated(lab.id)


@pytest.mark.parametrize(("starts", "ends"), [(TODAY, TODAY - DAY), (TODAY, TODAY + DAY)])
def test_a_period_is_over_and_the_right_way_round(
    make: Make, lab: Lab, starts: date, ends: date
) -> None:
    with pytest.raises(Conflict):
        review(make, lab, starts=starts, ends=ends)


@pytest.mark.parametrize("value", [v for v in OgpCompletion if v.needs_evidence])
def test_complete_without_evidence_is_refused(
    make: Make, lab: Lab, antai: Actor, value: OgpCompletion
) -> None:
    sent = review(make, lab)
    made = audits.watch(make, lab)
    with pytest.raises(Blocked, match=r"1\.1"):
        _validate(lab, antai, sent, value)
    evidence(make, lab, made.step)
    with pytest.raises(Blocked, match=r"1\.1"):
        _validate(lab, antai, sent, value)

    audits.visit(made)
    _validate(lab, antai, sent, value)

    assert sent.completion is value


@pytest.mark.parametrize("value", [v for v in OgpCompletion if v.needs_evidence])
def test_a_neighbour_who_answers_no_to_everything_supports_nothing(
    make: Make, lab: Lab, antai: Actor, value: OgpCompletion
) -> None:
    sent = review(make, lab)
    step = agreement(make, lab).milestones[0]
    evidence(make, lab, step)
    for _ in range(3):
        who = Acting(lab, make.actor(lab, Role.MEMBER), NOW)
        followup.confirm(who, step, answers=answers(step, False, False, False))

    with pytest.raises(Blocked, match=r"1\.1"):
        _validate(lab, antai, sent, value)


def test_evidence_taken_away_bears_nothing_more(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    shown = evidence(make, lab, made.step)
    audits.visit(made)
    assert highest(queries.backing(lab.id)) is OgpCompletion.COMPLETE

    draft = RemovalDraft(
        RemovalScope.WHOLE, RemovalCode.PRIVATE_DATA, "Se ve una cédula", "Se retiró"
    )
    judge = Acting(lab, make.actor(lab, Role.REVIEWER), NOW)
    moderation.take_away(judge, draft, thing=shown.thing)

    assert highest(queries.backing(lab.id)) is None
    assert (made.step.verified, made.step.looked, made.step.thing.state) == (0, False, "open")


def test_reserved_evidence_lets_the_committee_see_it_done_and_bears_no_value(
    make: Make, lab: Lab
) -> None:
    made = audits.watch(make, lab)
    evidence(make, lab, made.step, public=False)
    audits.visit(made)

    assert (made.step.verified, made.step.thing.state) == (100, "met")
    assert queries.backing(lab.id) == [BackedStep(1, 1, 10, 100, is_public=False)]
    assert queries.backing(make.lab(Stage.FOLLOWUP).id) == []


def test_our_value_and_the_independent_coding_never_overwrite_one_another(
    make: Make, lab: Lab, antai: Actor
) -> None:
    sent = review(make, lab)
    assert sent.irm is IRM.PENDING

    service.note_irm(Acting(lab, antai, NOW), sent, irm=IRM.LIMITED, source="Informe, p. 12")
    assert (sent.completion, sent.irm) == (None, IRM.LIMITED)
    _validate(lab, antai, sent)
    assert (sent.completion, sent.irm) == (OgpCompletion.NOT_STARTED, IRM.LIMITED)
    service.note_irm(Acting(lab, antai, NOW), sent, irm=IRM.COMPLETE, source="Informe, p. 40")

    assert (sent.completion, sent.irm) == (OgpCompletion.NOT_STARTED, IRM.COMPLETE)
    assert sent.irm_source == "Informe, p. 40"


def test_nobody_reviews_their_own_lab(make: Make, lab: Lab) -> None:
    sent = review(make, lab)
    both = make.actor(lab, Role.REVIEWER, Role.FACILITATOR)

    with pytest.raises(Denied, match="take part"):
        _validate(lab, both, sent)
    with pytest.raises(Denied, match="take part"):
        _return(lab, both, sent)
    with pytest.raises(Denied, match="take part"):
        service.note_irm(Acting(lab, both, NOW), sent, irm=IRM.LIMITED, source="X")


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.MEMBER, Role.COMMITTEE])
def test_only_antai_judges(make: Make, lab: Lab, role: Role) -> None:
    sent, actor = review(make, lab), make.actor(lab, role)

    with pytest.raises(Denied):
        _validate(lab, actor, sent)
    with pytest.raises(Denied):
        _return(lab, actor, sent)


def test_antai_does_not_answer_itself(make: Make, lab: Lab, antai: Actor) -> None:
    sent = review(make, lab)
    _return(lab, antai, sent)

    with pytest.raises(Denied):
        service.answer_review(Acting(lab, antai, NOW), sent, text="Listo")
