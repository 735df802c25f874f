"""Write to the record: entries wait until the commit, which seals them into their chain."""

from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from labapp.db import db
from labapp.record.entry_hash import digest
from labapp.record.models import Chain, CoveredReason, Entry

_WAITING = "entries waiting for their seal"
#: Whoever comes second finds the chain that the first began.
_BEGIN = text("INSERT INTO chain (name, length, head) VALUES (:name, 0, '') ON CONFLICT DO NOTHING")


def append(entry: Entry) -> None:
    """Have an entry sealed at the commit; it is lost with the transaction otherwise."""
    db.session().info.setdefault(_WAITING, []).append(entry)


def cover_reason(entry_id: int, text: str) -> None:
    """Have the public read this in place of an entry's reason; its own words show it again.

    The entry stays as it is, and its hash. Flushes.
    """
    entry = db.session.get_one(Entry, entry_id)
    cover = db.session.get(CoveredReason, entry_id)
    if text == entry.reason:
        if cover is not None:
            db.session.delete(cover)
    elif cover is None:
        db.session.add(CoveredReason(entry_id=entry_id, text=text))
    else:
        cover.text = text
    db.session.flush()
    db.session.expire(entry, ["cover"])


@event.listens_for(db.session, "before_commit")
def _seal(session: Session) -> None:
    """Give waiting entries their place and hash: the head is locked last, and briefly."""
    waiting: list[Entry] = session.info.pop(_WAITING, [])
    if not waiting:
        return
    session.flush()
    for name in sorted({entry.chain for entry in waiting}):
        locked_chain = select(Chain).where(Chain.name == name).with_for_update()
        head = session.scalar(locked_chain)
        if head is None:
            session.execute(_BEGIN, {"name": name})
            head = session.scalars(locked_chain).one()
        for entry in (e for e in waiting if e.chain == name):
            entry.position = head.length + 1
            entry.hash = digest(entry, head.head)
            head.length, head.head = entry.position, entry.hash
            session.add(entry)
    session.flush()


@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_WAITING, None)
