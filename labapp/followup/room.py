"""What the follow-up brings: pages of letters, agreements, steps and evidence; looks recounted."""

from sqlalchemy import and_, select

from labapp.domain.kinds import Kind
from labapp.followup import queries, views
from labapp.followup.models import (
    AgreedQuestion,
    Agreement,
    Declaration,
    Evidence,
    Letter,
    Milestone,
    Verification,
    VerificationAnswer,
)
from labapp.followup.queries import debtors
from labapp.followup.service import recount
from labapp.room import PublicTexts, Room
from labapp.thread.service.texts import ColumnTexts

_STEP = frozenset({Kind.MILESTONE})


_PUBLIC_TEXTS: tuple[PublicTexts, ...] = (
    ColumnTexts(
        frozenset({Kind.LETTER}),
        lambda thing_id: Letter.id == thing_id,
        columns=(Letter.text, Letter.reference, Letter.answer_text, Letter.answer_reference),
    ),
    ColumnTexts(
        frozenset({Kind.AGREEMENT}),
        lambda thing_id: Agreement.id == thing_id,
        heads=(Agreement.what,),
    ),
    ColumnTexts(_STEP, lambda thing_id: Milestone.id == thing_id, heads=(Milestone.title,)),
    ColumnTexts(
        _STEP,
        lambda thing_id: AgreedQuestion.milestone_id == thing_id,
        columns=(AgreedQuestion.text,),
    ),
    ColumnTexts(
        _STEP, lambda thing_id: Declaration.milestone_id == thing_id, columns=(Declaration.note,)
    ),
    ColumnTexts(
        _STEP,
        lambda thing_id: VerificationAnswer.verification_id.in_(
            select(Verification.id).where(Verification.milestone_id == thing_id)
        ),
        columns=(VerificationAnswer.note,),
    ),
    ColumnTexts(
        frozenset({Kind.EVIDENCE}),
        lambda thing_id: and_(Evidence.id == thing_id, Evidence.public),
        heads=(Evidence.caption,),
        columns=(Evidence.withheld_why,),
    ),
    ColumnTexts(
        frozenset({Kind.EVIDENCE}),
        lambda thing_id: and_(Evidence.id == thing_id, ~Evidence.public),
        heads=(Evidence.withheld_why,),
        columns=(Evidence.caption,),
    ),
)

room = Room(
    blueprints=(views.bp,),
    originals=queries.ORIGINALS,
    drifts=(queries.drift,),
    public_texts=_PUBLIC_TEXTS,
    on_grant=(recount.count_looks_of_grantee,),
    on_rewritten=(recount.count_what_is_shown,),
    on_join=(recount.count_looks_of,),
    debtors=(debtors.debtors,),
)
