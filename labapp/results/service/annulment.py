"""Write how a vote is annulled: one not opened by its facilitator, an opened one by ANTAI too.

While a request waits the vote goes on: people vote, it closes at its hour, its box is shuffled.
Only its result is not published before ANTAI has answered, or its term has passed.
"""

from datetime import datetime, timedelta

from labapp.db import db
from labapp.domain.duties import SITE_TERM, DutyKind
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Role
from labapp.domain.roles import CLOCK, LACKING, Relation
from labapp.labs.models import Lab
from labapp.labs.queries import identity
from labapp.record.acting import Acting
from labapp.results.models import AnnulmentRequest
from labapp.results.queries import annulments
from labapp.results.service import shuffle
from labapp.thread import service as thread
from labapp.voting import queries
from labapp.voting.models import Vote
from labapp.voting.service import objections

_ENDED = mark("This vote has ended.")


def annul(acting: Acting[Lab], vote: Vote, *, reason: str) -> None:
    """Annul a vote that has not opened, for a public reason. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: it was opened, or annulled already.
    """
    acting.require(Act.VOTE_ANNUL)
    vote = queries.lock_vote(vote.id)
    if vote.has_ended:
        raise Conflict(_ENDED)
    if vote.opened_at is not None:
        raise Conflict(mark("This vote was opened: ask for its annulment, and ANTAI answers."))
    _annul(acting, vote, reason)


def ask(acting: Acting[Lab], vote: Vote, *, reason: str, days: int) -> AnnulmentRequest:
    """Ask ANTAI to agree that a vote that was opened is annulled. Flushes.

    Args:
        acting: a facilitator.
        vote: opened, and not ended.
        reason: why; everybody reads it.
        days: calendar days in which ANTAI answers.

    Raises:
        Denied: wrong role or stage.
        Conflict: not opened, ended, a request waits, or one was answered after the close.
    """
    acting.require(Act.ANNULMENT_ASK)
    vote = queries.lock_vote(vote.id)
    if vote.has_ended:
        raise Conflict(_ENDED)
    if vote.opened_at is None:
        raise Conflict(mark("This vote has not opened yet."))
    if annulments.waiting(vote.id) is not None:
        raise Conflict(mark("It was asked already: ANTAI has it."))
    if vote.closed_at is not None and annulments.asked_since(vote.id, vote.closed_at):
        raise Conflict(mark("After the close it is asked once: the answer stands."))
    row = AnnulmentRequest(
        vote_id=vote.id,
        reason=reason,
        asked_at=acting.now,
        asked_by_id=acting.actor.person_id,
        due_at=acting.now + timedelta(days=days),
    )
    db.session.add(row)
    db.session.flush()
    thread.owe(
        vote.thing,
        DutyKind.ANNULMENT,
        owed_by=Role.REVIEWER.label,
        due_on=local_day(row.due_at),
        basis=SITE_TERM,
    )
    acting.record(Act.ANNULMENT_ASK, vote.id, reason=reason)
    return row


def answer(acting: Acting[Lab], vote: Vote, *, agreed: bool, words: str) -> None:
    """Answer, as ANTAI, whether an opened vote is annulled; its ballots are then never counted.

    Flushes.

    Args:
        acting: a reviewer who neither asked nor has or had a part in the lab.
        vote: of which a request waits.
        agreed: whether it is annulled; otherwise it goes on.
        words: why; everybody reads it.

    Raises:
        Denied: wrong role, or not independent of the lab or of who asked.
        Conflict: nothing waits for an answer.
    """
    acting.require(Act.ANNULMENT_ANSWER)
    vote = queries.lock_vote(vote.id)
    row = annulments.waiting(vote.id)
    if row is None or vote.has_ended:
        raise Conflict(mark("Nobody asks to annul this vote, or it was answered."))
    if identity.are_one(row.asked_by_id, acting.actor.person_id, acting.lab.id):
        raise Denied(LACKING[Relation.NOT_OWN_LAB])
    row.answered_at, row.agreed, row.answer = acting.now, agreed, words
    row.answered_by_id = acting.actor.person_id
    db.session.flush()
    thread.settle(vote.id, DutyKind.ANNULMENT, local_day(acting.now))
    acting.record(Act.ANNULMENT_ANSWER, vote.id, after={"agreed": agreed}, reason=words)
    if agreed:
        _annul(acting, vote, row.reason)


def lapse_due(now: datetime) -> int:
    """Let votes go on of which ANTAI was silent for its whole term; return how many. Flushes."""
    rows = annulments.requests_past_term(now)
    for row in rows:
        vote = queries.lock_vote(row.vote_id)
        row.answered_at, row.agreed = now, False
        thread.settle(vote.id, DutyKind.ANNULMENT, local_day(now))
        Acting(queries.lab_of(vote), CLOCK, now).record(Act.ANNULMENT_LAPSE, vote.id)
    db.session.flush()
    return len(rows)


def _annul(acting: Acting[Lab], vote: Vote, reason: str) -> None:
    if vote.opened_at is not None:
        shuffle.part(db.session.connection(), vote.id)
    vote.annulled_at, vote.annulled_why = acting.now, reason
    if vote.awaits_close:
        vote.closed_at = acting.now
    thread.copy_state(vote.thing, state=vote.state(acting.now))
    objections.waive(vote, acting.now)
    acting.record(Act.VOTE_ANNUL, vote.id, reason=reason)
    db.session.flush()
