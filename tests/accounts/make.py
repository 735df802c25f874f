"""People with passwords."""

from labapp.accounts import service
from labapp.accounts.models import GlobalRole, Person
from labapp.domain.policy import Actor, Role
from labapp.domain.roles import VISITOR
from labapp.record.acting import Acting
from tests.make import NOW, Make

PASSWORD = "tres tucanes bajo un paraguas"


def account(make: Make, *roles: Role) -> Person:
    """Open an account whose password is ``PASSWORD``, holding these global roles."""
    n = make.number()
    person = service.open_account(
        Acting(None, VISITOR, NOW), name=f"Vecino {n}", username=f"vecino{n}", password=PASSWORD
    )
    for role in roles:
        make.keep(GlobalRole(person_id=person.id, role=role, granted_at=NOW))
    return person


def acting(person: Person, *roles: Role) -> Actor:
    """Return a person as seen from the site."""
    return Actor(person.id, frozenset({*roles, Role.ACCOUNT}))
