"""What others saw of a step: the committee where there is a work, two neighbours elsewhere."""

from collections.abc import Mapping
from datetime import datetime

from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.stage import require_owed
from labapp.followup import queries
from labapp.followup.models import Milestone, Verification, VerificationAnswer, Watcher
from labapp.followup.service.agreements import BASIS
from labapp.followup.service.evidence import SEATED_ABOVE
from labapp.followup.service.progress import require_in_force
from labapp.followup.states import MilestoneState
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.thread import service as thread

#: The answer to each question, by its id: yes or no, and a note that may be empty.
Answers = Mapping[int, tuple[bool, str]]


def confirm(acting: Acting[Lab], milestone: Milestone, *, answers: Answers) -> Verification:
    """Record what a neighbour saw. Flushed.

    Without a work, the step's verified percent counts the questions that the last two different
    neighbours both answered yes; with a work it is the committee's alone, and this stands beside.

    Args:
        acting: a member of the community who does not carry it out.
        milestone: of an agreement in force.
        answers: one to each agreed question.

    Raises:
        Denied: wrong role or stage, or whoever carries it out.
        Conflict: the agreement is not in force, or a question is left without answer.
    """
    acting.require(Act.MILESTONE_CONFIRM, queries.relations(acting.actor, milestone))
    look = _look(acting, milestone, Watcher.NEIGHBOUR, answers)
    _stand(acting, milestone, Act.MILESTONE_CONFIRM)
    return look


def verify(
    acting: Acting[Lab],
    milestone: Milestone,
    *,
    visit_id: int,
    answers: Answers,
) -> Verification:
    """Record what the committee saw on a visit; the latest stands. Flushed.

    ``verified`` becomes the share of yes answers; the step is disputed while that is less than
    what the entity declares; at 100 the duty "step" is met.

    Args:
        acting: a member of its work's committee. Who is seated on it is known above this room:
            whoever records the visit has asked; the role and the stage are asked here again.
        milestone: of an agreement in force that has a work.
        visit_id: the visit, a thing.
        answers: one to each agreed question, by question id: ``(yes, note)``.

    Raises:
        Denied: wrong role or stage.
        Conflict: no work, not in force, or a question is left without answer.
    """
    acting.require(Act.MILESTONE_VERIFY, SEATED_ABOVE)
    if not milestone.agreement.has_work:
        raise Conflict(mark("Where there is no public work, two neighbours verify."))
    look = _look(acting, milestone, Watcher.COMMITTEE, answers, visit_id)
    _stand(acting, milestone, Act.MILESTONE_VERIFY)
    return look


def _look(
    acting: Acting[Lab],
    milestone: Milestone,
    watcher: Watcher,
    answers: Answers,
    visit_id: int | None = None,
) -> Verification:
    require_in_force(milestone)
    require_owed(acting.lab.stage, owed=milestone.state is not MilestoneState.MET)
    if set(answers) != {question.id for question in milestone.questions}:
        raise Conflict(mark("Answer every question of this step."))
    queries.lock_milestone(milestone.id)
    look = Verification(
        milestone_id=milestone.id,
        watcher=watcher,
        person_id=acting.actor.person_id,
        visit_id=visit_id,
        verified_at=acting.now,
    )
    look.answers = [
        VerificationAnswer(question_id=question, yes=yes, note=note[:200])
        for question, (yes, note) in sorted(answers.items())
    ]
    db.session.add(look)
    db.session.flush()
    return look


def _stand(acting: Acting[Lab], milestone: Milestone, act: Act) -> None:
    """Count again what stands, and record it."""
    before = {"verified": milestone.verified, "disputed": milestone.disputed}
    percents = queries.percents_seen([milestone])
    if milestone.id in percents:
        milestone.verified = percents[milestone.id]
        milestone.disputed = milestone.verified < milestone.declared
        _settle(milestone, acting.now)
    db.session.flush()
    after = {"verified": milestone.verified, "disputed": milestone.disputed}
    acting.record(act, milestone.id, before=before, after=after)


def count_anew(person_ids: frozenset[int], now: datetime) -> None:
    """Count again what these people saw as neighbours: two who were joined look as one. Flushes."""
    for milestone in queries.milestones_seen_by(person_ids):
        percents = queries.percents_seen([milestone])
        milestone.verified = percents.get(milestone.id, 0)
        milestone.disputed = milestone.id in percents and milestone.verified < milestone.declared
        _settle(milestone, now)
    db.session.flush()


def _settle(milestone: Milestone, now: datetime) -> None:
    """Meet the duty at 100; owe it again if a later look says otherwise."""
    if milestone.state is MilestoneState.MET:
        thread.copy_state(milestone.thing, state=milestone.state)
        thread.settle(milestone.id, DutyKind.STEP, local_day(now))
    elif milestone.thing.state == MilestoneState.MET:
        thread.copy_state(milestone.thing, state=milestone.state)
        owed_by = milestone.agreement.organization.name
        thread.owe(
            milestone.thing, DutyKind.STEP, owed_by=owed_by, due_on=milestone.due_on, basis=BASIS
        )
