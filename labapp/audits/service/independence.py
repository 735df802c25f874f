"""Who may check a work, and who may not: asked at each act, when seated and when given a role."""

from datetime import date, datetime

from labapp.audits import queries
from labapp.audits.models import Committee, Work
from labapp.audits.queries import independence
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.policy import Act, Relation, Role
from labapp.domain.roles import RoleGrant
from labapp.followup.models import Milestone
from labapp.labs.models import Lab
from labapp.record.acting import Acting


def require_independent(
    acting: Acting[Lab],
    committee: Committee,
    *acts: Act,
    step: Milestone | None,
    began_on: date,
) -> None:
    """Let pass, to all of these acts, a member who neither carries the work out nor is tied to it.

    Args:
        acting: somebody seated.
        committee: the one that acts.
        acts: what is about to be done.
        step: the step that it is about; None for the whole work.
        began_on: since when there is what is judged: a tie that ended later still counts.

    Raises:
        Denied: wrong role or stage, not seated, of the entity in some lab now or once, of ANTAI,
            or tied.
    """
    person_id = acting.actor.person_id
    seat = queries.seat(committee.id, person_id)
    for act in acts:
        acting.require(act, queries.relations(seat))
    reason = independence.lack(
        committee,
        person_id,
        acting.lab.id,
        step_id=step.id if step is not None else None,
        began_on=began_on,
    )
    if reason:
        raise Denied(reason)


def require_may_sit(lab: Lab, work: Work, person_id: int) -> None:
    """Let pass who may sit on the committee of a work.

    Raises:
        Conflict: they are of the entity that answers for it, in any lab, now or once; or of ANTAI.
    """
    if independence.carries_out(work, person_id, lab.id):
        raise Conflict(mark("Whoever carries out the work cannot sit on its committee."))
    if independence.reviews(person_id, lab.id):
        raise Conflict(independence.REVIEWS)


def relations_to(work: Work, person_id: int | None, lab_id: int) -> frozenset[Relation]:
    """Return what somebody is to a work: apart from who carries it out, or not."""
    carries_out = independence.carries_out(work, person_id, lab_id)
    return frozenset() if carries_out else frozenset({Relation.NOT_EXECUTOR})


def require_free_of_seats(given: RoleGrant, _now: datetime) -> None:
    """Refuse a role that does not go with a seat which the person holds in some lab.

    Raises:
        Conflict: they sit over the work of that very entity; or are to review for ANTAI.
    """
    if given.role is Role.REVIEWER and independence.sits_somewhere(given.person_id):
        raise Conflict(mark("This person sits on a social audit committee: the seat ends first."))
    body = given.organization_id
    if body is not None and independence.sits_somewhere(given.person_id, given.lab_id, over=body):
        raise Conflict(
            mark("This person sits on a committee over that entity's work: the seat ends first.")
        )
