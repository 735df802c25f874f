"""Completion as Open Government Partnership codes it, and what must have been seen for each value.

Of the steps of the agreements in force, each with public evidence that stands and the yes of enough
people who do not carry it out (``domain.progress.Sight``), each value claims:

- complete: every step is seen done, to the last question;
- substantial: at least half of them by weight, each agreement weighing the same;
- limited: at least one question of one step.

A look that says NO supports none of them.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from labapp.domain.errors import Blocked, mark


class OgpCompletion(StrEnum):
    """Open Government Partnership's five values. "No evidence" is not "not started"."""

    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        """The words for this value, for gettext."""
        return _COMPLETION[self]

    @property
    def needs_evidence(self) -> bool:
        """Whether this value may only be given where there is evidence."""
        return self in (OgpCompletion.LIMITED, OgpCompletion.SUBSTANTIAL, OgpCompletion.COMPLETE)


_COMPLETION = {
    OgpCompletion.NO_EVIDENCE: mark("No evidence available"),
    OgpCompletion.NOT_STARTED: mark("Not started"),
    OgpCompletion.LIMITED: mark("Limited"),
    OgpCompletion.SUBSTANTIAL: mark("Substantial"),
    OgpCompletion.COMPLETE: mark("Complete"),
}


class IRM(StrEnum):
    """The independent mechanism's coding: a field of its own, never overwritten by ours."""

    PENDING = "pending"
    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        """The words for this value, for gettext."""
        return (
            mark("Pending IRM review") if self is IRM.PENDING else _COMPLETION[OgpCompletion(self)]
        )


@dataclass(frozen=True, slots=True)
class BackedStep:
    """What stands behind one step of an agreement in force.

    Attributes:
        agreement: the number of its agreement in the lab.
        position: its place in the agreement.
        weight: its share of the agreement.
        seen: the percent that counts of what others saw (``Sight.percent``).
        is_public: whether evidence that anyone can open stands.
    """

    agreement: int
    position: int
    weight: int
    seen: int = 0
    is_public: bool = False

    @property
    def backed(self) -> int:
        """The percent that may be claimed of it."""
        return self.seen if self.is_public else 0

    @property
    def name(self) -> str:
        """How a refusal calls it: agreement and step."""
        return f"{self.agreement}.{self.position}"


def highest(steps: Collection[BackedStep]) -> OgpCompletion | None:
    """Return the highest value that what was seen bears; None where it bears none."""
    if not any(step.backed for step in steps):
        return None
    shares = _shares_done(steps)
    if all(share == 1 for share in shares):
        return OgpCompletion.COMPLETE
    half = 2 * sum(shares) >= len(shares)
    return OgpCompletion.SUBSTANTIAL if half else OgpCompletion.LIMITED


def require_backed(value: OgpCompletion, steps: Collection[BackedStep]) -> None:
    """Let pass a value that what was seen bears.

    Raises:
        Blocked: limited, substantial or complete, and the steps do not bear it; it names those
            without public evidence, and those that too few people saw done.
    """
    if not value.needs_evidence:
        return
    best = highest(steps)
    if best is not None and _RANK[value] <= _RANK[best]:
        return
    if not steps:
        raise Blocked(mark("No agreement is in force: nothing can have been done of it."))
    unshown = ", ".join(step.name for step in steps if not step.is_public)
    unseen = ", ".join(step.name for step in steps if step.is_public and step.seen < 100)
    raise Blocked(_REFUSALS[value, bool(unshown), bool(unseen)], unshown=unshown, unseen=unseen)


def _shares_done(steps: Collection[BackedStep]) -> list[Fraction]:
    """Return of each agreement the share of its weight that was seen done."""
    whole: dict[int, int] = defaultdict(int)
    done: dict[int, int] = defaultdict(int)
    for step in steps:
        whole[step.agreement] += step.weight
        done[step.agreement] += step.weight if step.backed == 100 else 0
    return [Fraction(done[agreement], weight) for agreement, weight in whole.items()]


_RANK = {value: rank for rank, value in enumerate(OgpCompletion)}

_COMPLETE, _SUBSTANTIAL, _LIMITED = (
    OgpCompletion.COMPLETE,
    OgpCompletion.SUBSTANTIAL,
    OgpCompletion.LIMITED,
)
#: By the value asked for, and whether some step lacks public evidence, and the yes of enough.
_REFUSALS = {
    (_COMPLETE, True, True): mark(
        "“Complete” needs every step seen done. Without public evidence (agreement.step): "
        "%(unshown)s; not seen done by enough people: %(unseen)s."
    ),
    (_COMPLETE, True, False): mark(
        "“Complete” needs every step seen done. Without public evidence (agreement.step): "
        "%(unshown)s."
    ),
    (_COMPLETE, False, True): mark(
        "“Complete” needs every step seen done. Not seen done by enough people "
        "(agreement.step): %(unseen)s."
    ),
    (_SUBSTANTIAL, True, True): mark(
        "“Substantial” needs half of the steps, by weight, seen done. Without public evidence "
        "(agreement.step): %(unshown)s; not seen done by enough people: %(unseen)s."
    ),
    (_SUBSTANTIAL, True, False): mark(
        "“Substantial” needs half of the steps, by weight, seen done. Without public evidence "
        "(agreement.step): %(unshown)s."
    ),
    (_SUBSTANTIAL, False, True): mark(
        "“Substantial” needs half of the steps, by weight, seen done. Not seen done by enough "
        "people (agreement.step): %(unseen)s."
    ),
    (_LIMITED, True, True): mark(
        "“Limited” needs one step with public evidence and a yes of enough people. Without public "
        "evidence (agreement.step): %(unshown)s; without that yes: %(unseen)s."
    ),
    (_LIMITED, True, False): mark(
        "“Limited” needs one step with public evidence and a yes of enough people. Without public "
        "evidence (agreement.step): %(unshown)s."
    ),
    (_LIMITED, False, True): mark(
        "“Limited” needs one step with public evidence and a yes of enough people. Without that "
        "yes (agreement.step): %(unseen)s."
    ),
}
