"""Public works: registered on an agreement or as announced, and formally accepted."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from labapp.audits import queries
from labapp.audits.models import Committee, Work, WorkState
from labapp.audits.service.independence import relations_to
from labapp.audits.service.status_copy import copy_status
from labapp.db import db
from labapp.domain.committee import require_receivable
from labapp.domain.descents import DescentKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.followup.models import Agreement
from labapp.followup.states import AgreementState
from labapp.labs.models import Lab
from labapp.labs.service import interests
from labapp.organizations.models import Organization
from labapp.record.acting import Acting
from labapp.thread import service as thread


@dataclass(frozen=True, slots=True)
class AnnouncedWork:
    """A work that no agreement of the lab asked for: what an entity said that it will build."""

    title: str
    by: Organization


@dataclass(frozen=True, slots=True)
class Contract:
    """What is agreed with whoever builds a public work.

    Attributes:
        reference: the number of the act or contract.
        contractor: who builds it.
        cost: whole balboas.
        starts_on: the first day.
        ends_on: the last day agreed, not before the first.
    """

    reference: str
    contractor: str
    cost: int
    starts_on: date
    ends_on: date


def register_work(
    acting: Acting[Lab], origin: Agreement | AnnouncedWork, contract: Contract
) -> Work:
    """Register a public work, published at once.

    Args:
        acting: a facilitator; the lab from ideation to follow-up.
        origin: the agreement it carries out (of this lab, in force, one that has a work, and none
            registered yet), or what an entity announced by itself.
        contract: what is agreed with whoever builds a public work.

    Returns:
        The work, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: the agreement is not in force, has no work, or has one already; or whoever serves
            the lab is of the entity that announced it.
    """
    acting.require(Act.WORK_REGISTER)
    agreement = origin if isinstance(origin, Agreement) else None
    if agreement is not None:
        _require_awaiting_work(acting.lab, agreement)
    if isinstance(origin, AnnouncedWork):
        interests.require_nobody_of(acting, origin.by.id)
    if contract.ends_on < contract.starts_on:
        raise Conflict(mark("A work does not end before it starts."))
    thing = thread.add(
        Kind.WORK,
        title=origin.thing.title if isinstance(origin, Agreement) else origin.title,
        state=WorkState.REGISTERED,
        lab_id=acting.lab.id,
        published_at=acting.now,
    )
    work = Work(
        id=thing.id,
        agreement_id=agreement.id if agreement else None,
        reference=contract.reference,
        contractor=contract.contractor,
        cost=contract.cost,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
    )
    work.thing, work.agreement = thing, agreement
    work.announced_by = origin.by if isinstance(origin, AnnouncedWork) else None
    db.session.add(work)
    db.session.flush()
    if agreement is not None:
        thread.descend(thing.id, agreement.id, DescentKind.CARRIES_OUT)
    after = {
        "reference": contract.reference,
        "contractor": contract.contractor,
        "cost": contract.cost,
        "starts_on": contract.starts_on.isoformat(),
        "ends_on": contract.ends_on.isoformat(),
    }
    acting.record(Act.WORK_REGISTER, thing.id, after=after)
    return work


def _require_awaiting_work(lab: Lab, agreement: Agreement) -> None:
    if agreement.thing.lab_id != lab.id or agreement.state is AgreementState.DRAFT:
        raise Conflict(mark("A work belongs to an agreement that its entity accepted."))
    if not agreement.has_work:
        raise Conflict(mark("This agreement needs no public work: neighbours verify it."))
    if queries.work_of(agreement.id) is not None:
        raise Conflict(mark("The work of this agreement is registered already."))


def accept_work(
    acting: Acting[Lab],
    work: Work,
    *,
    committee: Committee | None,
    accepted_on: date,
) -> None:
    """Record the municipality's formal acceptance of a work. Flushed.

    Args:
        acting: a facilitator, who copies it from the act, and is not of the entity that answers
            for the work, in any lab, now or once.
        work: not accepted yet.
        committee: the one that watches it, or None.
        accepted_on: the day of the act.

    Raises:
        Denied: wrong role or stage, or of the entity.
        Blocked: the final report is missing, and ANTAI did not excuse it.
        Conflict: accepted already, or before it started.
    """
    relations = relations_to(work, acting.actor.person_id, acting.lab.id)
    acting.require(Act.WORK_ACCEPT, relations)
    if accepted_on < work.starts_on:
        raise Conflict(mark("A work is not accepted before it starts."))
    locked_committee = queries.lock_committee(committee.id) if committee else None
    report_on = locked_committee.report_on if locked_committee is not None else None
    delivered = report_on is not None and report_on <= accepted_on
    db.session.refresh(work, ["excused_on"], with_for_update=True)
    excused = work.excused_on is not None and work.excused_on <= accepted_on
    if not (delivered or excused) and (report_on or work.excused_on):
        raise Conflict(mark("That day there was no final report, and ANTAI had not excused it."))
    require_receivable(delivered=delivered, excused=excused)
    taken = db.session.execute(
        update(Work)
        .where(Work.id == work.id, Work.accepted_on.is_(None))
        .values(accepted_on=accepted_on)
        .returning(Work.id)
    ).first()
    if taken is None:
        raise Conflict(mark("This work was accepted already."))
    db.session.refresh(work, ["accepted_on"])
    thread.copy_state(work.thing, state=work.state)
    if locked_committee is not None:
        copy_status(locked_committee)
    after = {"accepted_on": accepted_on.isoformat(), "with_report": delivered}
    acting.record(Act.WORK_ACCEPT, work.id, after=after)


def excuse_report(acting: Acting[Lab], work: Work, *, reason: str) -> None:
    """Say that a work may be accepted without its committee's final report. Flushed.

    Args:
        acting: of ANTAI, who takes no part in the lab and is of no entity that owes it something.
        work: not accepted yet.
        reason: why; everybody reads it, before the acceptance and after.

    Raises:
        Denied: wrong role or stage, or not independent.
        Conflict: accepted or excused already, or the report was delivered.
    """
    acting.require(Act.REPORT_EXCUSE)
    db.session.refresh(work, ["accepted_on", "excused_on"], with_for_update=True)
    committee = queries.watching(work.id)
    if committee is not None and committee.report_on is not None:
        raise Conflict(mark("The final report was delivered already."))
    if work.accepted_on is not None:
        raise Conflict(mark("This work was accepted already."))
    if work.excused_on is not None:
        raise Conflict(mark("ANTAI excused the report of this work already."))
    work.excused_on, work.override_reason = local_day(acting.now), reason
    db.session.flush()
    after = {"excused_on": work.excused_on.isoformat()}
    acting.record(Act.REPORT_EXCUSE, work.id, after=after, reason=reason)
