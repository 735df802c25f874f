"""Say, in a query, of which labs the country's numbers are."""

from sqlalchemy import ColumnElement, select

from labapp.labs.models import Lab
from labapp.thread.models import Thing


def is_counted(*, examples: bool) -> ColumnElement[bool]:
    """Return, as SQL, whether a thing is of an approved lab: a real one, or else an example.

    What a lab that was suspended or cancelled owes is owed still, and counts.
    """
    approved = select(Lab.id).where(Lab.approved_at.is_not(None), Lab.example.is_(examples))
    return Thing.lab_id.in_(approved)
