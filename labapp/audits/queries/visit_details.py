"""Read what one visit saw: answers, evidence and findings, each in one statement."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from labapp.audits.models import Finding
from labapp.db import db
from labapp.followup.models import AgreedQuestion, Evidence, Verification, VerificationAnswer
from labapp.pagination import PAGE
from labapp.thread.models import Descent


def answers_of(visit_id: int) -> Sequence[tuple[str, bool, str]]:
    """Return each agreed question with yes or no and its note, in order."""
    rows = db.session.execute(
        select(AgreedQuestion.text, VerificationAnswer.yes, VerificationAnswer.note)
        .join(VerificationAnswer, VerificationAnswer.question_id == AgreedQuestion.id)
        .join(Verification, Verification.id == VerificationAnswer.verification_id)
        .where(Verification.visit_id == visit_id)
        .order_by(AgreedQuestion.position)
    )
    return [(text, yes, note) for text, yes, note in rows]


def evidence_of(visit_id: int) -> Sequence[Evidence]:
    """Return the evidence taken on a visit, oldest first, reserved too."""
    return db.session.scalars(
        select(Evidence)
        .join(Descent, Descent.child_id == Evidence.id)
        .where(Descent.parent_id == visit_id)
        .options(joinedload(Evidence.thing), joinedload(Evidence.file))
        .order_by(Evidence.id)
        .limit(PAGE)
    ).all()


def findings_of(visit_id: int) -> Sequence[Finding]:
    """Return what was found on a visit, oldest first."""
    return db.session.scalars(
        select(Finding)
        .where(Finding.visit_id == visit_id)
        .join(Finding.thing)
        .options(contains_eager(Finding.thing))
        .order_by(Finding.id)
        .limit(PAGE)
    ).all()
