"""Compare the rows of this room with their copies in the thread."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, and_, case, literal, or_, select

from labapp.db import db
from labapp.followup.models import Agreement, Evidence, Letter, Milestone
from labapp.thread.models import Thing

_LETTER = case((Letter.answer.is_(None), "presented"), else_="answered")
_AGREEMENT = case((Agreement.accepted_on.is_(None), "draft"), else_="accepted")
_STEP = case(
    (Agreement.accepted_on.is_(None), "draft"), (Milestone.verified == 100, "met"), else_="open"
)
_EVIDENCE = case((Evidence.public, "public"), else_="reserved")


def drift() -> Iterator[str]:
    """Yield a sentence for each row whose copy in the thread says something else."""
    things, accepted = select(Thing.id), Agreement.accepted_on.is_not(None)
    letters = things.join(Letter, Letter.id == Thing.id)
    agreements = things.join(Agreement, Agreement.id == Thing.id)
    steps = things.join(Milestone, Milestone.id == Thing.id).join(Milestone.agreement)
    evidence = things.join(Evidence, Evidence.id == Thing.id)
    yield from _wrong(letters, _LETTER, literal(True))
    yield from _wrong(agreements, _AGREEMENT, accepted)
    yield from _wrong(steps, _STEP, accepted)
    yield from _wrong(evidence, _EVIDENCE, Evidence.public.is_(True))
    titled = (
        select(Thing.id)
        .join(Milestone, Milestone.id == Thing.id)
        .where(Thing.title != Milestone.title)
        .order_by(Thing.id)
    )
    for thing_id in db.session.scalars(titled):
        yield f"thing {thing_id}: the step has another title"


def _wrong(
    things: Select[int], state: ColumnElement[str], public: ColumnElement[bool]
) -> Iterator[str]:
    """Compare one kind: its state, and whether the public may see it."""
    hidden = Thing.published_at.is_(None)
    wrong = or_(Thing.state != state, and_(public, hidden), and_(~public, ~hidden))
    query = things.add_columns(Thing.state, state).where(wrong).order_by(Thing.id)
    for thing_id, said, true in db.session.execute(query):
        yield f"thing {thing_id}: the thread says {said}, its room says {true}"
