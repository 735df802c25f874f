"""Write organizations."""

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.folding import slug
from labapp.domain.policy import Act
from labapp.organizations import queries
from labapp.organizations.models import Organization, OrganizationKind
from labapp.record.acting import Acting
from labapp.territory import queries as territory


def add(
    acting: Acting[None],
    *,
    name: str,
    kind: OrganizationKind,
    place_code: str | None = None,
    example: bool = False,
) -> Organization:
    """Add an organization to the directory.

    Args:
        acting: ANTAI, an administrator or a trusted facilitator.
        name: as it calls itself.
        kind: what it is.
        place_code: the census code of where it is; None when it is of the whole country.
        example: True for one invented for the demonstration.

    Returns:
        The organization, flushed, at an address made from its name.

    Raises:
        Conflict: one of this name is there, or the place is unknown.
    """
    acting.require(Act.ORGANIZATION_ADD)
    if queries.by_name(name) is not None:
        raise Conflict(mark("An organization of this name is in the directory."), field="name")
    if place_code and territory.by_code(place_code) is None:
        raise Conflict(mark("That place is not on the list."), field="place_code")
    taken = queries.slugs_like(slug(name, otherwise="organization")) | {"new"}
    row = Organization(
        slug=slug(name, taken, "organization"),
        name=name,
        kind=kind,
        place_code=place_code or None,
        example=example,
    )
    db.session.add(row)
    db.session.flush()
    after = {"organization": row.slug, "name": name, "kind": kind.value}
    acting.record(Act.ORGANIZATION_ADD, after=after)
    return row
