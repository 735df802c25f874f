"""Who may check a work, and who may not: asked at each act, when seated and when given a role."""

from datetime import date, datetime

from labapp.audits import queries
from labapp.audits.models import Committee, Work
from labapp.audits.queries import independence
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.interests import SERVING
from labapp.domain.policy import Act, Relation, Role
from labapp.domain.roles import RoleGrant
from labapp.followup.models import Milestone
from labapp.labs.models import Lab
from labapp.labs.queries import affiliations, interests
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
        Conflict: they are of the entity that answers for it, in any lab, now or once; of ANTAI; or
            facilitate the lab, or declared a contract with an entity that owes it.
    """
    if independence.carries_out(work, person_id, lab.id):
        raise Conflict(mark("Whoever carries out the work cannot sit on its committee."))
    if independence.reviews(person_id, lab.id):
        raise Conflict(independence.REVIEWS)
    if independence.runs_the_lab(person_id, lab.id):
        raise Conflict(independence.RUNS)
    if interests.has_contract(lab.id, person_id):
        raise Conflict(mark("This person declared work or a contract with who owes this lab."))


def relations_to(work: Work, person_id: int | None, lab_id: int) -> frozenset[Relation]:
    """Return what somebody is to a work: apart from who carries it out, or not."""
    carries_out = independence.carries_out(work, person_id, lab_id)
    return frozenset() if carries_out else frozenset({Relation.NOT_EXECUTOR})


def require_free_of_seats(given: RoleGrant, _now: datetime) -> None:
    """Refuse a role that does not go with a seat which the person holds in some lab.

    Raises:
        Conflict: they sit over the work of that very entity; on a committee of the lab that they
            are to run; or are to review for ANTAI.
    """
    if given.role is Role.REVIEWER and independence.sits_somewhere(given.person_id):
        raise Conflict(mark("This person sits on a social audit committee: the seat ends first."))
    where = given.lab_id
    if given.role in SERVING and independence.sits_somewhere(given.person_id, where, of_lab=where):
        raise Conflict(mark("This person sits on a committee of this lab: the seat ends first."))
    body = given.organization_id
    if body is not None and independence.sits_somewhere(given.person_id, given.lab_id, over=body):
        raise Conflict(
            mark("This person sits on a committee over that entity's work: the seat ends first.")
        )


def require_no_seat_across(
    lab_id: int, first: frozenset[int], second: frozenset[int], _now: datetime
) -> None:
    """Let two be said to be one of whom neither sits over the work of the other's entity.

    Raises:
        Conflict: one of the two sits over the work of an entity of which the other is or was.
    """
    for seated, other in ((first, second), (second, first)):
        for body in affiliations.bodies_ever(min(other), lab_id):
            if any(independence.sits_somewhere(one, lab_id, over=body) for one in seated):
                raise Conflict(
                    mark("One of the two sits over the work of an entity that is the other's.")
                )
