"""Write what is declared before serving a lab; refuse, or end, the service of whoever is not free.

Free is whoever declared here neither office, nor candidacy, nor work for an entity that owes the
lab something, and is and was of no such entity in any lab, by any of their numbers.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.interests import OF_A_BODY, SERVING, Interest
from labapp.domain.policy import Act
from labapp.domain.roles import CLOCK, LACKING, Relation, RoleGrant
from labapp.labs import queries
from labapp.labs.models import Grant, InterestDeclaration, Lab, LabPerson
from labapp.labs.queries import affiliations, identity, interests
from labapp.organizations.models import Organization
from labapp.record import queries as record
from labapp.record.acting import Acting

#: Whoever did one of these in a lab answered for somebody there, and does not judge it.
ANSWERING = (Act.RESPONSE_GIVE, Act.LETTER_ANSWER, Act.FINDING_REPLY)
UNDECLARED = mark(
    "Nobody serves a lab before they declare that they have no office, no candidacy and no work "
    "with an entity that owes it something: mark what the person says, or let them declare it."
)
_NOT_FREE = mark(
    "Whoever has an office, a candidacy, or work with an entity that owes the lab something does "
    "not serve it: give this part to somebody else."
)
_OWN_WORD = mark(
    "This person declared it otherwise themselves: only they can declare anew, from their account."
)
_TIED = mark(
    "This person is or was of %(body)s, which owes this lab something: somebody else serves it."
)
_SERVES_WHERE_OWED = mark(
    "This person facilitates, or counts the votes of, %(lab)s, to which %(body)s owes something: "
    "whoever does so is not of that entity. Let somebody else serve there first."
)
_SERVED_BY_ITS_OWN = mark(
    "Somebody who facilitates this lab, or counts its votes, is or was of %(body)s: nothing is "
    "asked of it from here until that person hands their part over."
)


def declare(acting: Acting[Lab], *, has: Collection[Interest]) -> InterestDeclaration:
    """Declare for oneself; whoever has any of these serves no longer, at once. Flushes.

    Args:
        acting: somebody signed in.
        has: what they have; empty where they have none of it.

    Raises:
        Denied: nobody is signed in.
    """
    acting.require(Act.INTEREST_DECLARE)
    if acting.actor.person_id is None:
        raise ValueError("somebody signed in has a number")
    row = _add(acting, acting.actor.person_id, has)
    ended = end_service(acting, acting.actor.person_id) if has else []
    after = {"person": row.person_id, "free": not has, "ended": sorted(ended)}
    acting.record(Act.INTEREST_DECLARE, after=after)
    return row


def note_word(acting: Acting[Lab], *, person_id: int, has: Collection[Interest]) -> None:
    """Note what somebody says who is about to be given a part. Flushes.

    The caller has asked the policy for the act this serves.

    Raises:
        Conflict: otherwise was declared before: only they can declare anew.
    """
    before = interests.declarations(acting.lab.id, person_id)
    if any(row.interests for row in before) and acting.actor.person_id != person_id:
        raise Conflict(_OWN_WORD)
    _add(acting, person_id, has)
    after = {"person": person_id, "free": not has, "as_said": True}
    acting.record(Act.INTEREST_DECLARE, after=after)


def require_free(given: RoleGrant) -> None:
    """Let pass a role in a lab that leaves nobody serving where their own entity owes something.

    Raises:
        Conflict: they have not declared, are not free, or would serve where their entity owes.
    """
    if given.lab_id is None or given.role not in SERVING | OF_A_BODY:
        return
    # Of two roles given to one person at once the second waits here, and then sees the first.
    _lock_person(given.person_id, given.lab_id)
    if given.role in SERVING:
        queries.lock_people(given.lab_id)
        _require_declared(given.lab_id, given.person_id)
        if tied := interests.ties(given.lab_id, given.person_id):
            raise Conflict(_TIED, body=_called(min(tied)))
    if given.role in OF_A_BODY and given.organization_id is not None:
        for lab_id in interests.labs_served(given.person_id):
            queries.lock_people(lab_id)
            if given.organization_id in interests.debtors(lab_id):
                lab, body = db.session.get_one(Lab, lab_id), _called(given.organization_id)
                raise Conflict(_SERVES_WHERE_OWED, lab=lab.name, body=body)


def require_all_declared(lab_id: int) -> None:
    """Let pass a lab whose people who serve it are all declared and free.

    Raises:
        Conflict: somebody has not declared, or is not free.
    """
    for row in interests.everybody_serving(lab_id):
        require_free(RoleGrant(lab_id, row.person_id, row.role))


def require_apart(acting: Acting[Lab]) -> None:
    """Let judge a lab, for ANTAI, who is and was of no entity that owes it something.

    Whoever holds or held a part in the lab itself is refused by the policy.

    Raises:
        Denied: they answer, or once answered, for who carries something out here; or answered here
            what the lab owed.
    """
    person_id = acting.actor.person_id
    if person_id is None:
        return
    numbers = identity.same_people(person_id, acting.lab.id)
    answered = record.was_done_in(acting.lab.id, numbers, ANSWERING)
    if answered or interests.ties(acting.lab.id, person_id):
        raise Denied(LACKING[Relation.NOT_OWN_LAB])


def require_nobody_of(acting: Acting[Lab], organization_id: int) -> None:
    """Let an organization come to owe this lab something if nobody who serves it is of it.

    Raises:
        Conflict: somebody who facilitates, or counts votes, is or was of it.
    """
    queries.lock_people(acting.lab.id)
    for number in {row.person_id for row in interests.everybody_serving(acting.lab.id)}:
        if organization_id in affiliations.bodies_ever(number, acting.lab.id):
            raise Conflict(_SERVED_BY_ITS_OWN, body=_called(organization_id))


def end_service(acting: Acting[Lab], person_id: int) -> list[str]:
    """End what any number of somebody holds of the roles that serve; return them. Flushes."""
    rows = interests.serving(acting.lab.id, identity.same_people(person_id, acting.lab.id))
    for row in rows:
        row.ended_at = acting.now
    db.session.flush()
    return [row.role.value for row in rows]


def end_unfree(numbers: frozenset[int], now: datetime) -> None:
    """End the service of who was found to be one person with somebody not free. Flushes."""
    served = db.session.execute(
        select(Grant.lab_id, Grant.person_id)
        .join(LabPerson, LabPerson.person_id == Grant.person_id)
        .where(Grant.person_id.in_(numbers), Grant.role.in_(SERVING), Grant.ended_at.is_(None))
        .distinct()
        .order_by(Grant.lab_id, Grant.person_id)
    ).all()
    for lab_id, person_id in served:
        declared = interests.declarations(lab_id, person_id)
        if any(row.interests for row in declared) or interests.ties(lab_id, person_id):
            acting = Acting(db.session.get_one(Lab, lab_id), CLOCK, now)
            ended = end_service(acting, person_id)
            before = {"person": person_id, "roles": sorted(ended)}
            acting.record(Act.ROLE_GIVE, before=before, after={"free": False})


def _require_declared(lab_id: int, person_id: int) -> None:
    declared = interests.declarations(lab_id, person_id)
    if not declared:
        raise Conflict(UNDECLARED, field="interests")
    if any(row.interests for row in declared):
        raise Conflict(_NOT_FREE, field="interests")


def _lock_person(person_id: int, lab_id: int) -> None:
    numbers = identity.numbers(person_id, lab_id)
    db.session.execute(
        select(Person.id)
        .where(Person.id.in_(numbers))
        .order_by(Person.id)
        .with_for_update(key_share=True)
    )


def _add(acting: Acting[Lab], person_id: int, has: Collection[Interest]) -> InterestDeclaration:
    row = InterestDeclaration(
        lab_id=acting.lab.id,
        person_id=person_id,
        holds_office=Interest.OFFICE in has,
        is_candidate=Interest.CANDIDACY in has,
        has_contract=Interest.CONTRACT in has,
        declared_at=acting.now,
        declared_by_id=acting.actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _called(organization_id: int) -> str:
    return db.session.get_one(Organization, organization_id).name
