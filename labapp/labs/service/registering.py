"""Write who comes on a lab's list of people by a typed name: nobody twice, nobody unasked."""

from collections.abc import Sequence
from dataclasses import dataclass

from labapp.accounts import service as accounts
from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.folding import fold
from labapp.domain.policy import Act
from labapp.labs import queries
from labapp.labs.models import Lab
from labapp.labs.queries import identity, lines
from labapp.labs.queries.recognition import Newcomer, Recognition, recognize, twice
from labapp.labs.service import grants, listing
from labapp.record.acting import Acting

#: Neighbours registered at once.
MOST = 100
_SAY_WHO = mark(
    "%(name)s sounds like somebody on the list: say whether it is the same person or another."
)
_SAY_WHICH = mark(
    "Somebody on the list is called %(name)s: write the sector or the nickname that tells this "
    "person apart, and that nobody of that name has yet."
)
TWICE = mark(
    "%(name)s is written twice: if they are two people, write the sector or nickname of each; if "
    "it is one, leave one line."
)
_NOT_THERE = mark("That person is not on the list of this lab. Choose again.")


@dataclass(frozen=True, slots=True)
class Registration:
    """Who was registered: the numbers of the new members, and of those who were members already."""

    added: list[int]
    known: list[int]

    @property
    def people(self) -> list[int]:
        """Everybody who was named, each once."""
        return self.added + self.known


def register(acting: Acting[Lab], newcomers: Sequence[Newcomer]) -> Registration:
    """Register neighbours without an account, seen in the room, as members. Flushes.

    Args:
        acting: a facilitator, who saw each of them.
        newcomers: each with what was said of who they are; whoever is a member stays one.

    Raises:
        Denied: wrong role or stage.
        Conflict: too many at once, one typed twice, or nobody said who one is.
    """
    acting.require(Act.MEMBER_ADMIT)
    queries.lock_people(acting.lab.id)
    if len(newcomers) > MOST:
        raise Conflict(mark("Register at most %(most)s people at once."), most=str(MOST))
    for name in twice(newcomers):
        raise Conflict(TWICE, name=name)
    recognitions = recognize(newcomers, lines.everybody(acting.lab.id), by_name=True)
    for recognition in recognitions:
        _require_clear(recognition)
    added = _add(acting, [one.newcomer for one in recognitions if one.person is None])
    there = {one.person.line_id: one.person for one in recognitions if one.person}
    welcomed = [row.person_id for row in there.values() if row.membership is None]
    if added or welcomed:
        grants.make_members(acting.lab.id, added + welcomed, source="registered", now=acting.now)
        acting.record(Act.MEMBER_ADMIT, after={"people": added + welcomed, "seen": True})
    known = [row.person_id for row in there.values() if row.membership is not None]
    return Registration(added + welcomed, known)


def name_on_list(acting: Acting[Lab], newcomer: Newcomer) -> int:
    """Return the number of somebody on the list, put there if new, without membership. Flushes.

    The caller has asked the policy for the act this serves.

    Raises:
        Conflict: nobody said who it is of those who sound alike, or what tells a namesake apart.
    """
    queries.lock_people(acting.lab.id)
    (recognition,) = recognize([newcomer], lines.everybody(acting.lab.id), by_name=False)
    _require_clear(recognition)
    if recognition.person is not None:
        return recognition.person.person_id
    return _add(acting, [newcomer], is_adult=False)[0]


def require_told_apart(acting: Acting[Lab], newcomer: Newcomer, *, but: frozenset[int]) -> None:
    """Let pass somebody of whom it is said who they are, looking at no line of these.

    Raises:
        Conflict: nobody said who it is of those who sound alike, or what tells a namesake apart.
    """
    people = lines.everybody(acting.lab.id)
    _require_clear(recognize([newcomer], people, by_name=False, but=but)[0])


def sounds_alike(acting: Acting[Lab], newcomer: Newcomer, *, but: frozenset[int]) -> bool:
    """Tell whether somebody must be asked who this is, looking at no line of these."""
    people = lines.everybody(acting.lab.id)
    return recognize([newcomer], people, by_name=False, but=but)[0].is_open


def tell_apart(acting: Acting[Lab], *, person_id: int, known_as: str) -> None:
    """Say by which sector or nickname somebody on the list is told from a namesake. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: not on the list, or a namesake has that mark.
    """
    acting.require(Act.MEMBER_ADMIT)
    queries.lock_people(acting.lab.id)
    row = identity.line(acting.lab.id, person_id)
    if row is None:
        raise Conflict(_NOT_THERE)
    people = [one for one in lines.everybody(acting.lab.id) if one.line_id != row.line_id]
    others = {fold(one.known_as) for one in lines.namesakes(row.person.name, people)}
    if fold(known_as) in others:
        raise Conflict(_SAY_WHICH, name=row.person.name)
    row.known_as = known_as
    db.session.flush()
    acting.record(Act.MEMBER_ADMIT, after={"person": person_id, "told_apart": True})


def _require_clear(recognition: Recognition) -> None:
    newcomer = recognition.newcomer
    if newcomer.same_as is not None and recognition.person is None:
        raise Conflict(_NOT_THERE)
    if recognition.is_open:
        raise Conflict(_SAY_WHO, name=newcomer.name)
    if recognition.lacks_mark:
        raise Conflict(_SAY_WHICH, name=newcomer.name)


def _add(acting: Acting[Lab], newcomers: Sequence[Newcomer], *, is_adult: bool = True) -> list[int]:
    names = [newcomer.name for newcomer in newcomers]
    seen = Acting(None, acting.actor, acting.now)
    people = accounts.register_in_room(seen, names, is_adult=is_adult)
    numbers = [person.id for person in people]
    marks = {number: newcomer.known_as for number, newcomer in zip(numbers, newcomers, strict=True)}
    by = acting.actor.person_id
    listing.put_on_list(acting.lab.id, numbers, now=acting.now, by=by, known_as=marks)
    return numbers
