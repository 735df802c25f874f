"""Gather, from every room, each thing that a lab owes: by its name, by whom, since when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from labapp.audits import queries as audits
from labapp.domain.duties import DutyKind
from labapp.domain.errors import mark
from labapp.domain.roles import Role
from labapp.domain.stage import LabKind
from labapp.followup import queries as followup
from labapp.labs.models import Lab
from labapp.problems import queries as problems
from labapp.proposals import queries as proposals
from labapp.review import queries as review
from labapp.sessions import queries as sessions
from labapp.thread.models import Duty, Thing
from labapp.thread.queries import duties

#: Who owes what no one else was asked for.
TEAM = Role.FACILITATOR.label
#: Who owes the final report of a work that nobody watches.
NO_COMMITTEE = mark("no committee was formed")
Duties = dict[tuple[int, DutyKind], Duty]


@dataclass(frozen=True, slots=True)
class OwedDebt:
    """One thing owed.

    Attributes:
        need: the key of the need of the close that it leaves unmet.
        thing: what is owed; None where it is of the whole lab.
        owed_by: a name, or the words of a role, for gettext.
        due_on: by what day; None where it has none.
    """

    need: str
    thing: Thing | None
    owed_by: str
    due_on: date | None = None

    @property
    def key(self) -> tuple[str, int | None]:
        """What tells it apart from every other of its lab."""
        return self.need, self.thing.id if self.thing else None


def gather(lab: Lab) -> list[OwedDebt]:
    """Return all that the lab owes now, in the order of the needs of its close.

    As many of each need as ``facts`` counts. A known number of statements, whatever is owed.
    """
    owed = duties.open_in(lab.id)
    return [*_answers(lab, owed), *_delivery(lab, owed), *_audit(lab, owed), *_whole(lab, owed)]


def _answers(lab: Lab, owed: Duties) -> Iterator[OwedDebt]:
    for need, things in (
        ("contributions_unanswered", sessions.unanswered_contributions(lab.id)),
        ("problems_unanswered", problems.unanswered_problems(lab.id)),
        ("proposals_unanswered", proposals.unanswered_proposals(lab.id)),
    ):
        for thing in things:
            yield _debt(need, thing, TEAM, owed.get((thing.id, DutyKind.RESPONSE)))


def _delivery(lab: Lab, owed: Duties) -> Iterator[OwedDebt]:
    for thing, name in followup.silent_letters(lab.id):
        yield _debt("letters_unanswered", thing, name, owed.get((thing.id, DutyKind.LETTER)))
    # A reply is the entity's; once it came, the committee's is to close what it found.
    for thing, committee in audits.open_findings(lab.id):
        yield _debt("findings_open", thing, committee, owed.get((thing.id, DutyKind.REPLY)))
    for thing, name in followup.unmet_steps(lab.id):
        yield _debt("milestones_unmet", thing, name, owed.get((thing.id, DutyKind.STEP)))


def _audit(lab: Lab, owed: Duties) -> Iterator[OwedDebt]:
    for work in audits.unreported_works(lab.id):
        duty = owed.get((work.committee_id, DutyKind.REPORT)) if work.committee_id else None
        yield _debt("reports_missing", work.thing, work.committee or NO_COMMITTEE, duty)


def _whole(lab: Lab, owed: Duties) -> Iterator[OwedDebt]:
    last = review.latest(lab.id)
    if last is None:
        yield OwedDebt("review", None, TEAM)
    elif last.validated_at is None:
        turn = owed.get((last.id, DutyKind.ANSWER)) or owed.get((last.id, DutyKind.REVIEW))
        yield _debt("review", last.thing, TEAM, turn)
    if lab.kind is LabKind.FOLLOW_UP and lab.verdict_at is None:
        yield OwedDebt("verdict", None, TEAM)


def _debt(need: str, thing: Thing, otherwise: str, duty: Duty | None) -> OwedDebt:
    if duty is None:
        return OwedDebt(need, thing, otherwise)
    return OwedDebt(need, thing, duty.owed_by, duty.due_on)
