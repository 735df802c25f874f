"""Read expiring links."""

from collections.abc import Sequence

from sqlalchemy import select

from labapp.db import db
from labapp.domain.token_hash import hash_token
from labapp.followup.models.entity_link import EntityLink
from labapp.pagination import PAGE


def link_by_token(token: str) -> EntityLink | None:
    """Return the link of a token, ended or not."""
    return db.session.scalar(select(EntityLink).where(EntityLink.token_hash == hash_token(token)))


def link(thing_id: int, link_id: int) -> EntityLink | None:
    """Return a link of this thing."""
    return db.session.scalar(
        select(EntityLink).where(EntityLink.id == link_id, EntityLink.thing_id == thing_id)
    )


def links(thing_id: int, limit: int = PAGE) -> Sequence[EntityLink]:
    """Return the newest links of a thing, newest first."""
    return db.session.scalars(
        select(EntityLink)
        .where(EntityLink.thing_id == thing_id)
        .order_by(EntityLink.id.desc())
        .limit(limit)
    ).all()
