"""Write batches of paper: counted, typed twice by two people, put into the ballot box."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import delete, insert, select

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, Unreadable, mark
from labapp.domain.policy import Act, Actor
from labapp.files import service as files
from labapp.labs.models import Lab
from labapp.labs.queries import identity
from labapp.polling.models import Batch, ProposedReading, Reconciliation, TypedBallot
from labapp.polling.queries import batches, turnout_by_channel
from labapp.polling.service.guards import require_countable, require_offered
from labapp.polling.transcription import TypedPaper
from labapp.record.acting import Acting
from labapp.voting.models import Vote
from labapp.voting.queries import lock_vote
from labapp.voting.service import ballot_box

#: More papers than this in one pile are counted wrong too easily.
MOST_PAPERS = 400


def add(
    acting: Acting[Lab],
    vote: Vote,
    *,
    sheets: int,
    photo: BinaryIO | bytes | None,
    folder: Path,
) -> Batch:
    """Begin a batch: a pile of papers counted by hand, not typed yet.

    Args:
        acting: a facilitator or a teller.
        vote: open, or closed and not counted.
        sheets: papers in the pile, 1 to ``MOST_PAPERS``.
        photo: of the pile, always; it hangs on no thing, so that no public page finds it.
        folder: where files are kept.

    Returns:
        The batch, flushed. If paper was reconciled already, it must be reconciled anew.

    Raises:
        Denied: wrong role or stage.
        Conflict: no paper in this vote, not open yet, annulled, or being counted.
        Unreadable: there is no photo, or it does not open.
    """
    acting.require(Act.BATCH_ADD)
    vote = require_typing(vote)
    if not 1 <= sheets <= MOST_PAPERS:
        raise Conflict(mark("A pile has from one to four hundred papers: part a larger one."))
    if not photo:
        raise Unreadable(mark("A pile is noted with its photo: without one nobody can look again."))
    number = len(batches.in_order(vote.id)) + 1
    kept = files.store(
        acting,
        photo,
        f"tanda-{number}",
        thing_id=None,
        alt="",
        folder=folder,
    )
    batch = Batch(
        vote_id=vote.id,
        number=number,
        sheets=sheets,
        photo_id=kept.id,
    )
    db.session.add(batch)
    db.session.execute(
        delete(Reconciliation).where(
            Reconciliation.vote_id == vote.id, Reconciliation.channel == Channel.PAPER
        )
    )
    acting.record(Act.BATCH_ADD, vote.id, after={"batch": number, "sheets": sheets})
    db.session.flush()
    return batch


def recount(acting: Acting[Lab], vote: Vote, *, number: int, sheets: int) -> None:
    """Correct how many papers a pile has; what was typed beyond the last is dropped. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: it is in the ballot box, or the number will not do.
    """
    acting.require(Act.BATCH_ADD)
    vote = require_typing(vote)
    batch = require_open_batch(vote, number)
    if not 1 <= sheets <= MOST_PAPERS:
        raise Conflict(mark("A pile has from one to four hundred papers: part a larger one."))
    before, batch.sheets = {"batch": number, "sheets": batch.sheets}, sheets
    for table in (TypedBallot, ProposedReading):
        beyond = table.batch_id == batch.id, table.number > sheets
        db.session.execute(delete(table).where(*beyond))
    after = {"batch": number, "sheets": sheets}
    acting.record(Act.BATCH_ADD, vote.id, before=before, after=after)
    db.session.flush()


def type_in(
    acting: Acting[Lab], vote: Vote, *, number: int, lines: Mapping[int, TypedPaper]
) -> bool:
    """Keep what one of the two people typed of some papers of a pile. Flushes.

    Args:
        acting: whoever types first is the first of the two; the next person is the second.
        vote: open, or closed and not counted.
        number: of the batch.
        lines: place in the pile -> what the paper says; typed again, it takes the old one's place.

    Returns:
        Whether this person has typed the whole pile.

    Raises:
        Denied: wrong role or stage.
        Conflict: two others type this pile, both have finished, or a paper is not in it.
    """
    acting.require(Act.BATCH_TYPE)
    vote = require_typing(vote)
    batch = require_open_batch(vote, number)
    turn = _take_turn(batch, acting.actor, acting.lab.id)
    if batches.is_typed_twice(batch):
        raise Conflict(mark("Both of you have typed the whole pile: compare it now."))
    if any(not 1 <= place <= batch.sheets for place in lines):
        raise Conflict(mark("There are not so many papers in this pile."))
    keep(batch, turn, lines)
    typed = batches.typed_count(batch.id, turn)
    after = {"batch": number, "typing": turn, "typed": typed}
    acting.record(Act.BATCH_TYPE, vote.id, after=after)
    db.session.flush()
    return typed == batch.sheets


def put_into_box(acting: Acting[Lab], vote: Vote, *, number: int) -> None:
    """Put a pile on which both agree into the box, in random order, and forget who typed what.

    Its sheets are deleted: nothing says any more which ballots came in which pile. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: not typed twice, a difference is not settled, it is in the box already, or more
            papers would be there than lines of the roll were taken for paper.
    """
    acting.require(Act.BATCH_DROP)
    vote = require_typing(vote)
    batch = require_open_batch(vote, number)
    if not batches.is_typed_twice(batch):
        raise Conflict(UNFINISHED)
    if batches.differences(batch.id):
        raise Conflict(mark("On some papers you do not agree yet: look at them again."))
    _require_covered(vote, batches.papers_in_box(vote.id) + batch.sheets, acting.now)
    sheets = list(
        db.session.execute(
            select(TypedBallot.content, TypedBallot.spoilt)
            .where(TypedBallot.batch_id == batch.id, TypedBallot.turn == 1)
            .order_by(TypedBallot.number)
        )
    )
    ballots = [content for content, spoilt in sheets if not spoilt]
    secrets.SystemRandom().shuffle(ballots)
    for content in ballots:
        ballot_box.put_in(vote.id, content, receipt=None)
    for table in (TypedBallot, ProposedReading):
        db.session.execute(delete(table).where(table.batch_id == batch.id))
    batch.spoilt, batch.boxed_at = len(sheets) - len(ballots), acting.now
    after = {
        "batch": number,
        "sheets": batch.sheets,
        "ballots": len(ballots),
        "spoilt": batch.spoilt,
        "differences": batch.differences,
    }
    acting.record(Act.BATCH_DROP, vote.id, after=after)
    db.session.flush()


def _require_covered(vote: Vote, papers: int, now: datetime) -> None:
    """Raise Conflict where more papers came than people were given one: somebody counts twice."""
    given = turnout_by_channel(vote.id).get(Channel.PAPER, 0)
    if papers > given:
        raise Conflict(
            _TOO_MANY if vote.is_over(now) else _LACKING, papers=str(papers), given=str(given)
        )


_LACKING = mark(
    "With this pile %(papers)s papers came, and the list notes only %(given)s people who were "
    "given one. Find whoever is missing on the list and note them first, or count the pile again."
)
_TOO_MANY = mark(
    "With this pile %(papers)s papers came, and the list notes only %(given)s people who were "
    "given one. The vote has closed and nobody can be noted any more: count the pile again."
)
UNFINISHED = mark("The pile is not typed whole by two people yet.")


def require_typing(vote: Vote) -> Vote:
    """Return the vote, held, if its papers may be typed now."""
    require_offered(vote, Channel.PAPER)
    vote = lock_vote(vote.id)
    require_countable(vote)
    return vote


def require_open_batch(vote: Vote, number: int) -> Batch:
    """Return a batch of the vote, which is held, if it is not in the ballot box yet."""
    batch = batches.by_number(vote.id, number)
    if batch is None:
        raise Conflict(mark("There is no such pile."))
    if batch.boxed_at:
        raise Conflict(mark("This pile is in the urn already."))
    return batch


def _take_turn(batch: Batch, actor: Actor, lab_id: int | None) -> int:
    """Return 1 for the first of the two, 2 for the second; a third is refused.

    Two accounts of one person are one of the two.
    """
    if batch.first_by_id is None:
        batch.first_by_id = actor.person_id
    if identity.are_one(batch.first_by_id, actor.person_id, lab_id):
        return 1
    if batch.second_by_id is None:
        batch.second_by_id = actor.person_id
    if identity.are_one(batch.second_by_id, actor.person_id, lab_id):
        return 2
    raise Conflict(mark("Two other people are typing this pile."))


def keep(batch: Batch, turn: int, lines: Mapping[int, TypedPaper]) -> None:
    """Write what one of the two typed of some papers, in the place of what was said of them."""
    db.session.execute(
        delete(ProposedReading).where(
            ProposedReading.batch_id == batch.id, ProposedReading.number.in_(lines)
        )
    )
    db.session.execute(
        delete(TypedBallot).where(
            TypedBallot.batch_id == batch.id,
            TypedBallot.turn == turn,
            TypedBallot.number.in_(lines),
        )
    )
    if lines:
        db.session.execute(
            insert(TypedBallot),
            [
                {
                    "batch_id": batch.id,
                    "turn": turn,
                    "number": place,
                    "content": line.content,
                    "spoilt": line.spoilt,
                }
                for place, line in lines.items()
            ],
        )
