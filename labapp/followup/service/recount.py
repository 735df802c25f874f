"""What was seen of a step counted again, whenever a look, evidence or a person changes."""

from datetime import datetime

from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.domain.interests import OF_A_BODY
from labapp.domain.panama_time import local_day
from labapp.domain.roles import Role, RoleGrant
from labapp.followup import queries
from labapp.followup.models import Milestone
from labapp.followup.service.agreements import BASIS
from labapp.followup.states import MilestoneState
from labapp.labs.queries import identity
from labapp.thread import service as thread

#: What is copied of what was seen, for the record.
Copy = dict[str, int | bool]


def count_step(milestone: Milestone, now: datetime, *, looked_again: bool) -> Copy:
    """Count again what was seen of a step, and meet or owe its duty. Flushes.

    Args:
        milestone: with its agreement.
        now: the instant.
        looked_again: whether other looks stand than before. Only a look begins a dispute; whatever
            else changes may end one.

    Returns:
        What is said of it now.
    """
    sight = queries.sights([milestone])[milestone.id]
    disputes = sight.disputes(milestone.declared)
    milestone.looked, milestone.verified = sight.is_counted, sight.percent
    milestone.disputed = disputes and (looked_again or milestone.disputed)
    _settle(milestone, now)
    db.session.flush()
    return verified_copy(milestone)


def verified_copy(milestone: Milestone) -> Copy:
    """Return what is said of a step now, for the record."""
    return {"verified": milestone.verified, "disputed": milestone.disputed}


def count_looks_of(person_ids: frozenset[int], now: datetime) -> None:
    """Count again what these people saw or wrote: two who were joined look as one. Flushes."""
    for milestone in queries.milestones_seen_by(person_ids):
        count_step(milestone, now, looked_again=True)


def count_looks_of_grantee(grant: RoleGrant, now: datetime) -> None:
    """Count again what somebody saw, or wrote for others, who is given a role that ties."""
    if grant.role in OF_A_BODY | {Role.FACILITATOR}:
        count_looks_of(identity.numbers_in_every_lab(grant.person_id), now)


def count_what_is_shown(thing_id: int, now: datetime) -> None:
    """Count again the step of which evidence or a visit was taken away or put back. Flushes."""
    milestone = queries.step_shown_by(thing_id)
    if milestone is not None:
        count_step(milestone, now, looked_again=False)


def _settle(milestone: Milestone, now: datetime) -> None:
    """Meet the duty at 100; owe it again if it is less later."""
    if milestone.state is MilestoneState.MET:
        thread.copy_state(milestone.thing, state=milestone.state)
        thread.settle(milestone.id, DutyKind.STEP, local_day(now))
    elif milestone.thing.state == MilestoneState.MET:
        thread.copy_state(milestone.thing, state=milestone.state)
        owed_by = milestone.agreement.organization.name
        thread.owe(
            milestone.thing, DutyKind.STEP, owed_by=owed_by, due_on=milestone.due_on, basis=BASIS
        )
