"""Read what was declared, shown and seen of steps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain import progress
from labapp.domain.kinds import Kind
from labapp.files.models import StoredFile
from labapp.followup.models import (
    Agreement,
    Declaration,
    Evidence,
    Milestone,
    Verification,
    VerificationAnswer,
    Watcher,
)
from labapp.followup.queries.evidence_status import evidence_status
from labapp.labs.queries import affiliations, identity
from labapp.pagination import PAGE
from labapp.thread import queries as thread
from labapp.thread.models import Thing


@dataclass(frozen=True, slots=True)
class VerificationSummary:
    """What stands of a step's verification, and what it lacks.

    Attributes:
        sight: what it counts for.
        by_committee: True when the committee looks; else neighbours do.
        on: the day of the latest look that stands; None until enough looked.
        visit: the number of the committee's visit in the lab.
        given: for each question id, yes or no and the notes; None until enough looked.
        neighbours: how many different neighbours have looked.
        typed: the looks that another person wrote down, newest first, those that count not yet too.
    """

    sight: progress.Sight
    by_committee: bool = False
    on: date | None = None
    visit: int | None = None
    given: Mapping[int, tuple[bool, str]] | None = None
    neighbours: int = 0
    typed: tuple[progress.Look, ...] = ()


def looks(milestone_ids: Sequence[int]) -> dict[int, list[progress.Look]]:
    """Return every verification of these steps, without its answers.

    Two numbers found to be one person, in this lab or over all, look as one. Who is of the entity,
    in any lab, now or once, is asked with them. One statement.
    """
    typist, second, visit = aliased(Person), aliased(Person), aliased(Thing)
    rows = db.session.execute(
        select(
            Verification,
            identity.one_in(Thing.lab_id).label("one"),
            identity.one_in(Thing.lab_id, typist).label("typist"),
            identity.one_in(Thing.lab_id, second).label("second"),
            _is_tied(typist).label("typist_is_tied"),
            _is_tied(second).label("second_is_tied"),
            affiliations.is_of(Agreement.organization_id, Thing.lab_id).label("by_executor"),
        )
        .join(Thing, Thing.id == Verification.milestone_id)
        .join(Milestone, Milestone.id == Verification.milestone_id)
        .join(Agreement, Agreement.id == Milestone.agreement_id)
        .outerjoin(Person, Person.id == Verification.person_id)
        .outerjoin(typist, typist.id == Verification.typed_by_id)
        .outerjoin(second, second.id == Verification.attested_by_id)
        .outerjoin(visit, visit.id == Verification.visit_id)
        # A visit that ANTAI took away saw nothing.
        .where(Verification.milestone_id.in_(milestone_ids), visit.hidden_at.is_(None))
        .order_by(Verification.id)
    ).all()
    looks_by_step: dict[int, list[progress.Look]] = {key: [] for key in milestone_ids}
    for row in rows:
        look, others = row.Verification, {row.one, row.typist}
        looks_by_step[look.milestone_id].append(
            progress.Look(
                look.id,
                look.watcher is Watcher.COMMITTEE,
                row.one,
                look.looked_on,
                look.verified_at,
                present=look.present or 0,
                typed_by=None if row.typist == row.one else row.typist,
                by_independent=not row.typist_is_tied,
                attested_by=None if row.second in others or row.second_is_tied else row.second,
                by_executor=row.by_executor,
            )
        )
    return looks_by_step


def _is_tied(whose: type[Person]) -> ColumnElement[bool]:
    """Return, as SQL, whether whoever writes for others carries the step out, or facilitates."""
    of_the_entity = affiliations.is_of(Agreement.organization_id, Thing.lab_id, whose)
    return or_(of_the_entity, affiliations.facilitates(Thing.lab_id, whose))


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


def sights(steps: Collection[Milestone]) -> dict[int, progress.Sight]:
    """Return what stands of each step: what the looks at it count for, on every page. By id.

    As ``looks``, and two statements more.

    Args:
        steps: with their agreements, which say whether a committee or how many neighbours look.
    """
    return {key: sight for key, (sight, _looks, _given) in _sights(steps).items()}


def verification_summaries(steps: Collection[Milestone]) -> dict[int, VerificationSummary]:
    """Return what stands of each step's verification, with its words. By id.

    As ``sights``, and one statement more.

    Args:
        steps: of one agreement, each with it.
    """
    found = _sights(steps)
    standing = [look.id for sight, _looks, _given in found.values() for look in sight.looks]
    visits = _visit_numbers(standing)
    return {
        step.id: _summary(*found[step.id], visits, by_committee=step.agreement.has_work)
        for step in steps
    }


_Given = Mapping[int, Mapping[int, tuple[bool, str]]]


def _sights(
    steps: Collection[Milestone],
) -> dict[int, tuple[progress.Sight, Sequence[progress.Look], _Given]]:
    looks_by_step = looks([step.id for step in steps])
    shown = evidence_status([step.id for step in steps])
    stand = {
        step.id: progress.standing(
            looks_by_step[step.id],
            has_work=step.agreement.has_work,
            needed=step.agreement.neighbours,
        )
        for step in steps
    }
    given = answers([look.id for stands in stand.values() for look in stands])
    return {
        step.id: (
            progress.Sight(
                stand[step.id],
                is_shown=shown[step.id].serves(by_committee=step.agreement.has_work),
                lacking=progress.lacking(
                    looks_by_step[step.id],
                    has_work=step.agreement.has_work,
                    needed=step.agreement.neighbours,
                ),
                answers=progress.together(
                    [{q: yes for q, (yes, _) in given[look.id].items()} for look in stand[step.id]]
                ),
            ),
            looks_by_step[step.id],
            given,
        )
        for step in steps
    }


def _visit_numbers(verification_ids: Sequence[int]) -> dict[int, int | None]:
    rows = db.session.execute(
        select(Verification.id, Thing.number)
        .join(Thing, Thing.id == Verification.visit_id)
        .where(Verification.id.in_(verification_ids))
        .order_by(Verification.id)
    )
    return {row.id: row.number for row in rows}


def _summary(
    sight: progress.Sight,
    all_looks: Sequence[progress.Look],
    given: _Given,
    visits: Mapping[int, int | None],
    *,
    by_committee: bool,
) -> VerificationSummary:
    neighbours = len(
        {look.person_id for look in all_looks if not (look.by_committee or look.by_executor)}
    )
    typed = tuple(look for look in reversed(all_looks) if look.typed_by is not None)
    if not sight.looks:
        return VerificationSummary(sight, by_committee, neighbours=neighbours, typed=typed)
    ids = [look.id for look in sight.looks]
    notes = {q: " · ".join(n for i in ids if (n := given[i][q][1])) for q in sight.answers}
    return VerificationSummary(
        sight,
        by_committee,
        on=sight.looks[0].day,
        visit=visits.get(ids[0]),
        given={q: (yes, notes[q]) for q, yes in sight.answers.items()},
        neighbours=neighbours,
        typed=typed,
    )


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
