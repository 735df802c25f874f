"""Move a lab from one stage to another: the only writer of where it stands."""

from sqlalchemy import select, update

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, mark
from labapp.domain.policy import Act, Role
from labapp.domain.stage import LabKind, Stage
from labapp.domain.workflow import Step, Way, advance
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.stages.facts import gather
from labapp.stages.models import ClosingRequest
from labapp.thread.models import Thing

ACTS: dict[Way, Act] = {
    Way.FORWARD: Act.LAB_MOVE,
    Way.BACK: Act.LAB_MOVE,
    Way.ASIDE: Act.LAB_STOP,
    Way.RETURN: Act.LAB_REOPEN,
}
_AWAY = frozenset({Stage.SUSPENDED, Stage.CANCELLED})


def move(acting: Acting[Lab], *, target: Stage, reason: str = "") -> Step:
    """Move the lab to another stage, if the table allows it. Flushes.

    With things owed a lab closes by ``closing`` alone. What it asked there and waits is taken back.

    Args:
        acting: who moves it; the lab as it was read in this request; where it stood then is where
            it leaves from.
        target: where to.
        reason: obligatory save for a step forward; published.

    Returns:
        The step taken.

    Raises:
        Denied: this person may not, at this stage.
        Blocked: there is no such step, a need is not met, or a facilitator stops it
            while a vote is open, or cancels it while an entity owes it something.
        Conflict: a reason is missing, or somebody else moved the lab first.
    """
    source = acting.lab.stage
    acting.require(act_of(source, target))
    require_unmoved(acting.lab, source)
    facts = gather(acting.lab)
    step = advance(source, target, facts)
    owed = facts.letters_unanswered or facts.milestones_unmet or facts.findings_open
    if target is Stage.CANCELLED and owed and Role.REVIEWER not in acting.actor.roles:
        raise Blocked(
            mark("Entities owe this lab: ANTAI cancels it, or it closes with things owed.")
        )
    if target in _AWAY and facts.votes_open and Role.REVIEWER not in acting.actor.roles:
        raise Blocked(mark("A vote is open: until it closes only ANTAI may stop the lab."))
    if step.reasoned and not reason:
        raise Conflict(mark("Say why. The reason is published."))
    pass_on(acting, source=source, target=target)
    acting.record(
        ACTS[step.way],
        before={"stage": source.value},
        after={"stage": target.value},
        reason=reason,
    )
    db.session.flush()
    return step


def pass_on(acting: Acting[Lab], *, source: Stage, target: Stage, pending: bool = False) -> None:
    """Have the lab stand at another stage; whoever calls has asked the table, and records. Flushes.

    Args:
        acting: who moves it.
        source: where it stood when it was read.
        target: where to.
        pending: whether it closes with things owed.

    Raises:
        Conflict: somebody else moved the lab first.
    """
    moved = db.session.execute(
        update(Lab)
        .where(Lab.id == acting.lab.id, Lab.stage == source)
        .values(
            stage=target,
            stage_since=acting.now,
            left_from=source if target in _AWAY else None,
            pending=pending,
        )
        .returning(Lab.id)
    ).first()
    if moved is None:
        raise Conflict(_MOVED)
    db.session.refresh(acting.lab)
    db.session.execute(
        update(ClosingRequest)
        .where(
            ClosingRequest.lab_id == acting.lab.id,
            ClosingRequest.withdrawn_at.is_(None),
            ClosingRequest.decided_at.is_(None),
        )
        .values(withdrawn_at=acting.now)
    )


def name_earlier(acting: Acting[Lab], *, earlier: Lab, problem: Thing | None) -> None:
    """Name the lab that this one follows up, and which of its problems. Flushes.

    Raises:
        Conflict: this lab follows up no other, has begun, or names itself or a problem that
            is not of the earlier lab.
    """
    acting.require(Act.LAB_EDIT)
    if acting.lab.kind is not LabKind.FOLLOW_UP:
        raise Conflict(mark("Only a follow-up lab names an earlier lab."))
    if acting.lab.stage is not Stage.PREPARATION:
        raise Conflict(mark("The earlier lab can only be changed before this one begins."))
    if earlier.id == acting.lab.id or (problem is not None and problem.lab_id != earlier.id):
        raise Conflict(mark("That is not an earlier lab, or not a problem of it."))
    acting.lab.earlier_lab_id = earlier.id
    acting.lab.earlier_problem_id = problem.id if problem is not None else None
    after = {
        "earlier_lab": acting.lab.earlier_lab_id,
        "earlier_problem": acting.lab.earlier_problem_id,
    }
    acting.record(Act.LAB_EDIT, after=after)
    db.session.flush()


def act_of(source: Stage, target: Stage) -> Act:
    """Return the act that a move between two stages is, whether or not the table allows it."""
    if target in _AWAY:
        return Act.LAB_STOP
    return Act.LAB_REOPEN if source in _AWAY | {Stage.CLOSED} else Act.LAB_MOVE


_MOVED = mark("Somebody moved this lab at the same moment. Look again.")


def require_unmoved(lab: Lab, source: Stage) -> None:
    """Hold the lab's row, so that what is gathered stays true until the move.

    Raises:
        Conflict: somebody else moved it.
    """
    here = db.session.scalar(select(Lab.stage).where(Lab.id == lab.id).with_for_update())
    if here is not source:
        raise Conflict(_MOVED)
