"""Persons seated and unseated, and given roles for an entity, for the tests of who may check."""

from labapp.accounts.models import Person
from labapp.audits import queries, service
from labapp.audits.models import Seat
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.labs.service import end_grants, grant
from labapp.organizations.models import Organization
from labapp.record.acting import Acting
from tests.audits.make import Watch
from tests.make import NOW


def give_for(lab: Lab, person_id: int | None, role: Role, body: Organization) -> None:
    """Give a person a role on behalf of an entity."""
    assert person_id is not None
    grant(lab.id, person_id, role, source=f"given:{body.id}", now=NOW, organization_id=body.id)


def end_for(lab: Lab, person_id: int | None, body: Organization) -> None:
    """End what a person holds on behalf of an entity."""
    assert person_id is not None
    end_grants(lab.id, person_id, f"given:{body.id}", now=NOW)


def seat(of: Watch, person: Person) -> None:
    """Seat a person, without a tie."""
    service.seat(
        Acting(of.lab, of.facilitator, NOW),
        of.committee,
        person=person,
        consents=False,
        declared_tie="",
    )


def seat_of(of: Watch, who: Actor) -> Seat:
    """Return the seat that somebody holds."""
    row = queries.seat(of.committee.id, who.person_id)
    assert row is not None
    return row


def unseat(of: Watch, who: Actor) -> None:
    """End the seat that somebody holds."""
    host = Acting(of.lab, of.facilitator, NOW)
    service.unseat(host, of.committee, seat_of(of, who), reason="Se mudó")
