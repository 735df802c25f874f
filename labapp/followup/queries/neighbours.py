"""Read who of a lab's list may have gone to look, and has no account to say so."""

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.folding import fold
from labapp.followup.models import Milestone, Verification
from labapp.labs.queries import lines


def neighbour_called(lab_id: int, name: str, known_as: str = "") -> int:
    """Return the number of the one member without an account who is called so. One statement.

    Args:
        lab_id: the lab.
        name: as typed; marks, capitals and order do not matter.
        known_as: the sector or nickname, where two have that name.

    Raises:
        Conflict: nobody is called so, or more than one.
    """
    people = lines.everybody(lab_id)
    have_account = {row.line_id for row in people if row.has_account}
    called = [
        row
        for row in lines.namesakes(name, people)
        if row.membership is not None
        and row.line_id not in have_account
        and (not known_as or fold(row.known_as) == fold(known_as))
    ]
    found = {row.line_id: row.person_id for row in called}
    if not found:
        raise Conflict(mark("No member without an account is on the list with that name."))
    if len(found) > 1:
        raise Conflict(mark("Two on the list have that name: add the sector or nickname."))
    return next(iter(found.values()))


def name_of_neighbour(look: Verification) -> str:
    """Return the name of who looked, which no page tells."""
    person = db.session.get(Person, look.person_id)
    return person.name if person else ""


def typed_look(milestone: Milestone, look_id: int) -> Verification | None:
    """Return a look of this step that another typed, or None."""
    look = db.session.get(Verification, look_id)
    if look is None or look.milestone_id != milestone.id or look.typed_by_id is None:
        return None
    return look
