"""Recognize who is on the list already among names typed by hand, and whom to ask about."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from labapp.domain.folding import fold
from labapp.labs.likeness import skeleton
from labapp.labs.queries import lines
from labapp.labs.queries.lines import ListedPerson


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whose name is typed, and what was said of who they are.

    Attributes:
        name: as typed.
        known_as: the sector or nickname that tells them from a namesake; may be empty.
        same_as: the number of somebody on the list who they are; None where nobody said so.
        is_other: whether it was said that they are none of those who sound alike.
    """

    name: str
    known_as: str = ""
    same_as: int | None = None
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the list says of a newcomer.

    Attributes:
        person: somebody on the list who this is; None where they are new, or nobody said.
        alike: who sounds like them, the likest first.
        namesakes: those of them who are written the same.
    """

    newcomer: Newcomer
    person: ListedPerson | None = None
    alike: Sequence[ListedPerson] = ()
    namesakes: Sequence[ListedPerson] = field(default=())

    @property
    def is_open(self) -> bool:
        """Whether somebody must say who this is."""
        there = bool(self.alike or self.namesakes)
        return self.person is None and there and not self.newcomer.is_other

    @property
    def lacks_mark(self) -> bool:
        """Whether this is another person of the same name whom nothing tells apart."""
        is_another = self.person is None and self.newcomer.is_other and bool(self.namesakes)
        marks = {fold(row.known_as) for row in self.namesakes} | {""}
        return is_another and fold(self.newcomer.known_as) in marks


def recognize(
    newcomers: Iterable[Newcomer],
    people: Sequence[ListedPerson],
    *,
    by_name: bool,
    but: Collection[int] = (),
) -> list[Recognition]:
    """Return what the list says of each newcomer, in their order. Runs no statement.

    Args:
        newcomers: as typed.
        people: as ``lines.everybody`` returns them.
        by_name: whether a member of that very name, the only one, is taken for the one meant.
        but: lines that are not looked at.
    """
    others = [row for row in people if row.line_id not in but]
    return [_recognized(newcomer, others, by_name=by_name) for newcomer in newcomers]


def _recognized(
    newcomer: Newcomer, people: Sequence[ListedPerson], *, by_name: bool
) -> Recognition:
    alike = lines.alike(newcomer.name, people)
    namesakes = lines.namesakes(newcomer.name, people)
    if newcomer.same_as is not None:
        person = next((row for row in people if row.person_id == newcomer.same_as), None)
        return Recognition(newcomer, person, alike, namesakes)
    person = None if newcomer.is_other else _meant(newcomer, namesakes, by_name=by_name)
    return Recognition(newcomer, person, alike, namesakes)


def _meant(
    newcomer: Newcomer, namesakes: Sequence[ListedPerson], *, by_name: bool
) -> ListedPerson | None:
    """Return the one person that a name and its mark can only mean, or None."""
    if newcomer.known_as:
        meant = [row for row in namesakes if fold(row.known_as) == fold(newcomer.known_as)]
    else:
        meant = [row for row in namesakes if by_name and row.membership]
        if len({row.line_id for row in namesakes}) > 1:
            return None
    return meant[0] if len({row.line_id for row in meant}) == 1 else None


def twice(newcomers: Sequence[Newcomer]) -> list[str]:
    """Return the names typed more than once that nothing tells apart."""
    names = [" ".join(sorted(skeleton(each.name).split())) for each in newcomers]
    whole = [(name, fold(each.known_as)) for name, each in zip(names, newcomers, strict=True)]
    return [
        each.name
        for place, each in enumerate(newcomers)
        if names[place] in names[:place]
        and (
            whole[place] in whole[:place]
            or not each.known_as
            or (names[place], "") in whole[:place]
        )
    ]
