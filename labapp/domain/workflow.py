"""The steps between stages: one table that both shows what is missing and enforces it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from labapp.domain.errors import Blocked, mark
from labapp.domain.stage import OPEN, PATH, LabKind, Stage


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be known of a lab to judge a step. Counts of rows, never rows."""

    kind: LabKind = LabKind.NEW
    approved: bool = False
    in_comarca: bool = False
    authority_recorded: bool = False
    earlier_lab: bool = False
    earlier_problem: bool = False
    facilitators: int = 0
    problems_received: int = 0
    problems_published: int = 0
    problems_waiting: int = 0
    meetings_held: int = 0
    proposals_admitted: int = 0
    proposals_undecided: int = 0
    votes_open: int = 0
    votes_published: int = 0
    agreements_in_force: int = 0
    contributions_unanswered: int = 0
    problems_unanswered: int = 0
    proposals_unanswered: int = 0
    letters_unanswered: int = 0
    findings_open: int = 0
    milestones_unmet: int = 0
    reports_missing: int = 0
    review_validated: bool = False
    verdict_given: bool = False
    #: Where the lab stood when it was suspended or cancelled.
    left_from: Stage | None = None


class Way(StrEnum):
    """The direction of a step."""

    FORWARD = "forward"
    BACK = "back"
    ASIDE = "aside"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Need:
    """One condition of a step.

    Attributes:
        key: its name, stable, used when a lab closes "con pendientes".
        sentence: what to do, shown while it is unmet, for gettext.
        where: the page of the lab where it is done, relative to ``/labs/<slug>/``.
        met: reads the facts.
        count: how many are owed, shown beside the sentence; None where a number says nothing.
    """

    key: str
    sentence: str
    where: str
    met: Callable[[Facts], bool]
    count: Callable[[Facts], int] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A permitted move between two stages. ``reasoned`` steps demand a reason."""

    source: Stage
    target: Stage
    way: Way
    needs: tuple[Need, ...] = ()

    @property
    def reasoned(self) -> bool:
        """Whether the person who takes this step must say why."""
        return self.way is not Way.FORWARD


def _zero(key: str, sentence: str, where: str, count: Callable[[Facts], int]) -> Need:
    return Need(key, sentence, where, lambda f: count(f) == 0, count)


APPROVED = Need("approved", mark("ANTAI approves the lab."), "approval", lambda f: f.approved)
COMARCA = Need(
    "authority",
    mark("Record the agreement of the traditional authority."),
    "authority",
    lambda f: not f.in_comarca or f.authority_recorded,
)
EARLIER = Need(
    "earlier",
    mark("Name the earlier lab that this one follows up."),
    "earlier",
    lambda f: f.kind is not LabKind.FOLLOW_UP or f.earlier_lab,
)
IS_FOLLOW_UP = Need(
    "follow_up",
    mark("Only a follow-up lab may skip the call."),
    "edit",
    lambda f: f.kind is LabKind.FOLLOW_UP,
)
IS_UNDER_WAY = Need(
    "under_way",
    mark("Only a lab that starts from a project under way begins here."),
    "edit",
    lambda f: f.kind is LabKind.UNDER_WAY,
)
FACILITATED = Need(
    "facilitator", mark("Name a facilitator."), "people", lambda f: f.facilitators >= 1
)
RECEIVED = Need(
    "problems_received",
    mark("Receive at least one problem."),
    "problems/",
    lambda f: f.problems_received >= 1 or f.earlier_problem,
)
PUBLISHED = Need(
    "problems_published",
    mark("Publish at least one problem."),
    "problems/received/",
    lambda f: f.problems_published >= 1,
)
MODERATED = _zero(
    "problems_waiting",
    mark("Review the problems that are waiting."),
    "problems/received/",
    lambda f: f.problems_waiting,
)
MET = Need("meeting", mark("Hold one meeting."), "sessions/", lambda f: f.meetings_held >= 1)
ADMITTED = Need(
    "proposals_admitted",
    mark("Admit at least two proposals with their technical opinion."),
    "proposals/",
    lambda f: f.proposals_admitted >= 2,
)
DECIDED = _zero(
    "proposals_undecided",
    mark("Decide on the proposals that were sent."),
    "proposals/",
    lambda f: f.proposals_undecided,
)
VOTED = Need(
    "vote_published",
    mark("Close, count and publish a vote on the proposals."),
    "votes/",
    lambda f: f.votes_published >= 1,
)
NO_OPEN_VOTE = _zero(
    "votes_open", mark("Wait until the open vote has closed."), "votes/", lambda f: f.votes_open
)
AGREED = Need(
    "agreement",
    mark("Have one agreement accepted by its entity, with its steps."),
    "agreements/",
    lambda f: f.agreements_in_force >= 1,
)
VERDICT = Need(
    "verdict",
    mark("Say whether the earlier problem was solved."),
    "verdict",
    lambda f: f.kind is not LabKind.FOLLOW_UP or f.verdict_given,
)
CLOSING: tuple[Need, ...] = (
    _zero(
        "contributions_unanswered",
        mark("Answer every contribution."),
        "contributions/",
        lambda f: f.contributions_unanswered,
    ),
    _zero(
        "problems_unanswered",
        mark("Answer the problems that were not taken up."),
        "problems/",
        lambda f: f.problems_unanswered,
    ),
    _zero(
        "proposals_unanswered",
        mark("Answer the proposals that were not adopted."),
        "proposals/",
        lambda f: f.proposals_unanswered,
    ),
    _zero(
        "letters_unanswered",
        mark("Have every letter answered."),
        "letters/",
        lambda f: f.letters_unanswered,
    ),
    _zero(
        "findings_open",
        mark("Close the committee's findings."),
        "findings/",
        lambda f: f.findings_open,
    ),
    _zero(
        "milestones_unmet",
        mark("Have every step done and verified."),
        "agreements/",
        lambda f: f.milestones_unmet,
    ),
    _zero(
        "reports_missing",
        mark("Receive the final report of each work's committee."),
        "works/",
        lambda f: f.reports_missing,
    ),
    Need(
        "review",
        mark("Have ANTAI validate the last review."),
        "reviews/",
        lambda f: f.review_validated,
    ),
    VERDICT,
)
_READY = (APPROVED, COMARCA, EARLIER)


def _left(stage: Stage) -> Need:
    return Need(
        "left_from",
        mark("A lab goes back to the stage it left."),
        "stages/",
        lambda f: f.left_from is stage,
    )


_AWAY = (Stage.SUSPENDED, Stage.CANCELLED)
_FORWARD = (
    Step(Stage.PREPARATION, Stage.CALL, Way.FORWARD, _READY),
    Step(
        Stage.PREPARATION,
        Stage.DEFINITION,
        Way.FORWARD,
        (*_READY, IS_FOLLOW_UP, FACILITATED, RECEIVED),
    ),
    Step(Stage.PREPARATION, Stage.PROTOTYPE, Way.FORWARD, (*_READY, IS_UNDER_WAY, FACILITATED)),
    Step(Stage.CALL, Stage.DEFINITION, Way.FORWARD, (FACILITATED, RECEIVED)),
    Step(Stage.DEFINITION, Stage.IDEATION, Way.FORWARD, (PUBLISHED, MODERATED, MET)),
    Step(Stage.IDEATION, Stage.PRIORITIZATION, Way.FORWARD, (ADMITTED, DECIDED)),
    Step(Stage.PRIORITIZATION, Stage.PROTOTYPE, Way.FORWARD, (VOTED, NO_OPEN_VOTE)),
    Step(Stage.PROTOTYPE, Stage.FOLLOWUP, Way.FORWARD, (AGREED,)),
    Step(Stage.FOLLOWUP, Stage.CLOSED, Way.FORWARD, (NO_OPEN_VOTE, *CLOSING)),
)
_BACK = tuple(Step(there, here, Way.BACK, (NO_OPEN_VOTE,)) for here, there in pairwise(PATH[1:7]))
STEPS: tuple[Step, ...] = (
    *_FORWARD,
    *_BACK,
    *(Step(s, away, Way.ASIDE) for s in PATH[:7] for away in _AWAY),
    *(Step(away, s, Way.RETURN, (_left(s),)) for s in PATH[:7] for away in _AWAY),
    Step(Stage.CLOSED, Stage.FOLLOWUP, Way.RETURN),
)


def steps_from(stage: Stage) -> tuple[Step, ...]:
    """Return the steps that leave ``stage``, forward first."""
    return tuple(step for step in STEPS if step.source is stage)


def unmet_needs(step: Step, facts: Facts) -> tuple[Need, ...]:
    """Return the needs of the step that the facts do not meet; empty when it is open."""
    return tuple(need for need in step.needs if not need.met(facts))


def fits(step: Step, facts: Facts) -> bool:
    """Return whether this step concerns this kind of lab at all (a shortcut may not)."""
    shortcuts = (IS_FOLLOW_UP, IS_UNDER_WAY)
    return all(n.met(facts) for n in step.needs if n in shortcuts or n.key == "left_from")


def advance(
    stage: Stage, target: Stage, facts: Facts, *, excused: frozenset[str] = frozenset()
) -> Step:
    """Return the step from ``stage`` to ``target`` if it is permitted and open.

    Args:
        stage: where the lab stands.
        target: where it is to go.
        facts: read in the same transaction.
        excused: keys of closing needs that stay owed, each with its public reason; only the
            needs in ``CLOSING`` can be excused.

    Raises:
        Blocked: no such step, or a need is unmet and not excused.
    """
    excusable = {need.key for need in CLOSING} if stage in OPEN else set()
    for step in steps_from(stage):
        if step.target is target:
            left = [n for n in unmet_needs(step, facts) if n.key not in excused & excusable]
            if left:
                raise Blocked(left[0].sentence)
            return step
    raise Blocked(mark("A lab cannot go from there to here."))
