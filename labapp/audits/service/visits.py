"""Visits: the committee goes to see a step and answers the questions agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from labapp.audits import queries
from labapp.audits.models import Committee, Visit, VisitState
from labapp.audits.queries import independence
from labapp.audits.service.independence import require_independent
from labapp.audits.service.status_copy import copy_status
from labapp.db import db
from labapp.domain import committee as committee_rules
from labapp.domain.descents import DescentKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.progress import VISITORS
from labapp.followup import service as followup
from labapp.followup.models import Milestone
from labapp.followup.service.evidence import Attests
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.thread import service as thread


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """What the members who went write down.

    Attributes:
        visited_on: the day of the visit, from that of the agreement to today.
        present: how many members went, from three to those seated without a tie with the step.
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
    acting: Acting[Lab],
    committee: Committee,
    *,
    milestone: Milestone,
    look: VisitDraft,
    folder: Path,
) -> Visit:
    """Record a visit, published at once, and what it saw: the step is verified by it.

    Args:
        acting: a member who is independent of the step.
        committee: five or more, certified.
        milestone: a step of the agreement that the work carries out.
        look: what they saw.
        folder: where files are kept.

    Returns:
        The visit, flushed.

    Raises:
        Denied: wrong role or stage, not seated, or not independent of the work.
        Blocked: the committee may not act.
        Conflict: the step is of another work, the numbers or the day cannot be, or a question
            is left without answer.
        Unreadable: the file is neither a photo nor a PDF.
    """
    acts = (Act.VISIT_RECORD, Act.MILESTONE_VERIFY)
    require_independent(acting, committee, *acts, step=milestone, began_on=look.visited_on)
    locked_committee = queries.lock_committee(committee.id)
    known = queries.committee_status(locked_committee.id)
    committee_rules.require_certified(known)
    if milestone.agreement_id != locked_committee.work.agreement_id:
        raise Conflict(mark("This committee watches another work."))
    able = independence.untied_members(committee.id, milestone.id, look.visited_on)
    if not VISITORS <= look.present <= min(known.seats, able):
        raise Conflict(
            mark("At least three went, and never more than are seated without a tie with the step.")
        )
    _require_day(look.visited_on, milestone, local_day(acting.now))
    certified_on = locked_committee.certified_on
    if certified_on is not None and look.visited_on < certified_on:
        raise Conflict(mark("The visit was before ANTAI certified the committee: it counts not."))
    thing = thread.add(
        Kind.VISIT,
        title=milestone.title,
        state=VisitState.RECORDED,
        lab_id=acting.lab.id,
        published_at=acting.now,
    )
    visit = Visit(
        id=thing.id,
        committee_id=locked_committee.id,
        milestone_id=milestone.id,
        visited_on=look.visited_on,
        present=look.present,
        notes=look.notes,
        recorded_at=acting.now,
    )
    visit.thing, visit.committee, visit.milestone = thing, locked_committee, milestone
    db.session.add(visit)
    db.session.flush()
    thread.descend(thing.id, milestone.id, DescentKind.WATCHES)
    thread.descend(thing.id, locked_committee.id, DescentKind.MADE_BY)
    after = {"visited_on": look.visited_on.isoformat(), "present": look.present}
    acting.record(Act.VISIT_RECORD, thing.id, after=after)
    facts = followup.VisitFacts(visit.id, look.visited_on, look.present)
    followup.verify(acting, milestone, visit=facts, answers=look.answers)
    if look.proof is not None:
        evidence = followup.add_evidence(
            acting,
            milestone,
            proof=look.proof,
            attested_by=Attests.COMMITTEE,
            folder=folder,
        )
        thread.descend(evidence.id, visit.id, DescentKind.TAKEN_ON)
    copy_status(locked_committee)
    return visit


def _require_day(day: date, milestone: Milestone, today: date) -> None:
    """Let pass a day on which the step was agreed, and that is not to come.

    Raises:
        Conflict: it is another.
    """
    if day > today:
        raise Conflict(mark("A visit is written down after it is made."))
    accepted_on = milestone.agreement.accepted_on
    if accepted_on is None or day < accepted_on:
        raise Conflict(mark("The visit was before the agreement: nobody had promised it yet."))
