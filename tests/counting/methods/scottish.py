"""A Scottish count done again, paper by paper, as its law is written, and in no other way ours.

The Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52.
"""

from collections.abc import Iterable, Iterator
from decimal import ROUND_DOWN, Decimal, localcontext
from typing import NamedTuple

PLACES = Decimal("0.00001")


class Drawn(Exception):  # noqa: N818  # the law says: by lot
    """Candidates were equal at all stages: the returning officer decides by lot."""


class Told(NamedTuple):
    """A stage: the votes credited to who is not excluded, and who is deemed elected in it."""

    credited: dict[str, Decimal]
    elected: tuple[str, ...]


class Paper:
    """One ballot paper: the preferences on it, its value, and the candidate who has it."""

    def __init__(self, preferences: str) -> None:
        self.preferences = preferences
        self.value = Decimal(1)
        self.holder: str | None = None


class Officer:
    """The returning officer, with the papers on the table."""

    def __init__(self, candidates: Iterable[str], papers: list[str], vacancies: int) -> None:
        self.vacancies = vacancies
        self.status = dict.fromkeys(candidates, "continuing")
        self.papers = [Paper(preferences) for preferences in papers if preferences]
        self.credited = dict.fromkeys(self.status, Decimal(0))
        self.quota = len(self.papers) // (vacancies + 1) + 1  # rule 46
        self.stages: list[Told] = []

    def who(self, status: str) -> list[str]:
        return [each for each, has in self.status.items() if has == status]

    def hand_on(self, paper: Paper) -> None:
        """Transfer a paper to the continuing candidate of the next available preference."""
        available = [each for each in paper.preferences if self.status[each] == "continuing"]
        paper.holder = available[0] if available else None
        if paper.holder:
            self.credited[paper.holder] += paper.value

    def apart(self, equals: list[str], *, highest: bool) -> str:
        """Choose by the most recent preceding stage at which they were unequal: 49(2), 51(2)."""
        for stage in reversed(self.stages):
            counts = [stage.credited[each] for each in equals]
            mark = max(counts) if highest else min(counts)
            equals = [each for each in equals if stage.credited[each] == mark]
        if len(equals) > 1:
            raise Drawn
        return equals[0]

    def end_stage(self) -> None:
        standing = {c: v for c, v in self.credited.items() if self.status[c] != "excluded"}
        self.stages.append(Told(standing, ()))
        reached = [c for c in self.who("continuing") if self.credited[c] >= self.quota]  # rule 47
        places = self.vacancies - len(self.who("elected")) - len(self.who("to transfer"))
        elected = list(self.in_order(reached))
        for each in elected:
            over = self.credited[each] > self.quota
            self.status[each] = "to transfer" if over else "elected"
        if len(self.who("continuing")) == places - len(elected):  # rule 52
            rest = list(self.in_order(self.who("continuing")))
            elected.extend(rest)
            self.status.update(dict.fromkeys(rest, "elected"))
        self.stages[-1] = Told(standing, tuple(elected))

    def in_order(self, candidates: list[str]) -> Iterator[str]:
        left = list(candidates)
        while left:
            most = max(self.credited[each] for each in left)
            first = self.apart([c for c in left if self.credited[c] == most], highest=True)
            yield first
            left.remove(first)

    def transfer(self) -> None:
        """Rules 48 and 49."""
        waiting = self.who("to transfer")
        most = max(self.credited[each] for each in waiting)
        one = self.apart([c for c in waiting if self.credited[c] == most], highest=True)
        self.status[one] = "elected"
        for paper in [paper for paper in self.papers if paper.holder == one]:
            exact = (most - self.quota) * paper.value / most
            paper.value = exact.quantize(PLACES, ROUND_DOWN)
            self.hand_on(paper)
        self.credited[one] = Decimal(self.quota)

    def exclude(self) -> None:
        """Rules 50 and 51."""
        lowest = min(self.credited[each] for each in self.who("continuing"))
        tied = [c for c in self.who("continuing") if self.credited[c] == lowest]
        one = self.apart(tied, highest=False)
        self.status[one] = "excluded"
        for paper in [paper for paper in self.papers if paper.holder == one]:
            self.hand_on(paper)


def recount(candidates: Iterable[str], papers: list[str], vacancies: int) -> list[Told]:
    """Return the stages of a count of more candidates than vacancies.

    Raises:
        Drawn: a lot is needed, or would be if the order of those elected mattered.
    """
    with localcontext() as exact:
        exact.prec = 60
        officer = Officer(candidates, papers, vacancies)
        for paper in officer.papers:  # rule 45
            officer.hand_on(paper)
        officer.end_stage()
        while sum(len(stage.elected) for stage in officer.stages) < vacancies:
            if officer.who("to transfer"):
                officer.transfer()
            else:
                officer.exclude()
            officer.end_stage()
        return officer.stages
