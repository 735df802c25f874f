"""Read what a letter or an agreement may come from, and what a person is to it."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import exists, or_, select

from labapp.db import db
from labapp.domain.acts import Act
from labapp.domain.descents import DescentKind
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.roles import Actor, Relation, Role
from labapp.followup.models import Agreement, Declaration, Letter, LetterAnswer, Milestone
from labapp.labs.models import Grant
from labapp.labs.queries import identity
from labapp.organizations.models import Organization
from labapp.proposals.models import Proposal
from labapp.record import queries as record
from labapp.sessions.models import Contribution, Meeting
from labapp.sessions.queries import held_meetings
from labapp.sessions.queries.held_meetings import was_held
from labapp.thread import queries as thread
from labapp.thread.models import Descent, Thing

#: How each kind is written in ``?from=``; a meeting is written as in its address.
_WORDS = {kind.value: kind for kind in Kind} | {"session": Kind.MEETING}


def serves(source: Thing, lab_id: int, kinds: Collection[Kind]) -> bool:
    """Tell whether a letter or agreement of a lab may come from a thing.

    A meeting proves nothing unless it was held. One statement more, of a meeting.
    """
    if source.lab_id != lab_id or source.kind not in kinds or not source.is_public:
        return False
    return source.kind is not Kind.MEETING or held_meetings.by_thing(source.id) is not None


def source(lab_id: int, written: str, kinds: Collection[Kind]) -> Thing | None:
    """Return the public thing written ``proposal-3``, of these kinds."""
    word, _, number = written.partition("-")
    kind = _WORDS.get(word)
    if (
        kind is None
        or kind not in kinds
        or not (number.isascii() and number.isdigit() and len(number) < 10)
    ):
        return None
    thing = thread.in_lab(lab_id, kind, int(number))
    return thing if thing is not None and serves(thing, lab_id, kinds) else None


def sources(lab_id: int, kinds: Collection[Kind], limit: int = 100) -> Sequence[Thing]:
    """Return the newest published things of these kinds that stand, newest first. One statement.

    Of meetings, those that were held.
    """
    return db.session.scalars(
        select(Thing)
        .where(
            Thing.lab_id == lab_id,
            Thing.kind.in_(kinds),
            thread.public(),
            Thing.number.is_not(None),
            or_(Thing.kind != Kind.MEETING, exists().where(Meeting.id == Thing.id, was_held())),
        )
        .order_by(Thing.id.desc())
        .limit(limit)
    ).all()


def existed_since(agreement_id: int) -> date | None:
    """Return the day from which on what an agreement came from existed, if known. One statement."""
    row = db.session.execute(
        select(Meeting.began_at, Letter.presented_on, Proposal.written_at)
        .select_from(Descent)
        .outerjoin(Contribution, Contribution.id == Descent.parent_id)
        .outerjoin(Meeting, Meeting.id.in_((Descent.parent_id, Contribution.meeting_id)))
        .outerjoin(Letter, Letter.id == Descent.parent_id)
        .outerjoin(Proposal, Proposal.id == Descent.parent_id)
        .where(Descent.child_id == agreement_id, Descent.why == DescentKind.CAME_FROM)
    ).first()
    when = next((moment for moment in row or () if moment is not None), None)
    return local_day(when) if when is not None else None


def yes_letters(lab_id: int, organization_id: int, limit: int = 50) -> Sequence[Thing]:
    """Return the letters to which this entity said yes, whole or in part, newest first."""
    return db.session.scalars(
        select(Thing)
        .join(Letter, Letter.id == Thing.id)
        .where(
            Thing.lab_id == lab_id,
            Letter.organization_id == organization_id,
            Letter.answer.in_((LetterAnswer.ACCEPTED, LetterAnswer.PARTLY)),
        )
        .order_by(Thing.id.desc())
        .limit(limit)
    ).all()


def parents(thing_ids: Sequence[int]) -> Sequence[tuple[Thing, str]]:
    """Return the public things these came from, each with why, oldest first. One statement."""
    rows = db.session.execute(
        select(Thing, Descent.why)
        .join(Descent, Descent.parent_id == Thing.id)
        .where(Descent.child_id.in_(thing_ids), thread.public())
        .order_by(Thing.id)
    )
    return [(thing, why) for thing, why in rows]


def proposals_behind(agreement_id: int) -> Sequence[Proposal]:
    """Return the admitted proposals an agreement came from, itself or through its letters."""
    letters = select(Descent.parent_id).join(Letter, Letter.id == Descent.parent_id)
    children = letters.where(Descent.child_id == agreement_id)
    behind = select(Descent.parent_id).where(
        (Descent.child_id == agreement_id) | Descent.child_id.in_(children)
    )
    return db.session.scalars(
        select(Proposal)
        .where(Proposal.id.in_(behind), Proposal.admitted_at.is_not(None))
        .order_by(Proposal.id)
    ).all()


def is_carried_out(agreement_id: int) -> bool:
    """Tell whether the public work of an agreement is registered."""
    work = exists().where(
        Descent.parent_id == agreement_id, Descent.child_id == Thing.id, Thing.kind == Kind.WORK
    )
    return db.session.scalars(select(work)).one()


def organizations() -> Sequence[Organization]:
    """Return every organization, by name."""
    return db.session.scalars(select(Organization).order_by(Organization.name)).all()


def relations(actor: Actor, thing: Agreement | Milestone) -> frozenset[Relation]:
    """Return what somebody is to an agreement or a step of it: its entity, or apart from it.

    Apart from a step is who answers for no entity here, was of its entity in no lab, now or once,
    and neither declared it nor gave out the link by which it is declared. One statement, where a
    member stands before a step; none elsewhere, because nobody else confirms.
    """
    agreement = thing.agreement if isinstance(thing, Milestone) else thing
    if actor.speaks_for(agreement.organization_id):
        return frozenset({Relation.RESPONSIBLE})
    carries_out = Role.RESPONSIBLE in actor.roles | actor.others
    if agreement is thing or Role.MEMBER not in actor.roles or carries_out:
        return frozenset()
    numbers = identity.numbers(actor.person_id, thing.thing.lab_id)
    mine = Declaration.milestone_id == thing.id, Declaration.person_id.in_(numbers)
    linked = record.was_done_on(agreement.id, Act.LINK_ISSUE, numbers)
    of_it = Grant.organization_id == agreement.organization_id, Grant.person_id.in_(numbers)
    carries_out = db.session.scalars(
        select(or_(exists().where(*mine), linked, exists().where(*of_it)))
    ).one()
    return frozenset() if carries_out else frozenset({Relation.NOT_EXECUTOR})
