"""Agreements and their steps: written as a draft, in force once the entity accepted."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete

from labapp.db import db
from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Blocked, Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act
from labapp.domain.progress import NEIGHBOURS
from labapp.followup import queries
from labapp.followup.models import AgreedQuestion, Agreement, Milestone
from labapp.followup.service.acceptance import require_yes
from labapp.followup.service.letters import require_for_the_entity
from labapp.followup.states import AgreementState, MilestoneState
from labapp.labs.models import Lab
from labapp.labs.service import interests
from labapp.organizations.models import Organization
from labapp.proposals import service as proposals
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.thread.models import Thing

#: Why a step is due on its day.
BASIS = mark("date agreed with the entity")
#: What an agreement may come from.
SOURCES = (Kind.PROPOSAL, Kind.CONTRIBUTION, Kind.LETTER, Kind.MEETING)
#: The share of a first step; the next ones weigh the same unless changed.
WEIGHT = 10


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """What a step is, before it has a row.

    Attributes:
        title: in one line.
        due_on: the day agreed.
        questions: yes/no questions agreed, at least one, each in one line.
        weight: its share; None weighs as the others do.
    """

    title: str
    due_on: date
    questions: tuple[str, ...]
    weight: int | None = None


def draft_agreement(
    acting: Acting[Lab],
    *,
    source: Thing,
    organization: Organization,
    what: str,
    has_work: bool,
    cost: int | None,
) -> Agreement:
    """Write an agreement that nobody but the facilitators and the entity sees yet.

    Args:
        acting: a facilitator; the lab from ideation to follow-up.
        source: the published thing of this lab that it comes from, of a kind in ``SOURCES``.
        organization: who is to do it.
        what: what is to be done; its first line is the title.
        has_work: whether a public work carries it out.
        cost: whole balboas, or None.

    Returns:
        The agreement, flushed, without steps.

    Raises:
        Denied: wrong role or stage.
        Conflict: the source is not public, or of another lab; or whoever serves the lab is of
            that entity.
    """
    acting.require(Act.AGREEMENT_DRAFT)
    if not queries.serves(source, acting.lab.id, SOURCES):
        raise Conflict(mark("An agreement comes from something published in this lab."))
    interests.require_nobody_of(acting, organization.id)
    agreement = Agreement(
        organization_id=organization.id,
        what=what,
        has_work=has_work,
        cost=cost,
        drafted_at=acting.now,
    )
    thing = thread.add(
        Kind.AGREEMENT, title=agreement.title, state=agreement.state, lab_id=acting.lab.id
    )
    agreement.id = thing.id
    agreement.thing, agreement.organization = thing, organization
    db.session.add(agreement)
    db.session.flush()
    thread.descend(thing.id, source.id, DescentKind.CAME_FROM)
    after = {"organization": organization.name, "has_work": has_work, "cost": cost}
    acting.record(Act.AGREEMENT_DRAFT, thing.id, after=after)
    return agreement


def add_step(acting: Acting[Lab], agreement: Agreement, *, step: MilestoneDraft) -> Milestone:
    """Add a step with its questions to an agreement not accepted yet. Flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: the agreement is in force, and its steps with it; or no question was given.
    """
    _require_step_allowed(acting, agreement, step)
    weights = [there.weight for there in agreement.milestones]
    thing = thread.add(
        Kind.MILESTONE, title=step.title, state=MilestoneState.DRAFT, lab_id=acting.lab.id
    )
    milestone = Milestone(
        id=thing.id,
        position=len(weights) + 1,
        title=step.title,
        weight=step.weight or (weights[-1] if weights else WEIGHT),
        due_on=step.due_on,
    )
    milestone.thing, milestone.agreement = thing, agreement
    milestone.questions = _questions(step)
    db.session.add(milestone)
    db.session.flush()
    thread.descend(thing.id, agreement.id, DescentKind.STEP_OF)
    _record_step(acting, milestone)
    return milestone


def edit_step(acting: Acting[Lab], milestone: Milestone, *, step: MilestoneDraft) -> None:
    """Write a step of a draft anew, questions included. Flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: the agreement is in force, or no question was given.
    """
    _require_step_allowed(acting, milestone.agreement, step)
    milestone.title, milestone.due_on = step.title, step.due_on
    milestone.weight = step.weight or milestone.weight
    db.session.execute(delete(AgreedQuestion).where(AgreedQuestion.milestone_id == milestone.id))
    db.session.expire(milestone, ["questions"])
    milestone.questions = _questions(step)
    thread.copy_state(milestone.thing, state=milestone.state, title=step.title)
    _record_step(acting, milestone)


def remove_step(acting: Acting[Lab], milestone: Milestone) -> None:
    """Take a step out of a draft; those after it move up one place. Flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: the agreement is in force.
    """
    agreement, thing, place = milestone.agreement, milestone.thing, milestone.position
    _require_steps_open(acting, agreement)
    after = {"step": place, "removed": milestone.title}
    db.session.execute(delete(AgreedQuestion).where(AgreedQuestion.milestone_id == milestone.id))
    db.session.execute(delete(Milestone).where(Milestone.id == milestone.id))
    db.session.expunge(milestone)
    db.session.expire(agreement, ["milestones"])
    for later in agreement.milestones[place - 1 :]:
        later.position -= 1
        db.session.flush()  # one at a time: no two steps ever stand at one place
    thread.copy_state(thing, state=MilestoneState.REMOVED)
    acting.record(Act.AGREEMENT_STEP, thing.id, after=after)


def _require_steps_open(acting: Acting[Lab], agreement: Agreement) -> None:
    acting.require(Act.AGREEMENT_STEP)
    if agreement.state is AgreementState.ACCEPTED:
        raise Conflict(mark("The entity accepted these steps: they no longer change."))


def _require_step_allowed(acting: Acting[Lab], agreement: Agreement, step: MilestoneDraft) -> None:
    _require_steps_open(acting, agreement)
    if not step.questions:
        raise Conflict(mark("Write at least one yes or no question for this step."))


def _questions(step: MilestoneDraft) -> list[AgreedQuestion]:
    return [AgreedQuestion(position=n, text=text) for n, text in enumerate(step.questions, 1)]


def _record_step(acting: Acting[Lab], milestone: Milestone) -> None:
    after = {
        "step": milestone.position,
        "weight": milestone.weight,
        "due_on": milestone.due_on.isoformat(),
        "questions": [question.text for question in milestone.questions],
    }
    acting.record(Act.AGREEMENT_STEP, milestone.id, after=after)


def accept_agreement(
    acting: Acting[Lab],
    agreement: Agreement,
    *,
    by: Thing,
    accepted_on: date,
    neighbours: int = NEIGHBOURS,
) -> None:
    """Record that the entity accepted: the agreement and its steps are public and due. Flushed.

    Args:
        acting: a facilitator, or somebody of the entity; the lab from ideation to follow-up.
        agreement: a draft with at least one step, each with at least one question.
        by: the letter of this entity answered yes or in part, or the meeting held, where it was
            said.
        accepted_on: the day it was said: that of the meeting, or from the letter's answer on.
        neighbours: how many different people must see each step done where there is no work, as
            many as the site asks for today; never less than two.

    Raises:
        Denied: neither a facilitator nor of the entity.
        Blocked: it has no steps, or one has no questions.
        Conflict: accepted already, or ``by`` does not say so on that day.
    """
    acting.require(Act.AGREEMENT_ACCEPT)
    require_for_the_entity(acting.actor, agreement.organization_id)
    if not agreement.milestones or not all(step.questions for step in agreement.milestones):
        raise Blocked(mark("Write at least one step, with its yes or no questions, first."))
    require_yes(acting, agreement, by=by, accepted_on=accepted_on)
    if any(step.due_on < accepted_on for step in agreement.milestones):
        raise Blocked(mark("A step is due before the agreement: change the day of the step first."))
    db.session.refresh(agreement, ["accepted_on"], with_for_update=True)
    if agreement.state is AgreementState.ACCEPTED:
        raise Conflict(mark("This agreement was accepted already."))
    agreement.accepted_on = accepted_on
    agreement.accepted_how = f"{by.kind.value}-{by.number}"
    agreement.neighbours = max(neighbours, NEIGHBOURS)
    thread.copy_state(agreement.thing, state=agreement.state, published_at=acting.now)
    thread.descend(agreement.id, by.id, DescentKind.ACCEPTED_IN)
    for proposal in queries.proposals_behind(agreement.id):
        proposals.mark_adopted(proposal, now=acting.now)
    for step in agreement.milestones:
        thread.copy_state(step.thing, state=step.state, published_at=acting.now)
        thread.owe(
            step.thing,
            DutyKind.STEP,
            owed_by=agreement.organization.name,
            due_on=step.due_on,
            basis=BASIS,
        )
    after = {
        "accepted_on": accepted_on.isoformat(),
        "by": f"{by.kind.value}-{by.number}",
        "neighbours": agreement.neighbours,
    }
    acting.record(Act.AGREEMENT_ACCEPT, agreement.id, after=after)
