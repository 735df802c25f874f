"""Read batches of paper: how far each is, what one person typed, and where two differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from labapp.db import db
from labapp.files.models import StoredFile
from labapp.polling.models import Batch, ProposedReading, TypedBallot
from labapp.polling.queries.sql_sums import boxed_papers
from labapp.polling.transcription import TypedPaper


class PileState(StrEnum):
    """How far a pile of paper ballots is; read from its rows, and stored nowhere."""

    TYPING = "typing"
    DIFFERING = "differing"
    AGREED = "agreed"
    IN_BOX = "in_box"


@dataclass(frozen=True, slots=True)
class Pile:
    """A batch and how far it is.

    Attributes:
        typed: sheets that the first person typed, and the second.
        differing: sheets on which what they typed differs.
    """

    batch: Batch
    typed: tuple[int, int]
    differing: int

    @property
    def is_typed_twice(self) -> bool:
        """Whether both typed the whole of it."""
        return set(self.typed) == {self.batch.sheets}

    @property
    def state(self) -> PileState:
        """How far it is."""
        if self.batch.boxed_at is not None:
            return PileState.IN_BOX
        if not self.is_typed_twice:
            return PileState.TYPING
        return PileState.DIFFERING if self.differing else PileState.AGREED

    def typed_by(self, turn: int | None) -> int:
        """Return how many papers the first person typed, or the second; None is neither."""
        return self.typed[turn - 1] if turn else 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A paper of which two people typed different things.

    Attributes:
        waiting: what one of them says of it, looked at again, and the other has not confirmed.
    """

    place: int
    first: TypedPaper
    second: TypedPaper
    waiting: ProposedReading | None = None

    @property
    def read_again(self) -> TypedPaper | None:
        """What waits for the other person to say the same."""
        return TypedPaper(self.waiting.content, self.waiting.spoilt) if self.waiting else None


_First, _Second = aliased(TypedBallot), aliased(TypedBallot)
#: The same paper typed by the two, and not alike.
_SAME = (_Second.batch_id == _First.batch_id) & (_Second.number == _First.number)
_APART = (
    _First.turn == 1,
    _Second.turn == 2,
    or_(_First.content != _Second.content, _First.spoilt != _Second.spoilt),
)


def of_vote(vote_id: int) -> list[Pile]:
    """Return the batches of a vote in their order. One statement."""
    return _piles(select(Batch).where(Batch.vote_id == vote_id))


def one(vote_id: int, number: int) -> Pile | None:
    """Return the batch of this number and how far it is, or None."""
    here = Batch.vote_id == vote_id, Batch.number == number
    matches = _piles(select(Batch).where(*here))
    return matches[0] if matches else None


def by_number(vote_id: int, number: int) -> Batch | None:
    """Return the batch of this number as it stands now, or None."""
    return db.session.scalar(
        select(Batch)
        .where(Batch.vote_id == vote_id, Batch.number == number)
        .execution_options(populate_existing=True)
    )


def papers_in_box(vote_id: int) -> int:
    """Return how many papers of a vote are in the ballot box, spoilt ones included."""
    boxed: int = db.session.scalars(boxed_papers(vote_id)).one()
    return boxed


def typed_count(batch_id: int, turn: int) -> int:
    """Return how many sheets one of the two typed."""
    query = select(func.count()).select_from(TypedBallot)
    return (
        db.session.scalar(query.where(TypedBallot.batch_id == batch_id, TypedBallot.turn == turn))
        or 0
    )


def is_typed_twice(batch: Batch) -> bool:
    """Tell whether both typed the whole pile."""
    return typed_count(batch.id, 1) == typed_count(batch.id, 2) == batch.sheets


def lines(batch_id: int, turn: int, *, first: int, last: int) -> dict[int, TypedPaper]:
    """Return what one of the two typed of these papers of the pile: place -> line."""
    rows = db.session.scalars(
        select(TypedBallot).where(
            TypedBallot.batch_id == batch_id,
            TypedBallot.turn == turn,
            TypedBallot.number.between(first, last),
        )
    )
    return {row.number: TypedPaper(row.content, row.spoilt) for row in rows}


def places(batch_id: int, turn: int) -> frozenset[int]:
    """Return the places in the pile that one of the two has typed."""
    query = select(TypedBallot.number).where(
        TypedBallot.batch_id == batch_id, TypedBallot.turn == turn
    )
    return frozenset(db.session.scalars(query))


def differences(batch_id: int) -> Sequence[Difference]:
    """Return the papers that both typed, and not alike, in the order of the pile."""
    rows = db.session.execute(
        select(_First.number, _First, _Second, ProposedReading)
        .join(_Second, _SAME)
        .outerjoin(
            ProposedReading,
            and_(
                ProposedReading.batch_id == _First.batch_id, ProposedReading.number == _First.number
            ),
        )
        .where(_First.batch_id == batch_id, *_APART)
        .order_by(_First.number)
    )
    return [
        Difference(
            place,
            TypedPaper(one.content, one.spoilt),
            TypedPaper(other.content, other.spoilt),
            waiting,
        )
        for place, one, other, waiting in rows
    ]


def photo(batch: Batch) -> StoredFile | None:
    """Return the photo of the pile, or None."""
    return db.session.get(StoredFile, batch.photo_id) if batch.photo_id else None


def _piles(query: Select[Any]) -> list[Pile]:
    by = [
        select(func.count())
        .select_from(TypedBallot)
        .where(TypedBallot.batch_id == Batch.id, TypedBallot.turn == turn)
        .scalar_subquery()
        for turn in (1, 2)
    ]
    differing = (
        select(func.count())
        .select_from(_First)
        .join(_Second, _SAME)
        .where(_First.batch_id == Batch.id, *_APART)
        .correlate(Batch)
        .scalar_subquery()
    )
    rows = db.session.execute(query.add_columns(*by, differing).order_by(Batch.number))
    return [Pile(row[0], (row[1], row[2]), row[3]) for row in rows]


def in_order(vote_id: int) -> Sequence[Batch]:
    """Return the piles of paper of a vote, in order."""
    return db.session.scalars(
        select(Batch).where(Batch.vote_id == vote_id).order_by(Batch.number)
    ).all()
