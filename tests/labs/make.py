"""Rows of the labs room for tests."""

from labapp.domain.folding import fold
from labapp.domain.policy import Actor, Role
from labapp.labs import service
from labapp.labs.models import JoinRequest, Lab
from labapp.labs.service import Where
from labapp.record.acting import Acting
from labapp.territory.models import Level, Place
from tests.client import Client
from tests.make import NOW, Make

#: A corregimiento of a province and one of a comarca.
PLAIN, COMARCA = "080818", "120501"


def places(make: Make) -> None:
    """Add two corregimientos with the places they lie in."""
    for code, level, name in (
        ("08", Level.PROVINCE, "Panamá"),
        ("0808", Level.DISTRICT, "Panamá"),
        (PLAIN, Level.CORREGIMIENTO, "San Martín"),
        ("12", Level.COMARCA, "Ngäbe-Buglé"),
        ("1205", Level.DISTRICT, "Ñürüm"),
        (COMARCA, Level.CORREGIMIENTO, "Buenos Aires"),
    ):
        make.keep(
            Place(
                code=code,
                level=level,
                name=name,
                folded=fold(name),
                parent_code=code[:-2] or None,
                longitude=-79.5 if len(code) == 6 else None,
                latitude=8.9 if len(code) == 6 else None,
            )
        )


def trusted(make: Make) -> Actor:
    """Add somebody who drafts labs."""
    return Actor(make.person(Role.TRUSTED).id, frozenset({Role.TRUSTED, Role.ACCOUNT}))


def reviewer(make: Make) -> Actor:
    """Add somebody of ANTAI."""
    return Actor(make.person(Role.REVIEWER).id, frozenset({Role.REVIEWER, Role.ACCOUNT}))


def facilitating(actor: Actor) -> Actor:
    """Return the same person as seen from the lab they drafted."""
    return Actor(actor.person_id, actor.roles | {Role.FACILITATOR})


def draft(make: Make, actor: Actor, *codes: str, name: str = "San Martín") -> Lab:
    """Draft a lab that may be at these places."""
    return service.draft(Acting(None, actor, NOW), name=name, where=Where(codes), has=())


def request(make: Make, lab: Lab) -> JoinRequest:
    """Add a request to join."""
    return make.keep(JoinRequest(lab_id=lab.id, person_id=make.person().id, asked_at=NOW))


def sign_out(client: Client) -> None:
    """Forget who this browser was."""
    with client.session_transaction() as cookie:
        cookie.clear()
