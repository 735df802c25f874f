"""Write what is said in meetings, one contribution a line: noted, corrected, divided, withdrawn."""

from collections.abc import Sequence
from datetime import datetime

from labapp.db import db
from labapp.domain.clocks import calendar_due
from labapp.domain.contribution import ContributionState
from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.moderation import service as moderation
from labapp.record.acting import Acting
from labapp.sessions import queries
from labapp.sessions.models import Contribution, ContributionVersion, Meeting
from labapp.sessions.service import joining
from labapp.sessions.service.joining import owe_answer
from labapp.sessions.service.lock import hold, require_open, require_state
from labapp.thread import service as thread

#: The fewest parts of what is divided.
_PARTS = 2


def note(
    acting: Acting[Lab], *, meeting: Meeting, lines: Sequence[str], due_days: int
) -> list[Contribution]:
    """Note what was said: each line is a contribution with its number, and an answer is owed.

    Args:
        acting: a facilitator of the lab.
        meeting: begun and not closed.
        lines: one contribution each, in the order said, none empty.
        due_days: calendar days in which each must be answered.

    Returns:
        The contributions, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: the meeting has not begun, or is closed.
    """
    acting.require(Act.CONTRIBUTION_NOTE)
    require_open(meeting)
    due_on = calendar_due(local_day(acting.now), due_days)
    noted = []
    for line in lines:
        contribution = add_contribution(meeting, line, acting.now)
        owe_answer(contribution, due_on)
        acting.record(Act.CONTRIBUTION_NOTE, contribution.id, after={})
        noted.append(contribution)
    return noted


def edit(
    acting: Acting[Lab], *, contribution: Contribution, base: int, text: str, why: str
) -> None:
    """Correct the words of a contribution; the former ones stay, and everybody reads them.

    An answer already given stands: its page says that it came before. Flushes.

    Args:
        acting: a facilitator of the lab.
        contribution: of this lab, its meeting open or closed; not withdrawn.
        base: the version that was on the screen.
        text: what was said, not empty; another text than the one that stands.
        why: why it is corrected; published.

    Raises:
        Denied: wrong role or stage.
        Conflict: it was withdrawn, says that already, or was corrected by somebody meanwhile.
    """
    acting.require(Act.CONTRIBUTION_EDIT)
    _take(acting, contribution, ContributionState.NOTED, ContributionState.JOINED)
    _require_untouched(contribution)
    _require_base(contribution, base)
    if text == contribution.text:
        raise Conflict(mark("It says that already."))
    _rewrite(acting, contribution, text, why)
    after = {"version": contribution.version}
    acting.record(
        Act.CONTRIBUTION_EDIT, contribution.id, before={"version": base}, after=after, reason=why
    )


def divide(
    acting: Acting[Lab], *, contribution: Contribution, base: int, lines: Sequence[str]
) -> list[Contribution]:
    """Divide a contribution that says several things.

    The first part keeps number, answer, clock, and all that came from it; each of the others gets
    a number, descends from it, was said in the same meeting at the same instant by the same
    sector, and is owed an answer by the same day.

    Args:
        acting: a facilitator of the lab.
        contribution: of this lab, neither joined with another nor withdrawn.
        base: the version that was on the screen.
        lines: two parts or more, none empty, the first of them not all that it says now.

    Returns:
        The new parts, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: it was joined, withdrawn or corrected meanwhile, or the first part says it all.
    """
    acting.require(Act.CONTRIBUTION_DIVIDE)
    _take(acting, contribution, ContributionState.NOTED)
    _require_untouched(contribution)
    _require_base(contribution, base)
    if len(lines) < _PARTS or lines[0] == contribution.text:
        raise Conflict(mark("Write each part in a line of its own, the first of them too."))
    _rewrite(acting, contribution, lines[0], "")
    parts = [_part(acting, contribution, line) for line in lines[1:]]
    numbers = [part.thing.number for part in parts]
    acting.record(
        Act.CONTRIBUTION_DIVIDE,
        contribution.id,
        before={"version": base},
        after={"version": contribution.version, "parts": numbers},
    )
    return parts


def withdraw(acting: Acting[Lab], *, contribution: Contribution, notice: str) -> None:
    """Take away the words of a contribution, because whoever said it asks so. Flushes.

    Number and count stay, and so does an answer already given; none is owed any more. What came
    from it stays. Others that were joined with it come apart from it, unless it was answered:
    each is owed its own answer again.

    Args:
        acting: a facilitator of the lab, to whom whoever said it spoke.
        contribution: of this lab, not withdrawn.
        notice: what stands in the place of its words.

    Raises:
        Denied: wrong role or stage.
        Conflict: it was withdrawn already.
    """
    acting.require(Act.CONTRIBUTION_WITHDRAW)
    hold([contribution, *queries.alike(contribution.id)])
    _take(acting, contribution, ContributionState.NOTED, ContributionState.JOINED)
    before = contribution.state
    joining.leave(acting, contribution)
    due = queries.dues([contribution.id]).get(contribution.id)
    contribution.withdrawn_at = acting.now
    contribution.owed_on = due.due_on if due is not None and due.met_on is None else None
    thread.waive(contribution.id, DutyKind.RESPONSE, local_day(acting.now))
    thread.copy_state(contribution.thing, state=contribution.state)
    moderation.withdraw(acting, thing=contribution.thing, notice=notice)
    acting.record(
        Act.CONTRIBUTION_WITHDRAW,
        contribution.id,
        before={"state": before.value},
        after={"state": contribution.state.value},
    )


def stand_again(thing_id: int, now: datetime) -> None:
    """Have a withdrawn contribution stand again, whose words an appeal put back. Flushes.

    Args:
        thing_id: any thing of which something was taken away or put back.
        now: not used: the day its answer is due is the one it had.
    """
    contribution = db.session.get(Contribution, thing_id)
    if contribution is None or contribution.withdrawn_at is None or contribution.thing.is_hidden:
        return
    owed_on = contribution.owed_on
    contribution.withdrawn_at = contribution.owed_on = None
    db.session.flush()
    if owed_on is not None:
        owe_answer(contribution, owed_on)
    thread.copy_state(contribution.thing, state=contribution.state)


def add_contribution(meeting: Meeting, text: str, now: datetime) -> Contribution:
    """Add one thing said in a meeting of a lab or a plan, on the thread below it. Flushes."""
    added = thread.add(
        Kind.CONTRIBUTION,
        title=text,
        state=ContributionState.NOTED,
        lab_id=meeting.thing.lab_id,
        plan_id=meeting.thing.plan_id,
        published_at=now,
    )
    contribution = Contribution(
        id=added.id, thing=added, meeting_id=meeting.id, text=text, noted_at=now
    )
    db.session.add(contribution)
    thread.descend(contribution.id, meeting.id, DescentKind.SAID_IN)
    return contribution


def _take(acting: Acting[Lab], contribution: Contribution, *states: ContributionState) -> None:
    hold([contribution])
    require_state(contribution, acting.lab.id, *states)


def _require_untouched(contribution: Contribution) -> None:
    """Refuse that the team writes over words that were taken away: the appeal speaks of them."""
    if contribution.thing.removed_at is not None:
        raise Conflict(mark("Words of it were taken away: nobody changes it while they are."))


def _require_base(contribution: Contribution, base: int) -> None:
    if base != contribution.version:
        sentence = mark("Somebody changed it meanwhile. Look at what it says now.")
        raise Conflict(sentence, version=str(contribution.version))


def _rewrite(acting: Acting[Lab], contribution: Contribution, text: str, why: str) -> None:
    """Put other words in the place of those that stand, and keep these."""
    former = ContributionVersion(
        contribution_id=contribution.id,
        number=contribution.version,
        text=contribution.text,
        why=why,
        replaced_at=acting.now,
        role=acting.actor.speaks_as,
    )
    db.session.add(former)
    contribution.text, contribution.version = text, contribution.version + 1
    thread.copy_state(contribution.thing, state=contribution.state, title=contribution.text)


def _part(acting: Acting[Lab], whole: Contribution, line: str) -> Contribution:
    """Add a part of a contribution, as it would stand had it been noted apart."""
    part = add_contribution(whole.meeting, line, whole.noted_at)
    part.sector = whole.sector
    thread.descend(part.id, whole.id, DescentKind.DIVIDED_FROM)
    if (due := queries.dues([whole.id]).get(whole.id)) is not None:
        owe_answer(part, due.due_on)
    acting.record(Act.CONTRIBUTION_NOTE, part.id, after={"from": whole.thing.number})
    return part
