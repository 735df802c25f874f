"""Read what one visit saw: answers, evidence and findings, each in one statement."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from labapp.audits.models import Finding
from labapp.db import db
from labapp.followup.models import Evidence, Question, Seen, Verification
from labapp.pagination import PAGE
from labapp.thread.models import Descent


def seen_on(visit_id: int) -> Sequence[tuple[str, bool, str]]:
    """Return each agreed question with yes or no and its note, in order."""
    rows = db.session.execute(
        select(Question.text, Seen.yes, Seen.note)
        .join(Seen, Seen.question_id == Question.id)
        .join(Verification, Verification.id == Seen.verification_id)
        .where(Verification.visit_id == visit_id)
        .order_by(Question.position)
    )
    return [(text, yes, note) for text, yes, note in rows]


def taken_on(visit_id: int) -> Sequence[Evidence]:
    """Return the public evidence taken on a visit, oldest first."""
    return db.session.scalars(
        select(Evidence)
        .join(Descent, Descent.child_id == Evidence.id)
        .where(Descent.parent_id == visit_id, Evidence.public)
        .options(joinedload(Evidence.thing), joinedload(Evidence.file))
        .order_by(Evidence.id)
        .limit(PAGE)
    ).all()


def found_on(visit_id: int) -> Sequence[Finding]:
    """Return what was found on a visit, oldest first."""
    return db.session.scalars(
        select(Finding)
        .where(Finding.visit_id == visit_id)
        .join(Finding.thing)
        .options(contains_eager(Finding.thing))
        .order_by(Finding.id)
        .limit(PAGE)
    ).all()
