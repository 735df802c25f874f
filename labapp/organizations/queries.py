"""Read organizations."""

from sqlalchemy import select

from labapp.db import db
from labapp.domain.folding import slug
from labapp.organizations.models import Organization
from labapp.pagination import Page, oldest_first, page_of


def by_slug(slug: str) -> Organization | None:
    """Return the organization at this address."""
    return db.session.scalar(select(Organization).where(Organization.slug == slug))


def page(after: str = "") -> Page[Organization, str]:
    """Return organizations in the order of their addresses, which is that of their names."""
    query = oldest_first(select(Organization), Organization.slug, after or None)
    return page_of(db.session.scalars(query).all(), lambda row: row.slug)


def by_name(name: str) -> Organization | None:
    """Return an organization with this very name, whatever its capitals."""
    alike = select(Organization).where(Organization.slug.startswith(slug(name, (), "organization")))
    rows = db.session.scalars(alike.order_by(Organization.id))
    return next((row for row in rows if row.name.casefold() == name.casefold()), None)


def slugs_like(text: str) -> frozenset[str]:
    """Return the addresses of organizations that begin like this one."""
    rows = db.session.scalars(select(Organization.slug).where(Organization.slug.startswith(text)))
    return frozenset(rows)
