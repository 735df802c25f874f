"""Write labs: draft, approve, say where, record the authority, give the verdict."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, mark
from labapp.domain.folding import slug
from labapp.domain.interests import Interest
from labapp.domain.policy import Act
from labapp.domain.roles import Role
from labapp.domain.stage import LabKind, Stage, Verdict
from labapp.labs import queries
from labapp.labs.models import AuthorityRecord, CandidatePlace, Lab
from labapp.labs.service import interests
from labapp.labs.service.grants import end_every_grant, end_grants, grant
from labapp.record.acting import Acting
from labapp.territory import queries as territory

__all__ = ["end_every_grant", "end_grants", "grant"]

#: Addresses below ``/labs/`` that are no lab.
_TAKEN = frozenset({"new"})
#: Characters of an address that is printed on posters.
_LONGEST = 50


@dataclass(frozen=True, slots=True)
class Where:
    """Where a lab is, or may be.

    Attributes:
        codes: census codes; one and ``confirmed`` is the place, otherwise they are candidates.
        confirmed: whether it is known that the lab is there.
        community: how the people there call it.
    """

    codes: tuple[str, ...] = ()
    confirmed: bool = False
    community: str = ""


def draft(
    acting: Acting[None],
    *,
    name: str,
    where: Where,
    has: Collection[Interest],
    kind: LabKind = LabKind.NEW,
    example: bool = False,
) -> Lab:
    """Draft a lab; whoever drafts it facilitates it, and declares so.

    Args:
        acting: somebody trusted, or of ANTAI.
        name: how it is called.
        where: where it is, or may be.
        has: what they declare to have that keeps them from serving; empty where nothing does.
        kind: how it begins.
        example: whether it is invented for the demonstration.

    Returns:
        The lab, flushed.

    Raises:
        Denied: wrong role.
        Conflict: whoever drafts it is not free to facilitate it.
    """
    acting.require(Act.LAB_DRAFT)
    lab = Lab(
        slug=_free_slug(name),
        name=name,
        kind=kind,
        stage_since=acting.now,
        drafted_at=acting.now,
        stirred_at=acting.now,
        example=example,
    )
    db.session.add(lab)
    db.session.flush()
    _locate(lab, where)
    after = {"name": name, "kind": kind.value, "places": sorted(where.codes)}
    drafting = Acting(lab, acting.actor, acting.now)
    drafting.record(Act.LAB_DRAFT, after=after)
    if acting.actor.person_id is not None:
        interests.note_word(drafting, person_id=acting.actor.person_id, has=has)
        grant(lab.id, acting.actor.person_id, Role.FACILITATOR, source="drafted", now=acting.now)
    return lab


def edit(acting: Acting[Lab], *, name: str, motto: str, plan_id: int | None) -> None:
    """Change how the lab is called and the plan it belongs to. Flushes."""
    acting.require(Act.LAB_EDIT)
    before = {"name": acting.lab.name, "motto": acting.lab.motto, "plan": acting.lab.plan_id}
    acting.lab.name, acting.lab.motto, acting.lab.plan_id = name, motto, plan_id
    after = {"name": name, "motto": motto, "plan": plan_id}
    acting.record(Act.LAB_EDIT, before=before, after=after)
    db.session.flush()


def publish_at_once(acting: Acting[Lab], *, at_once: bool) -> None:
    """Say whether proposals of members are public at once, or pass the queue first. Flushes."""
    acting.require(Act.LAB_EDIT)
    before = acting.lab.proposals_at_once
    if at_once is before:
        return
    acting.lab.proposals_at_once = at_once
    db.session.flush()
    acting.record(
        Act.LAB_EDIT, before={"proposals_at_once": before}, after={"proposals_at_once": at_once}
    )


def relocate(acting: Acting[Lab], *, where: Where) -> None:
    """Say where the lab is or may be. Flushes.

    Raises:
        Blocked: the call is open and the new place lies in a comarca whose traditional
            authority has not agreed (Ley 37 de 2016).
    """
    acting.require(Act.LAB_EDIT)
    if (
        acting.lab.stage is not Stage.PREPARATION
        and territory.is_in_comarca(where.codes)
        and queries.authority_record(acting.lab.id) is None
    ):
        raise Blocked(mark("First record the agreement of the traditional authority."))
    before = {"places": sorted(queries.places(acting.lab)), "community": acting.lab.community}
    _locate(acting.lab, where)
    after = {"places": sorted(where.codes), "community": where.community}
    acting.record(Act.LAB_EDIT, before=before, after=after)


def choose_kind(acting: Acting[Lab], *, kind: LabKind) -> None:
    """Say how the lab begins, while it is being prepared. Flushes.

    Raises:
        Conflict: the lab has begun; its way to the close depends on its kind.
    """
    acting.require(Act.LAB_EDIT)
    if kind is acting.lab.kind:
        return
    if acting.lab.stage is not Stage.PREPARATION:
        raise Conflict(mark("How a lab begins can only be changed before it begins."))
    before, acting.lab.kind = acting.lab.kind, kind
    if kind is not LabKind.FOLLOW_UP:
        acting.lab.earlier_lab_id = acting.lab.earlier_problem_id = None
    acting.record(Act.LAB_EDIT, before={"kind": before.value}, after={"kind": kind.value})
    db.session.flush()


def approve(acting: Acting[Lab]) -> None:
    """Approve a lab: from now on the public sees it. Flushes.

    Raises:
        Denied: wrong role or stage, or takes part in the lab.
        Conflict: it is approved already; or somebody who serves it has not declared, or is not
            free to serve.
    """
    acting.require(Act.LAB_APPROVE)
    interests.require_all_declared(acting.lab.id)
    done = db.session.execute(
        update(Lab)
        .where(Lab.id == acting.lab.id, Lab.approved_at.is_(None))
        .values(approved_at=acting.now, approved_by_id=acting.actor.person_id)
        .returning(Lab.id)
    ).first()
    if done is None:
        raise Conflict(mark("This lab is approved already."))
    db.session.refresh(acting.lab)
    acting.record(Act.LAB_APPROVE)


def record_authority(
    acting: Acting[Lab], *, authority: str, agreed_on: date, how: str
) -> AuthorityRecord:
    """Record that the traditional authority agreed to the lab. Flushes.

    Raises:
        Conflict: it was recorded before; what a community agreed is not rewritten.
    """
    acting.require(Act.AUTHORITY_RECORD)
    if queries.authority_record(acting.lab.id) is not None:
        raise Conflict(mark("The agreement of the traditional authority is recorded already."))
    row = AuthorityRecord(
        lab_id=acting.lab.id,
        authority=authority,
        agreed_on=agreed_on,
        how=how,
        recorded_at=acting.now,
        recorded_by_id=acting.actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    after = {"authority": authority, "agreed_on": agreed_on.isoformat()}
    acting.record(Act.AUTHORITY_RECORD, after=after)
    return row


def give_verdict(acting: Acting[Lab], *, verdict: Verdict, reason: str) -> None:
    """Say what became of the earlier lab's problem, and why. Flushes.

    Raises:
        Conflict: the lab follows up no other, or its verdict was given.
    """
    acting.require(Act.VERDICT_GIVE)
    if acting.lab.kind is not LabKind.FOLLOW_UP:
        raise Conflict(mark("Only a follow-up lab says what became of an earlier problem."))
    if acting.lab.verdict is not None:
        raise Conflict(mark("The verdict was given already."))
    acting.lab.verdict, acting.lab.verdict_reason, acting.lab.verdict_at = (
        verdict,
        reason,
        acting.now,
    )
    after = {"verdict": verdict.value}
    acting.record(Act.VERDICT_GIVE, after=after, reason=reason)
    db.session.flush()


def stir(lab: Lab, now: datetime) -> None:
    """Note that something happened that the public can see."""
    lab.stirred_at = now


def show_life(acting: Acting[Any], act: Act) -> None:
    """Stir the lab where this act is one that the public can see."""
    if acting.lab is not None and act.row.stirs:
        stir(acting.lab, acting.now)


def _locate(lab: Lab, where: Where) -> None:
    known = len(where.codes) == 1 and where.confirmed
    lab.place_code = where.codes[0] if known else None
    lab.community = where.community
    kept = set() if known else set(where.codes)
    standing = {row.place_code: row for row in lab.candidates}
    for code in standing.keys() - kept:
        lab.candidates.remove(standing[code])
        db.session.delete(standing[code])
    for code in sorted(kept - standing.keys()):
        lab.candidates.append(CandidatePlace(place_code=code))
    db.session.flush()


def _free_slug(name: str) -> str:
    """Return an address no lab has: the name without marks, numbered where it repeats."""
    taken = _TAKEN | queries.slugs_like(slug(name, otherwise="lab", longest=_LONGEST))
    return slug(name, taken, "lab", longest=_LONGEST)
