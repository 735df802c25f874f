"""Read which organizations owe a lab something."""

from sqlalchemy import or_, select, union

from labapp.db import db
from labapp.followup.models import Agreement, Letter, LetterAnswer
from labapp.thread.models import Thing


def debtors(lab_id: int) -> frozenset[int]:
    """Return who has a letter or an agreement of this lab; a letter they refused binds nobody."""
    letters = (
        select(Letter.organization_id)
        .join(Thing, Thing.id == Letter.id)
        .where(
            Thing.lab_id == lab_id,
            or_(Letter.answer.is_(None), Letter.answer != LetterAnswer.REFUSED),
        )
    )
    agreements = (
        select(Agreement.organization_id)
        .join(Thing, Thing.id == Agreement.id)
        .where(Thing.lab_id == lab_id)
    )
    return frozenset(db.session.scalars(union(letters, agreements)))
