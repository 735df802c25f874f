"""Findings: raised by the committee, replied to by the entity, closed by two members."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from labapp.audits import queries
from labapp.audits.models import Committee, Finding, FindingState, Visit
from labapp.audits.queries import independence
from labapp.audits.service.independence import require_independent
from labapp.db import db
from labapp.domain import committee as committee_rules
from labapp.domain.descents import DescentKind
from labapp.domain.duties import SITE_TERM, DutyKind
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.finding import Severity, Sort
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.followup.models import Milestone
from labapp.followup.service.letters import require_for_the_entity
from labapp.labs.models import Lab
from labapp.labs.queries import identity
from labapp.record import queries as record
from labapp.record.acting import Acting
from labapp.thread import service as thread


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What a committee found, before it has a row.

    Attributes:
        sort: what it is about.
        severity: how grave it is.
        text: in the committee's words.
        reply_due_on: the last day to reply, counted in working days where the form is shown.
        milestone: the step concerned, of the work watched; or None.
        visit: on which of its visits it was seen; or None.
    """

    sort: Sort
    severity: Severity
    text: str
    reply_due_on: date
    milestone: Milestone | None = None
    visit: Visit | None = None


def raise_finding(acting: Acting[Lab], committee: Committee, *, found: FindingDraft) -> Finding:
    """Record what the committee found, published at once; the entity owes a reply.

    Args:
        acting: a member who is independent of it.
        committee: five or more, certified.
        found: what it is.

    Returns:
        The finding, flushed.

    Raises:
        Denied: wrong role or stage, not seated, or not independent.
        Blocked: the committee may not act.
        Conflict: the step or the visit is not of this committee, or the day is past.
    """
    today, milestone, visit = local_day(acting.now), found.milestone, found.visit
    began_on = visit.visited_on if visit is not None else today
    require_independent(acting, committee, Act.FINDING_RAISE, step=milestone, began_on=began_on)
    committee_rules.require_certified(queries.committee_status(committee.id))
    work = committee.work
    if milestone is not None and milestone.agreement_id != work.agreement_id:
        raise Conflict(mark("This committee watches another work."))
    if visit is not None and visit.committee_id != committee.id:
        raise Conflict(mark("Another committee made this visit."))
    if found.reply_due_on < today:
        raise Conflict(mark("The day to reply is not in the past."))
    thing = thread.add(
        Kind.FINDING,
        title=found.text,
        state=FindingState.OPEN,
        lab_id=acting.lab.id,
        published_at=acting.now,
    )
    finding = Finding(
        id=thing.id,
        committee_id=committee.id,
        visit_id=visit.id if visit else None,
        milestone_id=milestone.id if milestone else None,
        sort=found.sort,
        severity=found.severity,
        text=found.text,
        raised_on=today,
        reply_due_on=found.reply_due_on,
    )
    finding.thing, finding.committee = thing, committee
    db.session.add(finding)
    db.session.flush()
    thread.descend(thing.id, milestone.id if milestone else committee.id, DescentKind.FOUND_IN)
    if visit is not None:
        thread.descend(thing.id, visit.id, DescentKind.FOUND_IN)
    thread.owe(
        thing,
        DutyKind.REPLY,
        owed_by=work.entity.name,
        due_on=found.reply_due_on,
        basis=SITE_TERM,
    )
    after = {
        "sort": found.sort.value,
        "severity": found.severity.value,
        "reply_due_on": found.reply_due_on.isoformat(),
    }
    acting.record(Act.FINDING_RAISE, thing.id, after=after)
    return finding


def reply_to_finding(acting: Acting[Lab], finding: Finding, *, text: str, replied_on: date) -> None:
    """Record what the entity replied; the first reply stands. Flushed.

    Args:
        acting: a facilitator, who copies it from paper, or somebody of the entity.
        finding: without reply, not closed.
        text: in the entity's own words.
        replied_on: from the day it was raised to today.

    Raises:
        Denied: neither a facilitator nor of the entity.
        Conflict: replied to or closed already, or the day cannot be.
    """
    acting.require(Act.FINDING_REPLY)
    require_for_the_entity(acting.actor, finding.committee.work.entity.id)
    if not finding.raised_on <= replied_on <= local_day(acting.now):
        raise Conflict(mark("A finding is replied to after it is raised, and not in the future."))
    taken = db.session.execute(
        update(Finding)
        .where(Finding.id == finding.id, Finding.replied_on.is_(None), Finding.closed_on.is_(None))
        .values(reply=text, replied_on=replied_on)
        .returning(Finding.id)
    ).first()
    if taken is None:
        raise Conflict(mark("This finding already has its reply, or is closed."))
    db.session.refresh(finding, ["reply", "replied_on"])
    thread.copy_state(finding.thing, state=finding.state)
    thread.settle(finding.id, DutyKind.REPLY, replied_on, noted_on=local_day(acting.now))
    after = {"replied_on": replied_on.isoformat()}
    acting.record(Act.FINDING_REPLY, finding.id, after=after)


def look_again(acting: Acting[Lab], finding: Finding, *, text: str) -> None:
    """Record what the committee saw when it looked again; the last look stands. Flushed.

    Raises:
        Denied: wrong role or stage, not seated, not independent, or who wrote down the reply.
        Blocked: the committee may not act.
        Conflict: the finding is closed.
    """
    _require_judge(acting, finding, Act.FINDING_LOOK)
    committee_rules.require_certified(queries.committee_status(finding.committee_id))
    locked_finding = queries.lock_finding(finding.id)
    if locked_finding.state is FindingState.CLOSED:
        raise Conflict(mark("This finding is closed."))
    before, locked_finding.second_look = {"second_look": locked_finding.second_look}, text
    # Whoever agreed to close it did so before this look.
    locked_finding.first_closer_id = None
    db.session.flush()
    acting.record(Act.FINDING_LOOK, locked_finding.id, before=before, after={"second_look": text})


def close_finding(acting: Acting[Lab], finding: Finding) -> bool:
    """Say that the finding may close; the second member to say so closes it. Flushed.

    Args:
        acting: a member who is independent of it.
        finding: open.

    Returns:
        True when it is closed now; False while another member must still agree.

    Raises:
        Denied: wrong role or stage, not seated, not independent, or who wrote down the reply.
        Blocked: the committee may not act.
        Conflict: closed already, or this member said so already.
    """
    _require_judge(acting, finding, Act.FINDING_CLOSE)
    committee_rules.require_certified(queries.committee_status(finding.committee_id))
    locked_finding = queries.lock_finding(finding.id)
    if locked_finding.state is FindingState.CLOSED:
        raise Conflict(mark("This finding is closed."))
    if identity.are_one(locked_finding.first_closer_id, acting.actor.person_id, acting.lab.id):
        raise Conflict(mark("You agreed already: another member must agree too."))
    if not _still_judges(acting.lab, locked_finding, locked_finding.first_closer_id):
        locked_finding.first_closer_id = acting.actor.person_id
        db.session.flush()
        return False
    today = local_day(acting.now)
    locked_finding.second_closer_id, locked_finding.closed_on = acting.actor.person_id, today
    thread.copy_state(locked_finding.thing, state=locked_finding.state)
    thread.waive(locked_finding.id, DutyKind.REPLY, today)
    after = {"closed_on": today.isoformat()}
    acting.record(Act.FINDING_CLOSE, locked_finding.id, after=after)
    return True


def _require_judge(acting: Acting[Lab], finding: Finding, act: Act) -> None:
    """Let pass a member who judges this finding: independent, and not the hand of the entity.

    Raises:
        Denied: they do not.
    """
    require_independent(
        acting, finding.committee, act, step=finding.milestone, began_on=finding.raised_on
    )
    numbers = identity.same_people(acting.actor.person_id, acting.lab.id)
    if record.was_done_by(numbers, Act.FINDING_REPLY, finding.id):
        raise Denied(mark("You wrote down what the entity replied: another member does this."))


def _still_judges(lab: Lab, finding: Finding, person_id: int | None) -> bool:
    """Tell whether who agreed to close a finding could still do so now."""
    if queries.seat(finding.committee_id, person_id) is None:
        return False
    numbers = identity.same_people(person_id, lab.id)
    if record.was_done_by(numbers, Act.FINDING_REPLY, finding.id):
        return False
    return not independence.lack(
        finding.committee,
        person_id,
        lab.id,
        step_id=finding.milestone_id,
        began_on=finding.raised_on,
    )
