"""What the thread copies of letters, agreements, steps and evidence, and what this room counts."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from labapp.db import db
from labapp.domain.acts import Act
from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.followup.models import Agreement, Declaration, Evidence, Letter, Milestone
from labapp.followup.queries.verifications import sights
from labapp.followup.states import MilestoneState
from labapp.proposals.models import Version
from labapp.record import queries as record
from labapp.room import Copies, Original
from labapp.sessions.models import Contribution, ContributionVersion
from labapp.thread.models import Descent, Thing
from labapp.thread.queries import duties

_BATCH = 500
_SENT_AT = record.first_at(Letter.id, Act.LETTER_SEND)
_ACCEPTED_AT = record.first_at(Agreement.id, Act.AGREEMENT_ACCEPT)
_IN_FORCE_AT = record.first_at(Milestone.agreement_id, Act.AGREEMENT_ACCEPT)
#: The title that the public read of the proposal when the letter was handed in.
_STOOD = (
    select(Version.title)
    .where(Version.proposal_id == Thing.id, Version.shown_at <= _SENT_AT.correlate(Letter))
    .order_by(Version.number.desc())
    .limit(1)
    .correlate(Thing, Letter)
    .scalar_subquery()
)
#: What the contribution that it carried said then; None where it says the same since.
_SAID = (
    select(ContributionVersion.text)
    .where(
        ContributionVersion.contribution_id == Thing.id,
        ContributionVersion.replaced_at > _SENT_AT.correlate(Letter),
    )
    .order_by(ContributionVersion.number)
    .limit(1)
    .correlate(Thing, Letter)
    .scalar_subquery()
)
_WORDS = func.coalesce(_STOOD, _SAID, Contribution.text)
_CARRIED = (
    select(_WORDS)
    .select_from(Descent)
    .join(Thing, Thing.id == Descent.parent_id)
    .outerjoin(Contribution, Contribution.id == Thing.id)
    .where(Descent.child_id == Letter.id, Thing.kind.in_((Kind.PROPOSAL, Kind.CONTRIBUTION)))
    .order_by(Thing.id)
    .limit(1)
    .correlate(Letter)
    .scalar_subquery()
)


def _of_a_letter(letter: Letter, title: str | None, sent_at: datetime | None) -> Copies:
    return Copies(title or "", letter.state, sent_at)


def _of_an_agreement(agreement: Agreement, accepted_at: datetime | None) -> Copies:
    return Copies(agreement.title, agreement.state, accepted_at)


def _of_a_step(step: Milestone, accepted_at: datetime | None) -> Copies:
    return Copies(step.title, step.state, accepted_at)


def _of_evidence(evidence: Evidence) -> Copies:
    return Copies(evidence.heading, evidence.state, evidence.added_at)


ORIGINALS = (
    Original(
        Kind.LETTER,
        Letter,
        _of_a_letter,
        beside=(_CARRIED, _SENT_AT),
        called_after=(Kind.PROPOSAL, Kind.CONTRIBUTION),
    ),
    Original(Kind.AGREEMENT, Agreement, _of_an_agreement, beside=(_ACCEPTED_AT,)),
    Original(
        Kind.MILESTONE,
        Milestone,
        _of_a_step,
        beside=(_IN_FORCE_AT,),
        options=(joinedload(Milestone.agreement),),
        removed=MilestoneState.REMOVED,
    ),
    Original(Kind.EVIDENCE, Evidence, _of_evidence),
)


def drift() -> Iterator[str]:
    """Yield a sentence for each step with other percents than were said, each lateness forgotten.

    A step's percents are those declared and seen last; of a late letter its duty knows it.
    """
    yield from duties.forgotten_lateness(
        DutyKind.LETTER, kept=Letter, due_on=Letter.due_on, ended_on=Letter.answered_on
    )
    latest = (
        select(Declaration.percent)
        .where(Declaration.milestone_id == Milestone.id)
        .order_by(Declaration.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    steps = db.session.execute(
        select(Milestone, func.coalesce(latest, 0))
        .options(joinedload(Milestone.agreement))
        .order_by(Milestone.id)
        .execution_options(yield_per=_BATCH, populate_existing=True)
    )
    for rows in steps.partitions():
        seen = sights([step for step, _declared in rows])
        for step, declared in rows:
            if step.declared != declared:
                yield f"step {step.id}: {step.declared} % is shown, {declared} % was declared"
            sight = seen[step.id]
            if step.verified != sight.percent:
                yield f"step {step.id}: {step.verified} % is shown, {sight.percent} % was seen"
            if step.looked != sight.is_counted:
                yield f"step {step.id}: looked is {step.looked}, counted is {sight.is_counted}"
