"""Write who takes part in a lab: requests, members, roles, allies."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from labapp.accounts import queries as people
from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.interests import SERVING, Interest
from labapp.domain.policy import Act
from labapp.domain.roles import Role
from labapp.labs import queries, service
from labapp.labs.models import Ally, Grant, JoinRequest, Lab
from labapp.labs.queries import identity
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import dismissals, interests, listing, registering, same_person
from labapp.record.acting import Acting

#: The roles a facilitator gives by hand; the committee's are given by its seats.
GIVEN = (Role.ALLY, Role.RESPONSIBLE, Role.TELLER, Role.FACILITATOR)


def ask(acting: Acting[Lab], *, words: str) -> JoinRequest:
    """Ask to join. Whoever was refused may ask again. Flushes.

    Raises:
        Conflict: they are a member, or their request is waiting.
    """
    acting.require(Act.MEMBER_ASK)
    if acting.actor.person_id is None:
        raise ValueError("somebody signed in has a number")
    if Role.MEMBER in acting.actor.roles:
        raise Conflict(mark("You are a member of this lab already."))
    row = queries.request_of(acting.lab.id, acting.actor.person_id)
    if row is not None and row.decided_at is None:
        raise Conflict(mark("You asked to join already. The facilitator will answer you."))
    if row is None:
        row = JoinRequest(lab_id=acting.lab.id, person_id=acting.actor.person_id)
        db.session.add(row)
    row.words, row.asked_at, row.decided_at = words, acting.now, None
    row.admitted, row.reason = None, ""
    acting.record(Act.MEMBER_ASK)
    db.session.flush()
    return row


def ask_for(acting: Acting[Lab], *, person_id: int, words: str) -> JoinRequest:
    """Ask to join for somebody who said in another place that they belong here. Flushes."""
    acting.require(Act.MEMBER_ADMIT)
    row = queries.request_of(acting.lab.id, person_id)
    if row is None:
        row = JoinRequest(lab_id=acting.lab.id, person_id=person_id)
        db.session.add(row)
    row.words, row.asked_at, row.decided_at = words[:200], acting.now, None
    row.admitted, row.reason = None, ""
    db.session.flush()
    acting.record(Act.MEMBER_ASK)
    return row


def admit(acting: Acting[Lab], request: JoinRequest, *, who: Newcomer | None = None) -> Grant:
    """Admit who asked to join, and say who of the list they are. Flushes.

    Args:
        acting: a facilitator.
        request: not decided yet.
        who: what was said of who they are: where it is somebody on the list, their lines are
            joined; None where nobody was asked.

    Raises:
        Conflict: somebody decided it before, nobody said who this is of those who sound alike, or
            their lines cannot be joined.
    """
    acting.require(Act.MEMBER_ADMIT)
    queries.lock_people(acting.lab.id)
    number, by = request.person_id, acting.actor.person_id
    newcomer = who or Newcomer(request.person.name)
    own = identity.line_numbers(acting.lab.id, [number])
    registering.require_told_apart(acting, newcomer, but=own)
    _decide(acting.lab, request, admitted=True, reason="", now=acting.now)
    acting.record(Act.MEMBER_ADMIT, after={"person": number})
    listing.put_on_list(acting.lab.id, [number], now=acting.now, by=by)
    if newcomer.known_as:
        registering.tell_apart(acting, person_id=number, known_as=newcomer.known_as)
    row = service.grant(acting.lab.id, number, Role.MEMBER, source="admitted", now=acting.now)
    if newcomer.same_as is not None:
        same_person.join(acting, one=number, two=newcomer.same_as)
    return row


def refuse(acting: Acting[Lab], request: JoinRequest, *, reason: str) -> None:
    """Say no to who asked to join, and why. Flushes.

    Raises:
        Conflict: somebody decided it before.
    """
    acting.require(Act.MEMBER_ADMIT)
    _decide(acting.lab, request, admitted=False, reason=reason, now=acting.now)
    after = {"refused": request.person_id}
    acting.record(Act.MEMBER_ADMIT, after=after)


def give(
    acting: Acting[Lab],
    *,
    person_id: int,
    role: Role,
    organization_id: int | None = None,
    has: Collection[Interest] | None = None,
) -> Grant:
    """Give a role to somebody with an account. Flushes.

    Args:
        acting: a facilitator.
        person_id: who receives it.
        role: one of ``GIVEN``.
        organization_id: on whose behalf; obligatory for RESPONSIBLE.
        has: for a role that serves the lab, what the person says they have that keeps them from
            it; None where they declared by themselves.

    Raises:
        Conflict: whoever is responsible must be so for an organization; whoever serves must have
            declared, and be free.
        ValueError: the role is not one of ``GIVEN``.
    """
    acting.require(Act.ROLE_GIVE)
    if role not in GIVEN:
        raise ValueError(f"{role} is not given by hand")
    _require_no_reviewer(person_id)
    if role is Role.RESPONSIBLE and organization_id is None:
        sentence = mark("Say for which organization this person is responsible.")
        raise Conflict(sentence, field="organization")
    after = {"person": person_id, "role": role.value, "organization": organization_id}
    acting.record(Act.ROLE_GIVE, after=after)
    source = f"given:{organization_id}" if organization_id else "given"
    by = acting.actor.person_id
    listing.put_on_list(acting.lab.id, [person_id], now=acting.now, by=by)
    if role in SERVING and has is not None:
        interests.note_word(acting, person_id=person_id, has=has)
    return service.grant(
        acting.lab.id,
        person_id,
        role,
        source=source,
        organization_id=organization_id,
        now=acting.now,
    )


def end(acting: Acting[Lab], grant: Grant, *, reason: str) -> None:
    """End a role, for a reason; of a member as ``dismissals.dismiss`` does. Flushes.

    Raises:
        Conflict: a lab is never left without a facilitator, nor a committee's seat emptied
            from here; nobody is taken off the list near a vote.
    """
    acting.require(Act.ROLE_GIVE)
    if grant.role is Role.COMMITTEE:
        raise Conflict(mark("A seat on a committee ends on the committee's page."))
    if grant.role is Role.FACILITATOR and _facilitators(acting.lab) <= {grant.person_id}:
        raise Conflict(mark("A lab needs a facilitator: hand it over to somebody first."))
    if grant.role is Role.MEMBER:
        dismissals.dismiss(acting, person_id=grant.person_id, reason=reason)
        return
    grant.ended_at = acting.now
    before = {"person": grant.person_id, "role": grant.role.value}
    acting.record(Act.ROLE_GIVE, before=before, reason=reason)
    db.session.flush()


def hand_over(
    acting: Acting[Lab], *, person_id: int, has: Collection[Interest] | None = None
) -> None:
    """Leave the lab in another's hands: they facilitate it, who hands over no longer. Flushes.

    Raises:
        Conflict: it is the same person, or one who has not declared or is not free (``give``).
    """
    acting.require(Act.ROLE_GIVE)
    if person_id == acting.actor.person_id:
        raise Conflict(mark("The lab is in your hands already."))
    _require_no_reviewer(person_id)
    by = acting.actor.person_id
    listing.put_on_list(acting.lab.id, [person_id], now=acting.now, by=by)
    if has is not None:
        interests.note_word(acting, person_id=person_id, has=has)
    service.grant(acting.lab.id, person_id, Role.FACILITATOR, source="handed over", now=acting.now)
    for row in queries.people(acting.lab.id, Role.FACILITATOR):
        if row.person_id == acting.actor.person_id:
            row.ended_at = acting.now
    before, after = {"facilitator": acting.actor.person_id}, {"facilitator": person_id}
    acting.record(Act.ROLE_GIVE, before=before, after=after)
    db.session.flush()


def entrust(
    acting: Acting[Lab], *, person_id: int, has: Collection[Interest] | None = None
) -> None:
    """Name, as ANTAI, who facilitates a lab that nobody facilitates any more. Flushes.

    Raises:
        Denied: wrong role or stage, or takes part in the lab.
        Conflict: somebody facilitates it; or whoever is named reviews for ANTAI, has not declared
            or is not free (``give``).
    """
    acting.require(Act.LAB_ENTRUST)
    if _facilitators(acting.lab):
        raise Conflict(mark("Somebody facilitates this lab: they hand it over themselves."))
    _require_no_reviewer(person_id)
    by = acting.actor.person_id
    listing.put_on_list(acting.lab.id, [person_id], now=acting.now, by=by)
    if has is not None:
        interests.note_word(acting, person_id=person_id, has=has)
    service.grant(acting.lab.id, person_id, Role.FACILITATOR, source="entrusted", now=acting.now)
    acting.record(Act.LAB_ENTRUST, after={"facilitator": person_id})


def add_ally(acting: Acting[Lab], *, organization_id: int, part: str) -> Ally:
    """Add an organization beside the lab, or change what it does there. Flushes."""
    acting.require(Act.LAB_EDIT)
    row = db.session.get(Ally, (acting.lab.id, organization_id))
    if row is None:
        row = Ally(lab_id=acting.lab.id, organization_id=organization_id)
        db.session.add(row)
    row.part = part
    after = {"ally": organization_id, "part": part}
    acting.record(Act.LAB_EDIT, after=after)
    db.session.flush()
    return row


def drop_ally(acting: Acting[Lab], *, organization_id: int) -> None:
    """Take an organization from beside the lab; doing it twice changes nothing. Flushes."""
    acting.require(Act.LAB_EDIT)
    row = db.session.get(Ally, (acting.lab.id, organization_id))
    if row is not None:
        db.session.delete(row)
        before = {"ally": organization_id}
        acting.record(Act.LAB_EDIT, before=before)
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


def _require_no_reviewer(person_id: int) -> None:
    """Refuse that somebody of ANTAI takes part: whoever does so cannot hear what is appealed here.

    Raises:
        Conflict: the person reviews for ANTAI, by this number or another of theirs.
    """
    numbers = identity.same_people(person_id)
    if any(Role.REVIEWER in people.global_roles(number) for number in numbers):
        raise Conflict(mark("Whoever reviews for ANTAI takes no part in a lab."))
