"""Write the act of a count: its seals, and after the publication its documents."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from labapp.counting.bundle import json_files
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.write import act as act_json
from labapp.counting.bundle.write import publish, roots
from labapp.db import db
from labapp.domain.removal_code import RemovalCode
from labapp.files import service as files
from labapp.files.models import StoredFile
from labapp.results.models import TallyAct
from labapp.results.queries import acts
from labapp.results.queries.published_vote import published_vote
from labapp.thread.models import Thing
from labapp.voting.models import Vote

PDF, ZIP, JSON = "application/pdf", "application/zip", "application/json"


def write(vote: Vote, *, now: datetime) -> TallyAct:
    """Write the act of a vote that is being published: the roots of its ballots and receipts.

    Args:
        vote: counted, its options loaded.
        now: the instant of publication.

    Returns:
        The act, flushed, without its documents. A root that is not published is empty.
    """
    merkle = roots(published_vote(vote))
    act = TallyAct(
        vote_id=vote.id,
        ballots_root=merkle.ballots or "",
        receipts_root=merkle.receipts or "",
        written_at=now,
    )
    db.session.add(act)
    db.session.flush()
    return act


def plain(published: PublishedVote) -> bytes:
    """Return the act as JSON: the bytes that its hash is of, the same each time."""
    return json_files.json_bytes(act_json(published))


def withdraw_documents(vote_id: int, now: datetime) -> None:
    """Withdraw the documents of an act whose texts were blacked out, or put back. Flushes.

    Nobody is sent their bytes any more; the clock makes others from what stands now. Whoever asks
    for the hash of an old one is told when it was withdrawn, and why.

    Args:
        vote_id: the number of any thing; of what is no published vote nothing is done.
        now: the instant of the act.
    """
    act = db.session.scalar(select(TallyAct).where(TallyAct.vote_id == vote_id).with_for_update())
    if act is None:
        return
    why = db.session.get_one(Thing, vote_id).removed_for or RemovalCode.SUPERSEDED
    for file in acts.documents(vote_id):
        file.removed_at, file.removed_for = now, why
    db.session.flush()


def attach(
    vote: Vote, published: PublishedVote, pdf: bytes, *, now: datetime, folder: Path
) -> bool:
    """Keep the documents of an act that has none yet: JSON, PDF, and the bundle with both. Flushes.

    Args:
        vote: a published vote.
        published: what is published of it.
        pdf: its act as printed.
        now: the instant of the act.
        folder: where files are kept.

    Returns:
        False if it has them already: they change only where words were blacked out.
    """
    act = db.session.scalars(
        select(TallyAct).where(TallyAct.vote_id == vote.id).with_for_update()
    ).one()
    if acts.documents(vote.id):
        return False
    number = vote.thing.number
    zipped = publish(published, pdf)

    def kept(made: bytes, name: str, media_type: str) -> StoredFile:
        before = acts.withdrawn_document(vote.id, sha256(made).hexdigest())
        if before is None:
            return files.keep(
                made, name, media_type=media_type, thing_id=vote.id, now=now, folder=folder
            )
        before.removed_at = before.removed_for = None
        return before

    kept(plain(published), f"acta-{number}.json", JSON)
    pdf_id = kept(pdf, f"acta-{number}.pdf", PDF).id
    bundle_id = kept(zipped, f"votacion-{number}.zip", ZIP).id
    # The first ones: the act is final, and only its documents are ever made again.
    act.pdf_id, act.bundle_id = act.pdf_id or pdf_id, act.bundle_id or bundle_id
    db.session.flush()
    return True
