"""Expiring links: an entity without an account acts on one letter or agreement."""

import secrets
from datetime import datetime, timedelta

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act, Actor, require
from labapp.followup import queries
from labapp.followup.models import EntityLink
from labapp.labs.models import Lab
from labapp.record import service as record
from labapp.thread.models import Thing


def issue_link(
    lab: Lab, actor: Actor, *, thing: Thing, organization_id: int, days: int, now: datetime
) -> str:
    """Make a link to a letter or an agreement and return its token, kept nowhere. Flushed.

    Args:
        lab: the lab of the thing.
        actor: a facilitator.
        thing: a published letter or agreement.
        organization_id: for whom.
        days: how long it lasts.
        now: the instant of the act.

    Raises:
        Denied: wrong role or stage.
        Conflict: the thing is not public yet.
    """
    require(actor, Act.LINK_ISSUE, lab.stage)
    if not thing.is_public:
        raise Conflict(mark("The entity has not accepted this agreement yet."))
    token = secrets.token_urlsafe(32)
    link = EntityLink(
        token_hash=queries.hashed(token),
        thing_id=thing.id,
        organization_id=organization_id,
        issued_at=now,
        expires_at=now + timedelta(days=days),
    )
    db.session.add(link)
    db.session.flush()
    after = {"link": link.id, "expires_at": link.expires_at.isoformat()}
    record.write(actor, Act.LINK_ISSUE, lab_id=lab.id, thing_id=thing.id, after=after, now=now)
    return token


def revoke_link(lab: Lab, actor: Actor, link: EntityLink, *, now: datetime) -> None:
    """End a link before its day. Flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: it was ended already.
    """
    require(actor, Act.LINK_REVOKE, lab.stage)
    db.session.refresh(link, ["revoked_at"], with_for_update=True)
    if link.revoked_at is not None:
        raise Conflict(mark("This link was ended already."))
    link.revoked_at = now
    db.session.flush()
    record.write(
        actor,
        Act.LINK_REVOKE,
        lab_id=lab.id,
        thing_id=link.thing_id,
        after={"link": link.id},
        now=now,
    )
