"""Expiring links: an entity without an account acts on one letter or agreement."""

import secrets
from datetime import timedelta

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.domain.stage import require_owed
from labapp.domain.token_hash import hash_token
from labapp.followup import queries
from labapp.followup.models.entity_link import EntityLink
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.thread.models import Thing


def issue_link(acting: Acting[Lab], *, thing: Thing, organization_id: int, days: int) -> str:
    """Make a link to a letter or an agreement and return its token, kept nowhere. Flushed.

    Args:
        acting: a facilitator.
        thing: a published letter or agreement.
        organization_id: for whom.
        days: how long it lasts.

    Raises:
        Denied: wrong role or stage.
        Conflict: the thing is not public yet.
        Blocked: the lab is closed, and nothing of the thing is owed.
    """
    acting.require(Act.LINK_ISSUE)
    if not thing.is_public:
        raise Conflict(mark("The entity has not accepted this agreement yet."))
    require_owed(acting.lab.stage, owed=queries.is_owed(thing))
    token = secrets.token_urlsafe(32)
    link = EntityLink(
        token_hash=hash_token(token),
        thing_id=thing.id,
        organization_id=organization_id,
        issued_at=acting.now,
        expires_at=acting.now + timedelta(days=days),
    )
    db.session.add(link)
    db.session.flush()
    after = {"link": link.id, "expires_at": link.expires_at.isoformat()}
    acting.record(Act.LINK_ISSUE, thing.id, after=after)
    return token


def revoke_link(acting: Acting[Lab], link: EntityLink) -> None:
    """End a link before its day. Flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: it was ended already.
    """
    acting.require(Act.LINK_REVOKE)
    db.session.refresh(link, ["revoked_at"], with_for_update=True)
    if link.revoked_at is not None:
        raise Conflict(mark("This link was ended already."))
    link.revoked_at = acting.now
    db.session.flush()
    acting.record(Act.LINK_REVOKE, link.thing_id, after={"link": link.id})
