"""Write the act of a count: its seals, and after the publication its documents."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from labapp.counting.bundle import json_files
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.write import act as act_json
from labapp.counting.bundle.write import publish, roots
from labapp.db import db
from labapp.files import service as files
from labapp.files.models import StoredFile
from labapp.results.models import TallyAct
from labapp.results.queries.published_vote import published_vote
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
        False if it has them already: they never change.
    """
    act = db.session.scalars(
        select(TallyAct).where(TallyAct.vote_id == vote.id).with_for_update()
    ).one()
    if act.pdf_id is not None:
        return False
    number = vote.thing.number
    zipped = publish(published, pdf)

    def kept(made: bytes, name: str, media_type: str) -> StoredFile:
        return files.keep(
            made, name, media_type=media_type, thing_id=vote.id, now=now, folder=folder
        )

    kept(plain(published), f"acta-{number}.json", JSON)
    act.pdf_id = kept(pdf, f"acta-{number}.pdf", PDF).id
    act.bundle_id = kept(zipped, f"votacion-{number}.zip", ZIP).id
    db.session.flush()
    return True
