"""What stands below the address of a committee, for the walks over all addresses."""

from collections.abc import Iterator

from sqlalchemy import select

from labapp.audits.models import DeclaredTie
from labapp.db import db
from labapp.labs.models import Lab
from labapp.thread.models import Thing
from tests.security.town import Town


def ties(
    _town: Town, _lab: Lab | None, thing: Thing | None
) -> Iterator[tuple[object, Thing | None]]:
    """Yield the ties that members of a committee declared."""
    assert thing is not None
    query = select(DeclaredTie.id).where(DeclaredTie.committee_id == thing.id)
    for tie_id in db.session.scalars(query.order_by(DeclaredTie.id).limit(3)):
        yield tie_id, thing
