"""Visits: the committee goes to see a step and answers the questions agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from labapp.audits import queries
from labapp.audits.models import Committee, Visit, VisitState
from labapp.audits.service.showing import show
from labapp.db import db
from labapp.domain import committee as rules
from labapp.domain.descents import DescentKind
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Actor, Relation, require
from labapp.followup import service as followup
from labapp.followup.models import Milestone
from labapp.followup.service.proofs import Attests
from labapp.labs.models import Lab
from labapp.record import service as record
from labapp.thread import service as thread


@dataclass(frozen=True, slots=True)
class Look:
    """What the members who went write down.

    Attributes:
        visited_on: the day of the visit, today or earlier.
        present: how many members went, from 1 to those seated.
        answers: for each agreed question, by its id, yes or no and a note that may be empty.
        notes: what else there is to say; may be empty.
        proof: a photo or PDF taken there, attested by the committee; or None.
    """

    visited_on: date
    present: int
    answers: Mapping[int, tuple[bool, str]]
    notes: str = ""
    proof: followup.Proof | None = None


def record_visit(
    lab: Lab,
    actor: Actor,
    committee: Committee,
    *,
    milestone: Milestone,
    look: Look,
    folder: Path,
    now: datetime,
) -> Visit:
    """Record a visit, published at once, and what it saw: the step is verified by it.

    Args:
        lab: the lab of the committee.
        actor: a member who declared no tie.
        committee: five or more, certified.
        milestone: a step of the agreement that the work carries out.
        look: what they saw.
        folder: where files are kept.
        now: the instant of the act.

    Returns:
        The visit, flushed.

    Raises:
        Denied: wrong role or stage, not seated, or tied to the work.
        Blocked: the committee may not act.
        Conflict: the step is of another work, the numbers or the day cannot be, or a question
            is left without answer.
        Unreadable: the file is neither a photo nor a PDF.
    """
    relations = untied(actor, committee, Act.VISIT_RECORD, lab)
    held = queries.locked(committee.id)
    known = queries.standing(held.id)
    rules.acts(known)
    if milestone.agreement_id != held.work.agreement_id:
        raise Conflict(mark("This committee watches another work."))
    if not 1 <= look.present <= known.seats:
        raise Conflict(mark("At least one member went, and never more than are seated."))
    if look.visited_on > local_day(now):
        raise Conflict(mark("A visit is written down after it is made."))
    thing = thread.add(
        Kind.VISIT,
        title=milestone.title,
        state=VisitState.RECORDED,
        lab_id=lab.id,
        published_at=now,
    )
    visit = Visit(
        id=thing.id,
        committee_id=held.id,
        milestone_id=milestone.id,
        visited_on=look.visited_on,
        present=look.present,
        notes=look.notes,
        recorded_at=now,
    )
    visit.thing, visit.committee, visit.milestone = thing, held, milestone
    db.session.add(visit)
    db.session.flush()
    thread.descend(thing.id, milestone.id, DescentKind.WATCHES)
    thread.descend(thing.id, held.id, DescentKind.MADE_BY)
    after = {"visited_on": look.visited_on.isoformat(), "present": look.present}
    record.write(actor, Act.VISIT_RECORD, lab_id=lab.id, thing_id=thing.id, after=after, now=now)
    followup.verify(
        lab, actor, milestone, visit_id=visit.id, answers=look.answers, held=relations, now=now
    )
    if look.proof is not None:
        evidence = followup.add_evidence(
            lab,
            actor,
            milestone,
            proof=look.proof,
            attested_by=Attests.COMMITTEE,
            held=relations,
            folder=folder,
            now=now,
        )
        thread.descend(evidence.id, visit.id, DescentKind.TAKEN_ON)
    show(held)
    return visit


def untied(actor: Actor, committee: Committee, act: Act, lab: Lab) -> frozenset[Relation]:
    """Let pass a member who declared no tie with the work, and return the relation they hold.

    Raises:
        Denied: wrong role or stage, not seated, or tied.
    """
    seat = queries.seat(committee.id, actor.person_id)
    held = frozenset({Relation.SEATED}) if seat else frozenset[Relation]()
    require(actor, act, lab.stage, held=held)
    if seat is not None and seat.declared_tie:
        raise Denied(mark("You declared a tie with this work: another member does this."))
    return held
