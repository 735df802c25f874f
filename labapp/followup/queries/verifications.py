"""Read what was declared, shown and seen of steps."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain import progress
from labapp.domain.kinds import Kind
from labapp.files.models import StoredFile
from labapp.followup.models import (
    Declaration,
    Evidence,
    Milestone,
    Verification,
    VerificationAnswer,
    Watcher,
)
from labapp.labs.queries import identity
from labapp.pagination import PAGE
from labapp.thread import queries as thread
from labapp.thread.models import Thing


@dataclass(frozen=True, slots=True)
class VerificationSummary:
    """What stands of a step's verification.

    Attributes:
        by_committee: True when the committee looked; else two neighbours did.
        at: the instant of the latest look that counts; None while nothing counts.
        visit: the number of the committee's visit in the lab.
        given: for each question id, yes or no and the notes.
        neighbours: how many different neighbours have looked.
    """

    by_committee: bool = False
    at: datetime | None = None
    visit: int | None = None
    given: Mapping[int, tuple[bool, str]] | None = None
    neighbours: int = 0


def looks(milestone_ids: Sequence[int]) -> dict[int, list[progress.Look]]:
    """Return every verification of these steps, without its answers. One statement.

    Two numbers found to be one person, in this lab or over all, look as one.
    """
    looks_by_step: dict[int, list[progress.Look]] = defaultdict(list)
    rows = db.session.execute(
        select(
            Verification.milestone_id,
            Verification.id,
            Verification.watcher,
            identity.one_in(Thing.lab_id),
        )
        .join(Thing, Thing.id == Verification.milestone_id)
        .outerjoin(Person, Person.id == Verification.person_id)
        .where(Verification.milestone_id.in_(milestone_ids))
        .order_by(Verification.id)
    )
    for milestone_id, key, watcher, person_id in rows:
        looks_by_step[milestone_id].append(
            progress.Look(key, watcher is Watcher.COMMITTEE, person_id)
        )
    return {milestone_id: looks_by_step[milestone_id] for milestone_id in milestone_ids}


def answers(verification_ids: Sequence[int]) -> dict[int, dict[int, tuple[bool, str]]]:
    """Return what each verification saw, by question id. One statement."""
    answers_by_look: dict[int, dict[int, tuple[bool, str]]] = {key: {} for key in verification_ids}
    rows = db.session.execute(
        select(
            VerificationAnswer.verification_id,
            VerificationAnswer.question_id,
            VerificationAnswer.yes,
            VerificationAnswer.note,
        )
        .where(VerificationAnswer.verification_id.in_(verification_ids))
        .order_by(VerificationAnswer.verification_id, VerificationAnswer.question_id)
    )
    for key, question_id, yes, note in rows:
        answers_by_look[key][question_id] = (yes, note)
    return answers_by_look


def percents_seen(steps: Collection[Milestone]) -> dict[int, int]:
    """Return the percent seen of each step of which a verification counts. Two statements.

    Args:
        steps: with their agreements, which say whether a public work carries them out.
    """
    looks_by_step = looks([step.id for step in steps])
    stand = {
        step.id: progress.standing(looks_by_step[step.id], has_work=step.agreement.has_work)
        for step in steps
    }
    given = answers([look.id for stands in stand.values() for look in stands])
    answers_by_look = {
        key: {q: yes for q, (yes, _) in noted.items()} for key, noted in given.items()
    }
    return {
        key: progress.percent_answered_yes(
            progress.together([answers_by_look[look.id] for look in stands])
        )
        for key, stands in stand.items()
        if stands
    }


def verification_summaries(
    steps: Sequence[Milestone], *, has_work: bool
) -> dict[int, VerificationSummary]:
    """Return what stands of each step's verification. Three statements."""
    looks_by_step = looks([step.id for step in steps])
    stand = {key: progress.standing(all_, has_work=has_work) for key, all_ in looks_by_step.items()}
    ids = [look.id for stands in stand.values() for look in stands]
    given, when = answers(ids), _when(ids)
    return {
        key: _sight(
            [look.id for look in stands], given, when, looks_by_step[key], has_work=has_work
        )
        for key, stands in stand.items()
    }


def _when(verification_ids: Sequence[int]) -> dict[int, tuple[datetime, int | None]]:
    rows = db.session.execute(
        select(Verification.id, Verification.verified_at, Thing.number)
        .outerjoin(Thing, Thing.id == Verification.visit_id)
        .where(Verification.id.in_(verification_ids))
        .order_by(Verification.id)
    )
    return {key: (at, number) for key, at, number in rows}


def _sight(
    ids: Sequence[int],
    given: Mapping[int, Mapping[int, tuple[bool, str]]],
    when: Mapping[int, tuple[datetime, int | None]],
    seen: Sequence[progress.Look],
    *,
    has_work: bool,
) -> VerificationSummary:
    neighbours = len({look.person_id for look in seen if not look.by_committee})
    if not ids:
        return VerificationSummary(by_committee=has_work, neighbours=neighbours)
    both = progress.together([{q: yes for q, (yes, _) in given[i].items()} for i in ids])
    notes = {q: " · ".join(n for i in ids if (n := given[i][q][1])) for q in both}
    at, visit = when[ids[0]]
    answered = {q: (yes, notes[q]) for q, yes in both.items()}
    return VerificationSummary(has_work, at, visit, answered, neighbours)


def latest_declarations(milestone_ids: Sequence[int]) -> dict[int, Declaration]:
    """Return the latest declaration of each step that has one. One statement."""
    latest = (
        select(func.max(Declaration.id))
        .where(Declaration.milestone_id.in_(milestone_ids))
        .group_by(Declaration.milestone_id)
    )
    rows = db.session.scalars(select(Declaration).where(Declaration.id.in_(latest)))
    return {row.milestone_id: row for row in rows}


def declarations(milestone_id: int, limit: int = PAGE) -> Sequence[Declaration]:
    """Return the latest declarations of a step, newest first."""
    return db.session.scalars(
        select(Declaration)
        .where(Declaration.milestone_id == milestone_id)
        .order_by(Declaration.id.desc())
        .limit(limit)
    ).all()


def documents(milestone_ids: Sequence[int], limit: int = 100) -> Sequence[Evidence]:
    """Return the evidence of steps, newest first, reserved too: what shows of it is the page's.

    One statement.
    """
    return db.session.scalars(
        select(Evidence)
        .where(Evidence.milestone_id.in_(milestone_ids))
        .options(joinedload(Evidence.thing), joinedload(Evidence.file))
        .order_by(Evidence.id.desc())
        .limit(limit)
    ).all()


def without_copy() -> Sequence[Evidence]:
    """Return the evidence of which there is the original and no public copy, oldest first."""
    return db.session.scalars(
        select(Evidence)
        .join(Evidence.file)
        .options(contains_eager(Evidence.file), joinedload(Evidence.thing))
        .where(StoredFile.sha256 == StoredFile.original_sha256, StoredFile.removed_at.is_(None))
        .order_by(Evidence.id)
    ).all()


def document(lab_id: int, number: int) -> Evidence | None:
    """Return a piece of evidence of the lab by its number, with its step and agreement."""
    return db.session.scalar(
        select(Evidence)
        .join(Evidence.thing)
        .options(
            contains_eager(Evidence.thing),
            joinedload(Evidence.file),
            joinedload(Evidence.milestone).joinedload(Milestone.agreement),
        )
        .where(thread.stands_at(lab_id, Kind.EVIDENCE, number))
    )
