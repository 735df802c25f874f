"""Write who takes part in a lab: requests, members, roles, allies."""

from datetime import datetime

from sqlalchemy import select, update

from labapp.accounts import service as accounts
from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act, Actor, require
from labapp.domain.roles import Role
from labapp.labs import queries, service
from labapp.labs.models import Ally, Grant, JoinRequest, Lab
from labapp.record import service as record

#: The roles a facilitator gives by hand; the committee's are given by its seats.
GIVEN = (Role.ALLY, Role.RESPONSIBLE, Role.TELLER, Role.FACILITATOR)


def ask(lab: Lab, actor: Actor, *, words: str, now: datetime) -> JoinRequest:
    """Ask to join. Whoever was refused may ask again. Flushes.

    Raises:
        Conflict: they are a member, or their request is waiting.
    """
    require(actor, Act.MEMBER_ASK, lab.stage)
    if actor.person_id is None:
        raise ValueError("somebody signed in has a number")
    if Role.MEMBER in actor.roles:
        raise Conflict(mark("You are a member of this lab already."))
    row = queries.request_of(lab.id, actor.person_id)
    if row is not None and row.decided_at is None:
        raise Conflict(mark("You asked to join already. The facilitator will answer you."))
    if row is None:
        row = JoinRequest(lab_id=lab.id, person_id=actor.person_id)
        db.session.add(row)
    row.words, row.asked_at, row.decided_at = words, now, None
    row.admitted, row.reason = None, ""
    record.write(actor, Act.MEMBER_ASK, lab_id=lab.id, now=now)
    db.session.flush()
    return row


def admit(lab: Lab, actor: Actor, request: JoinRequest, *, now: datetime) -> Grant:
    """Admit who asked to join. Flushes.

    Raises:
        Conflict: somebody decided it before.
    """
    require(actor, Act.MEMBER_ADMIT, lab.stage)
    _decide(lab, request, admitted=True, reason="", now=now)
    record.write(
        actor, Act.MEMBER_ADMIT, lab_id=lab.id, after={"person": request.person_id}, now=now
    )
    return service.grant(lab.id, request.person_id, Role.MEMBER, source="admitted", now=now)


def refuse(lab: Lab, actor: Actor, request: JoinRequest, *, reason: str, now: datetime) -> None:
    """Say no to who asked to join, and why. Flushes.

    Raises:
        Conflict: somebody decided it before.
    """
    require(actor, Act.MEMBER_ADMIT, lab.stage)
    _decide(lab, request, admitted=False, reason=reason, now=now)
    after = {"refused": request.person_id}
    record.write(actor, Act.MEMBER_ADMIT, lab_id=lab.id, after=after, now=now)


def register(lab: Lab, actor: Actor, *, name: str, now: datetime) -> Person:
    """Register a neighbour without an account, seen in the room, as a member. Flushes."""
    require(actor, Act.MEMBER_ADMIT, lab.stage)
    person = accounts.register_in_room(name, by=actor, now=now)
    service.grant(lab.id, person.id, Role.MEMBER, source="registered", now=now)
    after = {"person": person.id, "seen": True}
    record.write(actor, Act.MEMBER_ADMIT, lab_id=lab.id, after=after, now=now)
    return person


def give(
    lab: Lab,
    actor: Actor,
    *,
    person_id: int,
    role: Role,
    organization_id: int | None = None,
    now: datetime,
) -> Grant:
    """Give a role to somebody with an account. Flushes.

    Raises:
        Conflict: whoever is responsible must be so for an organization.
        ValueError: the role is not one of ``GIVEN``.
    """
    require(actor, Act.ROLE_GIVE, lab.stage)
    if role not in GIVEN:
        raise ValueError(f"{role} is not given by hand")
    if role is Role.RESPONSIBLE and organization_id is None:
        raise Conflict(mark("Say for which organization this person is responsible."))
    after = {"person": person_id, "role": role.value, "organization": organization_id}
    record.write(actor, Act.ROLE_GIVE, lab_id=lab.id, after=after, now=now)
    source = f"given:{organization_id}" if organization_id else "given"
    return service.grant(
        lab.id, person_id, role, source=source, organization_id=organization_id, now=now
    )


def end(lab: Lab, actor: Actor, grant: Grant, *, now: datetime) -> None:
    """End a role. Flushes.

    Raises:
        Conflict: a lab is never left without a facilitator, nor a committee's seat emptied
            from here.
    """
    require(actor, Act.ROLE_GIVE, lab.stage)
    if grant.role is Role.COMMITTEE:
        raise Conflict(mark("A seat on a committee ends on the committee's page."))
    if grant.role is Role.FACILITATOR and _facilitators(lab) <= {grant.person_id}:
        raise Conflict(mark("A lab needs a facilitator: hand it over to somebody first."))
    grant.ended_at = now
    before = {"person": grant.person_id, "role": grant.role.value}
    record.write(actor, Act.ROLE_GIVE, lab_id=lab.id, before=before, now=now)
    db.session.flush()


def hand_over(lab: Lab, actor: Actor, *, person_id: int, now: datetime) -> None:
    """Leave the lab in another's hands: they facilitate it, who hands over no longer. Flushes.

    Raises:
        Conflict: it is the same person.
    """
    require(actor, Act.ROLE_GIVE, lab.stage)
    if person_id == actor.person_id:
        raise Conflict(mark("The lab is in your hands already."))
    service.grant(lab.id, person_id, Role.FACILITATOR, source="handed over", now=now)
    for row in queries.people(lab.id, Role.FACILITATOR):
        if row.person_id == actor.person_id:
            row.ended_at = now
    before, after = {"facilitator": actor.person_id}, {"facilitator": person_id}
    record.write(actor, Act.ROLE_GIVE, lab_id=lab.id, before=before, after=after, now=now)
    db.session.flush()


def add_ally(lab: Lab, actor: Actor, *, organization_id: int, part: str, now: datetime) -> Ally:
    """Add an organization beside the lab, or change what it does there. Flushes."""
    require(actor, Act.LAB_EDIT, lab.stage)
    row = db.session.get(Ally, (lab.id, organization_id))
    if row is None:
        row = Ally(lab_id=lab.id, organization_id=organization_id)
        db.session.add(row)
    row.part = part
    after = {"ally": organization_id, "part": part}
    record.write(actor, Act.LAB_EDIT, lab_id=lab.id, after=after, now=now)
    db.session.flush()
    return row


def drop_ally(lab: Lab, actor: Actor, *, organization_id: int, now: datetime) -> None:
    """Take an organization from beside the lab; doing it twice changes nothing. Flushes."""
    require(actor, Act.LAB_EDIT, lab.stage)
    row = db.session.get(Ally, (lab.id, organization_id))
    if row is not None:
        db.session.delete(row)
        before = {"ally": organization_id}
        record.write(actor, Act.LAB_EDIT, lab_id=lab.id, before=before, now=now)
        db.session.flush()


def _decide(lab: Lab, request: JoinRequest, *, admitted: bool, reason: str, now: datetime) -> None:
    done = db.session.execute(
        update(JoinRequest)
        .where(
            JoinRequest.id == request.id,
            JoinRequest.lab_id == lab.id,
            JoinRequest.decided_at.is_(None),
        )
        .values(decided_at=now, admitted=admitted, reason=reason)
        .returning(JoinRequest.id)
    ).first()
    if done is None:
        raise Conflict(mark("Somebody decided this request already."))
    db.session.refresh(request)


def _facilitators(lab: Lab) -> set[int]:
    """Return who facilitates; the lab's row is locked, so that two cannot leave at once."""
    db.session.execute(select(Lab.id).where(Lab.id == lab.id).with_for_update())
    return {row.person_id for row in queries.people(lab.id, Role.FACILITATOR)}
