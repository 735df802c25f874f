"""Close a lab with things still owed: its facilitator asks, somebody of ANTAI agrees or not."""

from collections.abc import Mapping

from sqlalchemy import insert, select

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied, mark
from labapp.domain.policy import Act
from labapp.domain.stage import Stage
from labapp.domain.workflow import CLOSING, Need, advance, unmet_needs
from labapp.labs.models import Lab
from labapp.labs.queries import identity
from labapp.record.acting import Acting
from labapp.stages import debts, queries
from labapp.stages.debts import OwedDebt
from labapp.stages.facts import gather
from labapp.stages.models import ClosingDebt, ClosingRequest
from labapp.stages.service import pass_on, require_unmoved

_EXCUSED = frozenset(need.key for need in CLOSING)
_DECIDED = mark("This was decided or taken back already.")


def ask(acting: Acting[Lab], *, reason: str, own: Mapping[str, str]) -> ClosingRequest:
    """Ask to close the lab with all that it owes now, each thing named, in public. Flushes.

    Args:
        acting: a facilitator.
        reason: why the lab closes without it; for all, save where one of ``own`` stands.
        own: by key of a need, why it closes without what leaves that one unmet.

    Raises:
        Denied: wrong role or stage.
        Blocked: a need that nothing excuses is unmet, an open vote for example.
        Conflict: nothing is owed, a reason is missing, or it was asked and waits.
    """
    acting.require(Act.CLOSE_ASK)
    require_unmoved(acting.lab, acting.lab.stage)
    owed = _owed(acting.lab)
    if not owed:
        raise Conflict(mark("Nothing is owed: the lab can close."))
    if queries.waiting_request(acting.lab.id) is not None:
        raise Conflict(mark("This was asked already, and waits for ANTAI."))
    reasons = [own.get(debt.need, "") or reason for debt in owed]
    if not all(reasons):
        raise Conflict(mark("Say why the lab closes without it."), field="reason")
    request = ClosingRequest(
        lab_id=acting.lab.id,
        reason=reason,
        asked_at=acting.now,
        asked_by_id=acting.actor.person_id,
    )
    db.session.add(request)
    db.session.flush()
    rows = [
        {
            "lab_id": acting.lab.id,
            "request_id": request.id,
            "need": debt.need,
            "thing_id": debt.thing.id if debt.thing else None,
            "owed_by": debt.owed_by,
            "due_on": debt.due_on,
            "reason": why,
        }
        for debt, why in zip(owed, reasons, strict=True)
    ]
    # All in one statement, however many they are.
    db.session.execute(insert(ClosingDebt), rows)
    acting.record(Act.CLOSE_ASK, after={"owed": _named(owed)}, reason=reason)
    return request


def withdraw(acting: Acting[Lab], request: ClosingRequest) -> None:
    """Take back what was asked, while it waits. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: it was decided or taken back already.
    """
    acting.require(Act.CLOSE_WITHDRAW)
    _hold(request).withdrawn_at = acting.now
    db.session.flush()
    acting.record(Act.CLOSE_WITHDRAW)


def agree(acting: Acting[Lab], request: ClosingRequest) -> None:
    """Close the lab with what is owed still of what was asked, and not what was paid. Flushes.

    Raises:
        Denied: wrong role or stage, takes part in the lab, or is whoever asked.
        Blocked: something is owed that was not asked, or an unmet need is excused by nothing.
        Conflict: it was decided or taken back already.
    """
    acting.require(Act.CLOSE_SIGN)
    source = acting.lab.stage
    require_unmoved(acting.lab, source)
    waiting = _hold(request)
    _require_second(acting, waiting)
    owed = {debt.key: debt for debt in _owed(acting.lab)}
    asked = {(row.need, row.thing_id): row for row in queries.debts_of(waiting.id)}
    if owed.keys() - asked.keys():
        raise Blocked(mark("Something else is owed by now: the lab must ask again."))
    for key, debt in owed.items():
        row = asked[key]
        row.owed_by, row.due_on, row.closed_at = debt.owed_by, debt.due_on, acting.now
        row.paid_on = None
    waiting.decided_at, waiting.decided_by_id = acting.now, acting.actor.person_id
    waiting.agreed = True
    db.session.flush()
    pass_on(acting, source=source, target=Stage.CLOSED, pending=bool(owed))
    acting.record(
        Act.CLOSE_SIGN,
        before={"stage": source.value},
        after={
            "agreed": True,
            "stage": Stage.CLOSED.value,
            "owed": _named(list(owed.values())),
        },
    )


def refuse(acting: Acting[Lab], request: ClosingRequest, *, reason: str) -> None:
    """Refuse that the lab closes with what is owed; it stays where it is. Flushes.

    Args:
        acting: a reviewer who takes no part in the lab.
        request: that waits.
        reason: why not, published.

    Raises:
        Denied: wrong role or stage, takes part in the lab, or is whoever asked.
        Conflict: no reason, or it was decided or taken back already.
    """
    acting.require(Act.CLOSE_SIGN)
    require_unmoved(acting.lab, acting.lab.stage)
    waiting = _hold(request)
    _require_second(acting, waiting)
    if not reason:
        raise Conflict(mark("Say why. The reason is published."))
    waiting.decided_at, waiting.decided_by_id = acting.now, acting.actor.person_id
    waiting.agreed, waiting.refusal = False, reason
    db.session.flush()
    acting.record(Act.CLOSE_SIGN, after={"agreed": False}, reason=reason)


def _owed(lab: Lab) -> list[OwedDebt]:
    """Return what leaves the lab's close unmet; each unmet need has at least one debt.

    Raises:
        Blocked: there is no such step, or a need that nothing excuses is unmet.
    """
    facts = gather(lab)
    step = advance(lab.stage, Stage.CLOSED, facts, excused=_EXCUSED)
    found = debts.gather(lab)
    named = {debt.need for debt in found}
    unmet: list[Need] = [n for n in unmet_needs(step, facts) if n.key not in named]
    return [*found, *(OwedDebt(need.key, None, debts.TEAM) for need in unmet)]


def _hold(request: ClosingRequest) -> ClosingRequest:
    """Return the request as it stands now, held, if it waits.

    Raises:
        Conflict: it does not.
    """
    held = db.session.scalars(
        select(ClosingRequest)
        .where(ClosingRequest.id == request.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if not held.waits:
        raise Conflict(_DECIDED)
    return held


def _require_second(acting: Acting[Lab], request: ClosingRequest) -> None:
    """Raise Denied where whoever decides is whoever asked, by another of their numbers."""
    if identity.are_one(request.asked_by_id, acting.actor.person_id, acting.lab.id):
        raise Denied(mark("Whoever asked does not decide: somebody else of ANTAI must."))


def _named(owed: list[OwedDebt]) -> list[dict[str, int | str | None]]:
    """Return debts as the record keeps them."""
    return [{"need": debt.need, "thing": debt.key[1], "owed_by": debt.owed_by} for debt in owed]
