"""Read labs, grants, requests to join and allies."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import and_, bindparam, false, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from labapp.db import db
from labapp.domain.folding import hyphenate
from labapp.domain.policy import Actor, Role
from labapp.labs.models import (
    Ally,
    AuthorityRecord,
    CandidatePlace,
    Grant,
    JoinRequest,
    Lab,
    LabPerson,
)
from labapp.labs.queries import identity
from labapp.organizations.models import Organization
from labapp.pagination import PAGE
from labapp.plans.models import Plan

# Asked for by every page of a lab: built once, because building costs more than running.
_BY_SLUG = select(Lab).where(Lab.slug == bindparam("slug"))
_MY_LINE, _THEIR_LINE = aliased(LabPerson), aliased(LabPerson)
#: Every grant of somebody in a lab, by any of their numbers: its role, for whom, whether it is of
#: this very number, whether it is of its line, and whether it ended.
_GRANTS = (
    select(
        Grant.role,
        Grant.organization_id,
        Grant.person_id == bindparam("person_id"),
        func.coalesce(_MY_LINE.line_id == _THEIR_LINE.line_id, false()),
        Grant.ended_at.is_not(None),
    )
    .outerjoin(
        _MY_LINE,
        and_(_MY_LINE.lab_id == Grant.lab_id, _MY_LINE.person_id == bindparam("person_id")),
    )
    .outerjoin(
        _THEIR_LINE,
        and_(_THEIR_LINE.lab_id == Grant.lab_id, _THEIR_LINE.person_id == Grant.person_id),
    )
    .where(
        Grant.lab_id == bindparam("lab_id"),
        Grant.person_id.in_(identity.numbers(bindparam("person_id"), bindparam("lab_id"))),
    )
)
#: As SQL, beside a grant and its row of the list: the number that stands for its person.
_LINE = func.coalesce(LabPerson.line_id, Grant.person_id)
_OF_THE_LIST = and_(LabPerson.lab_id == Grant.lab_id, LabPerson.person_id == Grant.person_id)


class _Grants(NamedTuple):
    """What somebody is in a lab: by this number and by others of the person; and what they were."""

    own: list[tuple[Role, int | None]]
    others: list[tuple[Role, int | None]]
    past: list[tuple[Role, int | None]]


def by_slug(slug: str) -> Lab | None:
    """Return the lab with this slug, or None."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def roles(lab_id: int, person_id: int) -> frozenset[Role]:
    """Return the roles this person holds in the lab now, by this number."""
    return _roles(_grants(lab_id, person_id).own)


def people(lab_id: int, role: Role) -> Sequence[Grant]:
    """Return who holds a role in the lab now, with their names, oldest first."""
    return db.session.scalars(
        select(Grant)
        .where(Grant.lab_id == lab_id, Grant.role == role, Grant.ended_at.is_(None))
        .options(joinedload(Grant.person), joinedload(Grant.organization))
        .order_by(Grant.id)
    ).all()


def member_ids(lab_id: int) -> Sequence[int]:
    """Return the members of the community, one number a person: the roll of a vote.

    Of two numbers found to be one person it is the one with an account, where there is one.
    """
    return db.session.scalars(
        select(_LINE)
        .select_from(Grant)
        .outerjoin(LabPerson, _OF_THE_LIST)
        .where(Grant.lab_id == lab_id, Grant.role == Role.MEMBER, Grant.ended_at.is_(None))
        .distinct()
        .order_by(_LINE)
    ).all()


def members_among(lab_id: int, person_ids: Collection[int]) -> frozenset[int]:
    """Return which of these numbers hold a membership of their own."""
    return frozenset(
        db.session.scalars(
            select(Grant.person_id).where(
                Grant.lab_id == lab_id,
                Grant.person_id.in_(person_ids),
                Grant.role == Role.MEMBER,
                Grant.ended_at.is_(None),
            )
        )
    )


def lock_people(lab_id: int) -> None:
    """Hold the list of people of a lab until the commit: two who change it wait in line."""
    db.session.execute(select(Lab.id).where(Lab.id == lab_id).with_for_update(key_share=True))


def actor(lab: Lab, person_id: int | None, site: frozenset[Role]) -> Actor:
    """Return the person as seen from this lab: their roles, and the organizations they are for."""
    if person_id is None:
        return Actor(None)
    own, others, past = _grants(lab.id, person_id)
    mine = frozenset(body for role, body in own if role is Role.RESPONSIBLE and body is not None)
    roles = _roles(own) | site | {Role.ACCOUNT}
    return Actor(person_id, roles, mine, _roles(others), _roles(past))


def _grants(lab_id: int, person_id: int) -> _Grants:
    """Return what somebody is in a lab; membership is their own by any number of their line."""
    rows = db.session.execute(_GRANTS, {"lab_id": lab_id, "person_id": person_id})
    grants = _Grants([], [], [])
    for role, body, is_own, is_in_line, is_over in rows:
        holds = is_own or (role is Role.MEMBER and is_in_line)
        kept = grants.past if is_over else grants.own if holds else grants.others
        kept.append((role, body))
    return grants


def _roles(grants: Iterable[tuple[Role, int | None]]) -> frozenset[Role]:
    return frozenset(role for role, _ in grants)


def count_holding(lab_id: int, role: Role) -> int:
    """Return how many different people hold a role in the lab."""
    query = select(func.count(func.distinct(_LINE))).select_from(Grant)
    return db.session.scalars(
        query.outerjoin(LabPerson, _OF_THE_LIST).where(
            Grant.lab_id == lab_id, Grant.role == role, Grant.ended_at.is_(None)
        )
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
