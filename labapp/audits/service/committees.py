"""Committees: formed, reported to ANTAI, certified by it, and their final report."""

from labapp.audits import queries
from labapp.audits.models import Committee, Work
from labapp.audits.service.independence import require_independent
from labapp.audits.service.status_copy import copy_status
from labapp.db import db
from labapp.domain import committee as committee_rules
from labapp.domain.clocks import calendar_due
from labapp.domain.descents import DescentKind
from labapp.domain.duties import SITE_TERM, DutyKind
from labapp.domain.errors import Blocked, Conflict, Denied, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Relation, Role
from labapp.domain.roles import LACKING
from labapp.domain.stage import require_owed
from labapp.followup.states import MilestoneState
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.thread.models import Thing


def form_committee(
    acting: Acting[Lab],
    work: Work,
    *,
    name: str,
    chosen_how: str,
    report_days: int,
    chosen_in: Thing | None = None,
) -> Committee:
    """Begin the committee of a work, with no member yet, published at once.

    Args:
        acting: a facilitator; the lab from ideation to follow-up.
        work: of this lab, without a committee.
        name: how its members call it.
        chosen_how: how its members were chosen, in words; not empty without ``chosen_in``.
        report_days: calendar days after the end of the work in which its report is due.
        chosen_in: the meeting held or the vote published, of this lab, in which they were chosen.

    Returns:
        The committee, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: the work has its committee already; or ``chosen_in`` was not held or published.
    """
    acting.require(Act.COMMITTEE_FORM)
    if work.thing.lab_id != acting.lab.id or queries.watching(work.id) is not None:
        raise Conflict(mark("This work has its committee already."))
    _require_chosen(acting.lab, chosen_in, chosen_how)
    thing = thread.add(
        Kind.COMMITTEE,
        title=name,
        state=committee_rules.CommitteeState.FORMING,
        lab_id=acting.lab.id,
        published_at=acting.now,
    )
    committee = Committee(
        id=thing.id,
        work_id=work.id,
        name=name,
        chosen_how=chosen_how,
        chosen_in_id=chosen_in.id if chosen_in else None,
        formed_on=local_day(acting.now),
    )
    committee.thing, committee.work = thing, work
    db.session.add(committee)
    db.session.flush()
    thread.descend(thing.id, work.id, DescentKind.WATCHES)
    if chosen_in is not None:
        thread.descend(thing.id, chosen_in.id, DescentKind.CHOSEN_IN)
    thread.owe(
        thing,
        DutyKind.REPORT,
        owed_by=name,
        due_on=calendar_due(work.ends_on, report_days),
        basis=SITE_TERM,
    )
    where = f"{chosen_in.kind.value}-{chosen_in.number}" if chosen_in else None
    after = {"name": name, "chosen_how": chosen_how, "chosen_in": where}
    acting.record(Act.COMMITTEE_FORM, thing.id, after=after)
    return committee


def _require_chosen(lab: Lab, chosen_in: Thing | None, chosen_how: str) -> None:
    """Let pass a committee chosen in a meeting held or a vote published, or otherwise in words."""
    if chosen_in is None and not chosen_how.strip():
        raise Conflict(mark("Say in which meeting or vote its members were chosen, or how."))
    if chosen_in is not None and not queries.chose(lab.id, chosen_in):
        raise Conflict(
            mark("A committee is chosen in a meeting that was held or a vote that was published.")
        )


def report_committee(acting: Acting[Lab], committee: Committee, *, certificate_days: int) -> None:
    """Record that the committee told ANTAI that it exists; its certificate is owed. Flushed.

    Args:
        acting: a facilitator, or one of its members.
        committee: of five or more, not reported yet.
        certificate_days: calendar days for ANTAI to certify it.

    Raises:
        Denied: wrong role or stage, or a member of another committee.
        Blocked: it has fewer than five members.
        Conflict: it was reported already.
    """
    acting.require(Act.COMMITTEE_REPORT)
    seated = queries.seat(committee.id, acting.actor.person_id) is not None
    if Role.FACILITATOR not in acting.actor.roles and not seated:
        raise Denied(LACKING[Relation.SEATED])
    locked_committee = queries.lock_committee(committee.id)
    require_owed(acting.lab.stage, owed=locked_committee.report_on is None)
    committee_rules.require_complete(queries.committee_status(locked_committee.id))
    if locked_committee.reported_on is not None:
        raise Conflict(mark("ANTAI was told of this committee already."))
    locked_committee.reported_on = local_day(acting.now)
    thread.owe(
        locked_committee.thing,
        DutyKind.CERTIFICATE,
        owed_by="ANTAI",
        due_on=calendar_due(locked_committee.reported_on, certificate_days),
        basis=SITE_TERM,
    )
    copy_status(locked_committee)
    after = {"reported_on": locked_committee.reported_on.isoformat()}
    acting.record(Act.COMMITTEE_REPORT, locked_committee.id, after=after)


def certify(acting: Acting[Lab], committee: Committee, *, certificate: str) -> None:
    """Record ANTAI's certificate. Flushed.

    Args:
        acting: a reviewer who takes no part in the lab, and is of no entity that owes it something.
        committee: of five or more, reported and not certified.
        certificate: the number of ANTAI's act.

    Raises:
        Denied: wrong role or stage, or takes or took part in the lab.
        Blocked: it has fewer than five members, or did not tell ANTAI yet.
        Conflict: it was certified already.
    """
    acting.require(Act.COMMITTEE_CERTIFY)
    locked_committee = queries.lock_committee(committee.id)
    committee_rules.require_complete(queries.committee_status(locked_committee.id))
    if locked_committee.reported_on is None:
        raise Blocked(mark("The committee tells ANTAI that it exists before it is certified."))
    if locked_committee.certified_on is not None:
        raise Conflict(mark("This committee was certified already."))
    locked_committee.certified_on, locked_committee.certificate = local_day(acting.now), certificate
    thread.settle(locked_committee.id, DutyKind.CERTIFICATE, locked_committee.certified_on)
    copy_status(locked_committee)
    after = {"certified_on": locked_committee.certified_on.isoformat(), "certificate": certificate}
    acting.record(Act.COMMITTEE_CERTIFY, locked_committee.id, after=after)


def deliver_report(acting: Acting[Lab], committee: Committee, *, text: str) -> None:
    """Record the committee's final report, public at once; it is given once. Flushed.

    Args:
        acting: one of its members; the instant is from the day the work ends, or once every step is
            verified.
        committee: five or more, certified.
        text: the report.

    Raises:
        Denied: wrong role or stage, not seated, or not independent of the work.
        Blocked: the committee may not act yet, or the work goes on.
        Conflict: it was delivered already.
    """
    today = local_day(acting.now)
    require_independent(acting, committee, Act.REPORT_DELIVER, step=None, began_on=today)
    locked_committee = queries.lock_committee(committee.id)
    committee_rules.require_certified(queries.committee_status(locked_committee.id))
    steps = queries.steps(locked_committee.work)
    done = bool(steps) and all(step.state is MilestoneState.MET for step in steps)
    if today < locked_committee.work.ends_on and not done:
        raise Blocked(mark("The final report comes after the work ends."))
    if locked_committee.report_on is not None:
        raise Conflict(mark("The final report was delivered already."))
    locked_committee.report_on, locked_committee.report = today, text
    thread.settle(locked_committee.id, DutyKind.REPORT, today)
    copy_status(locked_committee)
    after = {"report_on": today.isoformat()}
    acting.record(Act.REPORT_DELIVER, locked_committee.id, after=after)
