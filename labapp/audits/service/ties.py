"""Ties of a member with who carries a work out: declared, and over, both dated."""

from labapp.audits import queries
from labapp.audits.models import Committee, DeclaredTie
from labapp.audits.queries import independence
from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.followup.models import Milestone
from labapp.labs.models import Lab
from labapp.record.acting import Acting


def declare_tie(
    acting: Acting[Lab], committee: Committee, *, step: Milestone | None, words: str
) -> DeclaredTie:
    """Declare a tie, which counts from now on. Flushed.

    Args:
        acting: a member.
        committee: where they sit.
        step: of the work that it watches; None for the whole work.
        words: with whom, and how; for the desk.

    Returns:
        The tie. The record says with which step, and never with whom.

    Raises:
        Denied: wrong role or stage, or not seated.
        Conflict: the step is of another work.
    """
    seat = queries.seat(committee.id, acting.actor.person_id)
    acting.require(Act.TIE_DECLARE, queries.relations(seat))
    if seat is None:
        raise ValueError("whoever passed sits")
    if step is not None and step.agreement_id != committee.work.agreement_id:
        raise Conflict(mark("This committee watches another work."))
    tie = DeclaredTie(
        committee_id=committee.id,
        person_id=seat.person_id,
        milestone_id=step.id if step is not None else None,
        words=words,
        declared_on=local_day(acting.now),
    )
    tie.milestone = step
    db.session.add(tie)
    db.session.flush()
    acting.record(Act.TIE_DECLARE, committee.id, after=_told(tie))
    return tie


def end_tie(acting: Acting[Lab], committee: Committee, tie: DeclaredTie) -> None:
    """Say that a tie is over: it still counts for what was there until today. Flushed.

    Raises:
        Denied: wrong role or stage, or not seated.
        Conflict: the tie is another member's, or over already.
    """
    seat = queries.seat(committee.id, acting.actor.person_id)
    acting.require(Act.TIE_END, queries.relations(seat))
    own = independence.ties(committee.id, acting.actor.person_id, acting.lab.id)
    db.session.refresh(tie, ["ended_on"], with_for_update=True)
    if tie.id not in {one.id for one in own} or tie.ended_on is not None:
        raise Conflict(mark("This tie is over already, or is not yours."))
    before = _told(tie)
    tie.ended_on = local_day(acting.now)
    db.session.flush()
    acting.record(Act.TIE_END, committee.id, before=before, after=_told(tie))


def _told(tie: DeclaredTie) -> dict[str, object]:
    return {
        "tie": tie.id,
        "step": tie.milestone.position if tie.milestone is not None else None,
        "declared_on": tie.declared_on.isoformat(),
        "ended_on": tie.ended_on.isoformat() if tie.ended_on else None,
    }
