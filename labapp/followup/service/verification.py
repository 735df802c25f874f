"""What others saw of a step: the committee where there is a work, enough neighbours elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.stage import require_owed
from labapp.followup import queries
from labapp.followup.models import Milestone, Verification, VerificationAnswer, Watcher
from labapp.followup.service import recount
from labapp.followup.service.evidence import SEATED_ABOVE
from labapp.followup.service.progress import require_in_force
from labapp.followup.states import MilestoneState
from labapp.labs.models import Lab
from labapp.record.acting import Acting

#: The answer to each question, by its id: yes or no, and a note that may be empty.
Answers = Mapping[int, tuple[bool, str]]


def confirm(acting: Acting[Lab], milestone: Milestone, *, answers: Answers) -> Verification:
    """Record what a neighbour saw. Flushed.

    Without a work, the step's verified percent counts the questions that the last different
    neighbours, as many as were agreed, all answered yes, while evidence stands; with a work it is
    the committee's alone, and this stands beside.

    Args:
        acting: a member of the community who does not carry it out.
        milestone: of an agreement in force.
        answers: one to each agreed question.

    Raises:
        Denied: wrong role or stage, or whoever carries it out.
        Conflict: the agreement is not in force, or a question is left without answer.
    """
    acting.require(Act.MILESTONE_CONFIRM, queries.relations(acting.actor, milestone))
    look = add_look(acting, milestone, answers)
    count_look(acting, milestone, Act.MILESTONE_CONFIRM)
    return look


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit of the committee, as this room knows it.

    Attributes:
        visit_id: the visit, a thing.
        day: when it was made.
        present: how many members went.
    """

    visit_id: int
    day: date
    present: int


def verify(
    acting: Acting[Lab],
    milestone: Milestone,
    *,
    visit: VisitFacts,
    answers: Answers,
) -> Verification:
    """Record what the committee saw on a visit; of all visits the one made last stands. Flushed.

    ``verified`` becomes the share of yes answers, while evidence stands, reserved or not; the step
    is disputed while it is less than what the entity declares; at 100 the duty "step" is met.

    Args:
        acting: a member of its work's committee. Who is seated on it is known above this room:
            whoever records the visit has asked; the role and the stage are asked here again.
        milestone: of an agreement in force that has a work.
        visit: the visit; one typed late undoes nothing that was seen later.
        answers: one to each agreed question, by question id: ``(yes, note)``.

    Raises:
        Denied: wrong role or stage.
        Conflict: no work, not in force, or a question is left without answer.
    """
    acting.require(Act.MILESTONE_VERIFY, SEATED_ABOVE)
    if not milestone.agreement.has_work:
        raise Conflict(mark("Where there is no public work, neighbours verify."))
    look = add_look(acting, milestone, answers, visit=visit)
    count_look(acting, milestone, Act.MILESTONE_VERIFY)
    return look


def add_look(
    acting: Acting[Lab],
    milestone: Milestone,
    answers: Answers,
    *,
    visit: VisitFacts | None = None,
    looked_on: date | None = None,
    of: int | None = None,
) -> Verification:
    """Add what was seen of a step; who may is asked before. Flushed.

    Args:
        acting: who writes it down.
        milestone: of an agreement in force.
        answers: one to each agreed question.
        visit: the committee's; None of a neighbour.
        looked_on: the day it was seen; None for today, or that of the visit.
        of: the person who looked, where another writes it down.

    Raises:
        Conflict: the agreement is not in force, or a question is left without answer.
    """
    require_in_force(milestone)
    require_owed(acting.lab.stage, owed=milestone.state is not MilestoneState.MET)
    if set(answers) != {question.id for question in milestone.questions}:
        raise Conflict(mark("Answer every question of this step."))
    queries.lock_milestone(milestone.id)
    look = Verification(
        milestone_id=milestone.id,
        watcher=Watcher.COMMITTEE if visit else Watcher.NEIGHBOUR,
        person_id=of or acting.actor.person_id,
        typed_by_id=acting.actor.person_id if of else None,
        visit_id=visit.visit_id if visit else None,
        present=visit.present if visit else None,
        looked_on=visit.day if visit else looked_on or local_day(acting.now),
        verified_at=acting.now,
    )
    look.answers = [
        VerificationAnswer(question_id=question, yes=yes, note=note[:200])
        for question, (yes, note) in sorted(answers.items())
    ]
    db.session.add(look)
    db.session.flush()
    return look


def count_look(acting: Acting[Lab], milestone: Milestone, act: Act) -> None:
    """Count again what stands, and record it."""
    before = recount.verified_copy(milestone)
    after = recount.count_step(milestone, acting.now, looked_again=True)
    acting.record(act, milestone.id, before=before, after=after)
