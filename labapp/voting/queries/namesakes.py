"""What tells two people of one name apart in a lab."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from labapp.accounts.models import Person
from labapp.db import db
from labapp.labs.models import LabPerson


def distinctions(lab_id: int, person_ids: Sequence[int]) -> dict[int, str]:
    """Return person -> what tells them apart in this lab: a mark, and other names of their line.

    One statement.
    """
    here, there = aliased(LabPerson), aliased(LabPerson)
    rows = db.session.execute(
        select(here.person_id, here.known_as, there.person_id, there.known_as, Person.name)
        .join(there, (there.lab_id == here.lab_id) & (there.line_id == here.line_id))
        .join(Person, Person.id == there.person_id)
        .where(here.lab_id == lab_id, here.person_id.in_(person_ids))
        .order_by(here.person_id, there.person_id)
    )
    said: dict[int, list[str]] = defaultdict(list)
    for number, known_as, other, other_known_as, name in rows:
        said[number] += [known_as] if number == other else [name, other_known_as]
    return {number: " · ".join(filter(None, words)) for number, words in said.items()}
