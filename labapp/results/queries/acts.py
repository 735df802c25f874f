"""Read acts of counts and their documents."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, func, or_, select

from labapp.db import db
from labapp.files.models import StoredFile
from labapp.labs.models import Lab
from labapp.results.models import TallyAct
from labapp.thread.models import Thing
from labapp.voting.models import Receipt, Vote

_JSON, _PDF, _ZIP = "application/json", "application/pdf", "application/zip"


@dataclass(frozen=True, slots=True)
class VoteDocument:
    """A published document and the vote that it is of."""

    file: StoredFile
    act: TallyAct
    vote: Vote
    lab: Lab
    number: int

    @property
    def is_withdrawn(self) -> bool:
        """Whether another took its place, and nobody is sent its bytes."""
        return self.file.removed_at is not None

    @property
    def is_bundle(self) -> bool:
        """Whether it is the zip."""
        return self.file.media_type == _ZIP

    @property
    def is_pdf(self) -> bool:
        """Whether it is the act as printed."""
        return self.file.media_type == _PDF


#: What the site made of a count: what people send bears who stored it.
_MADE = and_(StoredFile.stored_by_id.is_(None), StoredFile.media_type.in_((_JSON, _PDF, _ZIP)))
#: One that was not withdrawn.
_STANDING = case((StoredFile.removed_at.is_(None), 1))


def act(vote_id: int) -> TallyAct | None:
    """Return the act of a vote; None before it is published."""
    return db.session.get(TallyAct, vote_id)


def documents(vote_id: int) -> Sequence[StoredFile]:
    """Return the published documents of a vote: none until they are made, or made again."""
    return db.session.scalars(
        select(StoredFile)
        .join(TallyAct, TallyAct.vote_id == StoredFile.thing_id)
        .where(TallyAct.vote_id == vote_id, _MADE, StoredFile.removed_at.is_(None))
        .order_by(StoredFile.id)
    ).all()


def by_hash(sha256: str) -> VoteDocument | None:
    """Return the published document with this SHA-256; None if no vote has one."""
    row = db.session.execute(
        select(StoredFile, TallyAct, Vote, Lab, Thing.number)
        .join(TallyAct, TallyAct.vote_id == StoredFile.thing_id)
        .join(Vote, Vote.id == TallyAct.vote_id)
        .join(Thing, Thing.id == Vote.id)
        .join(Lab, Lab.id == Thing.lab_id)
        .where(StoredFile.sha256 == sha256, _MADE)
        .order_by(StoredFile.removed_at.is_not(None), StoredFile.id)
        .limit(1)
    ).first()
    return VoteDocument(row[0], row[1], row[2], row[3], row[4] or 0) if row else None


def withdrawn_document(vote_id: int, sha256: str) -> StoredFile | None:
    """Return a document of a vote that was withdrawn and has these bytes, or None."""
    return db.session.scalar(
        select(StoredFile).where(
            StoredFile.thing_id == vote_id,
            StoredFile.sha256 == sha256,
            _MADE,
            StoredFile.removed_at.is_not(None),
        )
    )


def unprinted_ids() -> Sequence[int]:
    """Return the published votes whose documents are not made yet, or were withdrawn since."""
    withdrawn = select(StoredFile.thing_id).where(_MADE).group_by(StoredFile.thing_id)
    return db.session.scalars(
        select(TallyAct.vote_id)
        .where(
            or_(
                TallyAct.pdf_id.is_(None),
                TallyAct.vote_id.in_(withdrawn.having(func.count(_STANDING) == 0)),
            )
        )
        .order_by(TallyAct.vote_id)
    ).all()


def document(vote_id: int, media_type: str) -> StoredFile | None:
    """Return the published document of a vote of this sort, or None while it is made."""
    return next((file for file in documents(vote_id) if file.media_type == media_type), None)


def has_code(vote_id: int, code: str) -> bool:
    """Tell whether a receipt with this code was kept in this vote."""
    receipt = db.session.get(Receipt, code)
    return receipt is not None and receipt.vote_id == vote_id


def codes(vote_id: int, *, after: str, limit: int) -> Sequence[str]:
    """Return the codes after one of them, in the order of the alphabet."""
    return db.session.scalars(
        select(Receipt.code)
        .where(Receipt.vote_id == vote_id, Receipt.code > after)
        .order_by(Receipt.code)
        .limit(limit)
    ).all()
