"""Read labs, grants, requests to join and allies."""

from collections.abc import Sequence

from sqlalchemy import Row, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from labapp.db import db
from labapp.domain.folding import hyphenate
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Ally, AuthorityRecord, CandidatePlace, Grant, JoinRequest, Lab
from labapp.organizations.models import Organization
from labapp.pagination import PAGE, Page, oldest_first, page_of
from labapp.plans.models import Plan

# Asked for by every page of a lab: built once, because building costs more than running.
_BY_SLUG = select(Lab).where(Lab.slug == bindparam("slug"))
_GRANTS = select(Grant.role, Grant.organization_id).where(
    Grant.lab_id == bindparam("lab_id"),
    Grant.person_id == bindparam("person_id"),
    Grant.ended_at.is_(None),
)


def by_slug(slug: str) -> Lab | None:
    """Return the lab with this slug, or None."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def roles(lab_id: int, person_id: int) -> frozenset[Role]:
    """Return the roles this person holds in the lab now."""
    return frozenset(role for role, _ in _grants(lab_id, person_id))


def people(lab_id: int, role: Role) -> Sequence[Grant]:
    """Return who holds a role in the lab now, with their names, oldest first."""
    return db.session.scalars(
        select(Grant)
        .where(Grant.lab_id == lab_id, Grant.role == role, Grant.ended_at.is_(None))
        .options(joinedload(Grant.person), joinedload(Grant.organization))
        .order_by(Grant.id)
    ).all()


def member_ids(lab_id: int) -> Sequence[int]:
    """Return the distinct members of the community, by id: the roll of a vote."""
    return db.session.scalars(
        select(Grant.person_id)
        .where(Grant.lab_id == lab_id, Grant.role == Role.MEMBER, Grant.ended_at.is_(None))
        .distinct()
        .order_by(Grant.person_id)
    ).all()


def speaks_for(lab_id: int, person_id: int | None) -> frozenset[int]:
    """Return the organizations for which this person is responsible in the lab."""
    if person_id is None:
        return frozenset()
    rows = db.session.scalars(
        select(Grant.organization_id).where(
            Grant.lab_id == lab_id,
            Grant.person_id == person_id,
            Grant.role == Role.RESPONSIBLE,
            Grant.ended_at.is_(None),
        )
    )
    return frozenset(row for row in rows if row is not None)


def actor(lab: Lab, person_id: int | None, site: frozenset[Role]) -> Actor:
    """Return the person as seen from this lab: their roles, and the organizations they are for."""
    if person_id is None:
        return Actor(None)
    grants = _grants(lab.id, person_id)
    mine = frozenset(body for role, body in grants if role is Role.RESPONSIBLE and body is not None)
    roles = frozenset(role for role, _ in grants) | site | {Role.ACCOUNT}
    return Actor(person_id, roles, mine)


def _grants(lab_id: int, person_id: int) -> Sequence[Row[Role, int | None]]:
    return db.session.execute(_GRANTS, {"lab_id": lab_id, "person_id": person_id}).all()


def count_holding(lab_id: int, role: Role) -> int:
    """Return how many distinct people hold a role in the lab."""
    query = select(func.count(func.distinct(Grant.person_id)))
    return db.session.scalars(
        query.where(Grant.lab_id == lab_id, Grant.role == role, Grant.ended_at.is_(None))
    ).one()


def labs_of_person(person_id: int, *, limit: int = 5) -> Sequence[Lab]:
    """Return the labs where a person has a task, those that moved last first."""
    return db.session.scalars(
        select(Lab)
        .where(
            Lab.id.in_(
                select(Grant.lab_id).where(
                    Grant.person_id == person_id,
                    Grant.ended_at.is_(None),
                    Grant.role != Role.MEMBER,
                )
            )
        )
        .order_by(Lab.stirred_at.desc(), Lab.id)
        .limit(limit)
    ).all()


def authority_record(lab_id: int) -> AuthorityRecord | None:
    """Return the traditional authority's record, or None."""
    return db.session.scalar(select(AuthorityRecord).where(AuthorityRecord.lab_id == lab_id))


def places(lab: Lab) -> frozenset[str]:
    """Return the census codes where the lab is or may be."""
    if lab.place_code is not None:
        return frozenset({lab.place_code})
    codes = db.session.scalars(
        select(CandidatePlace.place_code).where(CandidatePlace.lab_id == lab.id)
    )
    return frozenset(codes)


def waiting(lab_id: int, *, limit: int = 100) -> Sequence[JoinRequest]:
    """Return the first requests to join that nobody decided yet, oldest first."""
    return db.session.scalars(
        select(JoinRequest)
        .where(JoinRequest.lab_id == lab_id, JoinRequest.decided_at.is_(None))
        .options(joinedload(JoinRequest.person))
        .order_by(JoinRequest.id)
        .limit(limit)
    ).all()


def slugs_like(base: str) -> frozenset[str]:
    """Return the addresses in use that begin with this one."""
    return frozenset(db.session.scalars(select(Lab.slug).where(Lab.slug.startswith(base))))


def member_page(lab_id: int, *, after: int | None = None) -> Page[Grant, int]:
    """Return members in the order they were admitted, after grant id ``after``."""
    query = (
        select(Grant)
        .where(Grant.lab_id == lab_id, Grant.role == Role.MEMBER, Grant.ended_at.is_(None))
        .options(joinedload(Grant.person))
    )
    rows = db.session.scalars(oldest_first(query, Grant.id, after)).all()
    return page_of(rows, lambda grant: grant.id)


def in_charge(lab_id: int, *, limit: int = 100) -> Sequence[Grant]:
    """Return who holds any role but membership, with names and organizations, oldest first."""
    return db.session.scalars(
        select(Grant)
        .where(Grant.lab_id == lab_id, Grant.role != Role.MEMBER, Grant.ended_at.is_(None))
        .options(joinedload(Grant.person), joinedload(Grant.organization))
        .order_by(Grant.id)
        .limit(limit)
    ).all()


def held_grant(lab_id: int, grant_id: int) -> Grant | None:
    """Return a grant of this lab that has not ended, or None."""
    return db.session.scalar(
        select(Grant).where(Grant.lab_id == lab_id, Grant.id == grant_id, Grant.ended_at.is_(None))
    )


def request(lab_id: int, request_id: int) -> JoinRequest | None:
    """Return a request to join this lab, or None."""
    return db.session.scalar(
        select(JoinRequest)
        .where(JoinRequest.lab_id == lab_id, JoinRequest.id == request_id)
        .options(joinedload(JoinRequest.person))
    )


def request_of(lab_id: int, person_id: int) -> JoinRequest | None:
    """Return what this person asked of this lab, or None."""
    return db.session.scalar(
        select(JoinRequest).where(JoinRequest.lab_id == lab_id, JoinRequest.person_id == person_id)
    )


def allies(lab_id: int) -> Sequence[Ally]:
    """Return the organizations that stand beside the lab, by name."""
    return db.session.scalars(
        select(Ally)
        .join(Organization, Organization.id == Ally.organization_id)
        .where(Ally.lab_id == lab_id)
        .options(contains_eager(Ally.organization))
        .order_by(Organization.name, Organization.id)
    ).all()


def organizations() -> Sequence[Organization]:
    """Return the organizations a lab may name, by name."""
    return db.session.scalars(
        select(Organization).order_by(Organization.name, Organization.id).limit(500)
    ).all()


def plans() -> Sequence[Plan]:
    """Return the plans a lab may belong to, newest first."""
    return db.session.scalars(select(Plan).order_by(Plan.starts_on.desc(), Plan.id)).all()


def labs_called(words: str, *, beside: Lab) -> Sequence[Lab]:
    """Return the approved labs whose address holds these words; its earlier lab is among them."""
    # SQLite refuses to look for what is very long; no address is longer than this.
    sought = hyphenate(words)[:100]
    called = Lab.slug.contains(sought, autoescape=True) if sought else Lab.id.is_not(None)
    return db.session.scalars(
        select(Lab)
        .where(
            Lab.id != beside.id,
            Lab.approved_at.is_not(None),
            or_(called, Lab.id == beside.earlier_lab_id),
        )
        .order_by(Lab.name, Lab.id)
        .limit(PAGE)
    ).all()
