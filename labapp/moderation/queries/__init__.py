"""Read removals: those of a thing, those that wait for somebody, and who wrote what."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, case, false, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from labapp import hooks
from labapp.db import db
from labapp.domain.removal import RemovalEnd, RemovalScope, RemovalState
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import Actor, Role
from labapp.labs.models import Lab
from labapp.labs.queries import identity
from labapp.moderation.models import KeptText, Removal
from labapp.pagination import Page, newest_first, page_of
from labapp.room import Original
from labapp.thread.models import Thing

#: Who decides, and so reads the words that are not public.
DESK = frozenset({Role.FACILITATOR, Role.REVIEWER})


def _removals() -> Select[Removal]:
    return select(Removal).join(Removal.thing).options(contains_eager(Removal.thing))


def in_lab(lab_id: int, removal_id: int) -> Removal | None:
    """Return a removal of this lab, or None."""
    return db.session.scalar(_removals().where(Removal.lab_id == lab_id, Removal.id == removal_id))


def of_thing(thing_id: int) -> Sequence[Removal]:
    """Return every removal of a thing, the latest first."""
    return db.session.scalars(
        select(Removal).where(Removal.thing_id == thing_id).order_by(Removal.id.desc())
    ).all()


def appeal_was_won(thing_id: int) -> bool:
    """Tell whether an appeal against something taken away of a thing was won, or not heard."""
    won = (RemovalEnd.REVERSED, RemovalEnd.TERM)
    return any(row.ended_by in won for row in of_thing(thing_id))


def standing(thing_id: int) -> Sequence[Removal]:
    """Return what is taken away of a thing now, with the texts covered, in its order."""
    return db.session.scalars(
        select(Removal)
        .where(Removal.thing_id == thing_id, _stands())
        .options(selectinload(Removal.covered))
        .order_by(Removal.id)
    ).all()


def page(lab_id: int | None, before: int | None = None) -> Page[Removal, int]:
    """Return what was taken away in a lab, or on the whole site, the newest first."""
    query = _removals().where(Removal.decided_at.is_not(None))
    if lab_id is not None:
        query = query.where(Removal.lab_id == lab_id)
    rows = db.session.scalars(newest_first(query, Removal.id, before)).all()
    return page_of(rows, lambda removal: removal.id)


def awaits_antai() -> ColumnElement[bool]:
    """Say, in a query, that a removal waits for somebody of ANTAI."""
    unheard = Removal.appealed_at.is_not(None) & Removal.ruled_at.is_(None)
    return Removal.ended_at.is_(None) & (unheard | Removal.decided_at.is_(None))


def unheard_appeals(now: datetime) -> Sequence[Removal]:
    """Return the appeals that nobody heard in their term, save of what outlives it."""
    return db.session.scalars(
        _removals()
        .where(
            Removal.appeal_due_at < now,
            Removal.ruled_at.is_(None),
            Removal.ended_at.is_(None),
            Removal.code.not_in([code for code in RemovalCode if code.outlives_appeal]),
        )
        .order_by(Removal.id)
    ).all()


def of_person(person_id: int, limit: int = 5) -> Sequence[Row[Removal, str]]:
    """Return what others took away of what a person wrote, the latest first, with its lab's slug.

    One statement.
    """
    written = (
        Removal.thing_id.in_(select(original.row.id).where(original.author == person_id))
        for original in hooks.originals
        if original.author is not None
    )
    return db.session.execute(
        select(Removal, Lab.slug)
        .join(Lab, Lab.id == Removal.lab_id)
        .where(
            or_(false(), *written),
            Removal.decided_at.is_not(None),
            Removal.asked_by_id.is_distinct_from(person_id),
        )
        .order_by(Removal.id.desc())
        .limit(limit)
    ).all()


def kept_texts(thing_id: int) -> dict[str, KeptText]:
    """Return the texts of a thing that removals cover, as they were sent, by key."""
    rows = db.session.scalars(select(KeptText).where(KeptText.thing_id == thing_id))
    return {row.key: row for row in rows}


def author_words(thing: Thing, texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts of a thing as its author sent them, for whoever may read them. One statement.

    Args:
        thing: of which something may have been taken away.
        texts: what stands there now, by key.
    """
    if thing.removed_at is None:
        return dict(texts)
    before = kept_texts(thing.id)
    return {key: before[key].text if key in before else text for key, text in texts.items()}


def author_id(thing: Thing) -> int | None:
    """Return who wrote a thing, where one neighbour with an account did."""
    original = _original(thing)
    if original is None or original.author is None:
        return None
    wrote: int | None = db.session.scalar(
        select(original.author).where(original.row.id == thing.id)
    )
    return wrote


def is_anybodys(thing: Thing) -> bool:
    """Tell whether no one neighbour speaks for a thing: said in a hall, or typed from paper."""
    original = _original(thing)
    if original is not None and original.anybodys is not None:
        typed = select(original.anybodys).where(original.row.id == thing.id)
        if db.session.scalar(typed):
            return True
    return thing.code is None and author_id(thing) is None


def by_its_author(removal: Removal) -> bool:
    """Tell whether its author took it away: nobody else has to answer for it."""
    if removal.code is not RemovalCode.OWN_WISH or is_anybodys(removal.thing):
        return False
    return removal.role is None or removal.asked_by_id == author_id(removal.thing)


def reads_words(actor: Actor, removal: Removal, *, by_code: bool) -> bool:
    """Tell whether somebody reads the words of a removal: its desk, and the author."""
    return bool(DESK & actor.roles) or is_author(actor, removal.thing, by_code=by_code)


def is_author(actor: Actor, thing: Thing, *, by_code: bool) -> bool:
    """Tell whether somebody wrote a thing: holds its code, or the account that sent it."""
    return by_code or (actor.person_id is not None and actor.person_id == author_id(thing))


def may_appeal(actor: Actor, removal: Removal, *, by_code: bool) -> bool:
    """Tell whether somebody may appeal: the author; anybody of what no one neighbour sent.

    For that which is anybody's, others may add their words while the appeal waits, so that nobody
    spends it on purpose. Nobody of the side that took it away appeals.
    """
    anybodys = is_anybodys(removal.thing)
    waits = anybodys and removal.state is RemovalState.APPEALED
    if by_its_author(removal) or not (removal.state is RemovalState.STANDS or waits):
        return False
    took_part = {removal.asked_by_id, removal.decided_by_id} - {None}
    if removal.role in actor.roles or actor.person_id in took_part:
        return False
    return anybodys or is_author(actor, removal.thing, by_code=by_code)


def may_rule(actor: Actor, removal: Removal) -> bool:
    """Tell whether somebody of ANTAI may hear an appeal: who neither asked nor decided."""
    if Role.REVIEWER not in actor.roles:
        return False
    took_part = {removal.asked_by_id, removal.decided_by_id}
    return took_part.isdisjoint(identity.same_people(actor.person_id))


def may_confirm(actor: Actor, removal: Removal) -> bool:
    """Tell whether somebody may be the second voice of ANTAI."""
    if removal.state is not RemovalState.ASKED or Role.REVIEWER not in actor.roles:
        return False
    return not identity.are_one(actor.person_id, removal.asked_by_id)


def may_put_back(removal: Removal) -> bool:
    """Tell whether the side that took it away may still put it back by itself."""
    is_open = removal.state in (RemovalState.STANDS, RemovalState.APPEALED)
    is_public = removal.scope is not RemovalScope.PUBLICATION
    return is_open and is_public and removal.code is not RemovalCode.OWN_WISH


def sent_texts(removal: Removal) -> list[str]:
    """Return the texts that a removal covers, as they were sent: for the author and the desk."""
    covered = {text.key for text in removal.covered}
    return [text.text for key, text in kept_texts(removal.thing_id).items() if key in covered]


def drift() -> Iterator[str]:
    """Yield a sentence for each thing that is not as the removals that stand have it."""
    latest = (
        select(Removal.thing_id, func.max(Removal.id).label("id"), func.sum(_is_whole()).label("n"))
        .where(_stands())
        .group_by(Removal.thing_id)
        .subquery()
    )
    wrong = (
        select(Thing.id)
        .outerjoin(latest, latest.c.thing_id == Thing.id)
        .outerjoin(Removal, Removal.id == latest.c.id)
        .where(
            Thing.removed_for.is_distinct_from(Removal.code)
            | ((func.coalesce(latest.c.n, 0) > 0) != Thing.hidden_at.is_not(None))
        )
        .order_by(Thing.id)
    )
    for key in db.session.scalars(wrong):
        yield f"thing {key}: what is said to be taken away of it is not what was"


def _original(thing: Thing) -> Original | None:
    return next((one for one in hooks.originals if one.kind is thing.kind), None)


def _is_whole() -> ColumnElement[int]:
    return case((Removal.scope == RemovalScope.WHOLE, 1), else_=0)


def _stands() -> ColumnElement[bool]:
    return (
        Removal.decided_at.is_not(None)
        & Removal.ended_at.is_(None)
        & (Removal.scope != RemovalScope.PUBLICATION)
    )
