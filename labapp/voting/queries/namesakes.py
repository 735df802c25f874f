"""What tells two people of one name apart in a lab."""

from collections.abc import Sequence

from sqlalchemy import select

from labapp.db import db
from labapp.labs.models import LabPerson


def distinctions(lab_id: int, person_ids: Sequence[int]) -> dict[int, str]:
    """Return person -> what tells them apart from a namesake in this lab. One statement."""
    rows = db.session.execute(
        select(LabPerson.person_id, LabPerson.known_as).where(
            LabPerson.lab_id == lab_id, LabPerson.person_id.in_(person_ids)
        )
    )
    return {row.person_id: row.known_as for row in rows}
