"""Voter: whoever stands at the ballot box, and all that must be known of them, in one statement.

A vote is the one moment when many write at once, and on SQLite one at a time: what is read while
the others wait is read together.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, select

from labapp.accounts.models import Person, SignIn
from labapp.counting.ballot_text import Terms
from labapp.counting.method import Method
from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.kinds import Kind
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.thread.models import Thing
from labapp.voting.models import Option, Receipt, RollLine, Turnout, Vote


@dataclass(frozen=True, slots=True)
class Voter:
    """One person before one vote.

    Attributes:
        lab_name, example, stage: of the vote's lab.
        question: what is voted on.
        vote_id: the vote.
        person_id: who; None for a visitor, or for somebody with a card.
        on_roll: whether they may vote.
        taken: by which way their line of the roll is taken; None if it is not.
        kept: whether a receipt with this code is kept.
    """

    lab_name: str
    example: bool
    question: str
    stage: Stage
    vote_id: int
    opens_at: datetime
    closes_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    annulled_at: datetime | None
    method: Method
    max_marks: int
    scale: int | None
    options: int
    person_id: int | None
    on_roll: bool
    taken: Channel | None
    kept: bool

    @property
    def was_cast_before(self) -> bool:
        """Whether this very paper was cast before, and only its answer was lost."""
        return self.taken is not None and self.kept

    @property
    def terms(self) -> Terms:
        """What the ballot may hold."""
        return Terms(self.method, self.options, self.max_marks, self.scale)


_VOTE = Vote.__table__.c
_OPTIONS = (
    select(func.count()).select_from(Option).where(Option.vote_id == Vote.id).scalar_subquery()
)
#: What is read of the vote itself, in the order of ``Voter``.
VOTE = (
    Lab.name,
    Lab.example,
    Vote.question,
    Lab.stage,
    *(_VOTE[name] for name in ("id", "opens_at", "closes_at", "opened_at", "closed_at")),
    *(_VOTE[name] for name in ("annulled_at", "method", "max_marks", "scale")),
    _OPTIONS,
)
KEPT = exists().where(Receipt.code == bindparam("receipt"), Receipt.vote_id == Vote.id)


def of_vote(query: Select[Any], *, in_turn: bool = False) -> Select[Any]:
    """Return the query narrowed to one vote, which may not close until the transaction ends.

    Args:
        query: what is read of it.
        in_turn: whether others who ask for their turn wait; whoever does not ask passes them by.
    """
    return (
        query.join(Thing, Thing.id == Vote.id)
        .join(Lab, Lab.id == Thing.lab_id)
        .where(
            Lab.slug == bindparam("slug"),
            Lab.approved_at.is_not(None),
            Thing.kind == Kind.VOTE,
            Thing.number == bindparam("number"),
        )
        .with_for_update(read=not in_turn, key_share=True, of=Vote)
    )


_ABOUT = (
    Person.id,
    exists().where(RollLine.vote_id == Vote.id, RollLine.person_id == Person.id),
    select(Turnout.channel)
    .where(Turnout.vote_id == Vote.id, Turnout.person_id == Person.id)
    .scalar_subquery(),
    KEPT,
)
_BY_ACCOUNT = of_vote(
    select(*VOTE, *_ABOUT)
    .select_from(Vote)
    .outerjoin(
        SignIn,
        and_(
            SignIn.token_hash == bindparam("token_hash"),
            SignIn.ended_at.is_(None),
            SignIn.began_at > bindparam("since"),
        ),
    )
    .outerjoin(Person, and_(Person.id == SignIn.person_id, Person.deleted_at.is_(None)))
)
_BY_PERSON = of_vote(
    select(*VOTE, *_ABOUT).select_from(Vote).outerjoin(Person, Person.id == bindparam("person_id"))
)


def by_account(
    slug: str, number: int, *, token_hash: str, since: datetime, receipt: str
) -> Voter | None:
    """Return who is signed in with this token as they stand before a vote, held open.

    Args:
        slug: of the lab.
        number: of the vote there.
        token_hash: of the sign-in cookie.
        since: a sign-in begun earlier does not count.
        receipt: a code to look for.

    Returns:
        None if there is no such vote.
    """
    return _first(
        _BY_ACCOUNT,
        {
            "slug": slug,
            "number": number,
            "token_hash": token_hash,
            "since": since,
            "receipt": receipt,
        },
    )


def by_person(slug: str, number: int, *, person_id: int, receipt: str) -> Voter | None:
    """Return a person known otherwise as they stand before a vote, held open; None without one."""
    values = {"slug": slug, "number": number, "person_id": person_id, "receipt": receipt}
    return _first(_BY_PERSON, values)


def _first(query: Select[Any], values: dict[str, object]) -> Voter | None:
    row = db.session.connection().execute(query, values).first()
    return Voter(*row) if row else None
