"""What the proposals bring: the public's pages, and those of whoever writes or studies one."""

from sqlalchemy import and_

from labapp.domain.kinds import Kind
from labapp.domain.proposal import ProposalState
from labapp.proposals import queries
from labapp.proposals.models import Opinion, Proposal, Version
from labapp.proposals.service import review
from labapp.proposals.views import author as _author  # noqa: F401
from labapp.proposals.views import public
from labapp.proposals.views import review as _review  # noqa: F401
from labapp.room import Copies, Original, Room
from labapp.thread.service.texts import ColumnTexts


def _copies(proposal: Proposal, title: str | None) -> Copies:
    return Copies(title or "", proposal.state, proposal.published_at)


_PROPOSAL = frozenset({Kind.PROPOSAL})

room = Room(
    blueprints=(public.bp,),
    originals=(
        Original(
            Kind.PROPOSAL,
            Proposal,
            _copies,
            beside=(queries.CURRENT_TITLE,),
            removed=ProposalState.WITHDRAWN,
            author=Proposal.author_id,
        ),
    ),
    public_texts=(
        ColumnTexts(
            _PROPOSAL,
            # A version that waits is nobody's to read: the queue decides of it.
            lambda thing_id: and_(Version.proposal_id == thing_id, Version.shown_at.is_not(None)),
            heads=(Version.title,),
            columns=(Version.body, Version.change),
        ),
        ColumnTexts(
            _PROPOSAL,
            lambda thing_id: Proposal.id == thing_id,
            columns=(Proposal.reason,),
            own=False,
        ),
        ColumnTexts(
            _PROPOSAL,
            lambda thing_id: Opinion.proposal_id == thing_id,
            columns=(Opinion.competent, Opinion.given_by, Opinion.reasons),
            own=False,
            official=True,
        ),
    ),
    drifts=(queries.drift,),
    on_publication_won=(review.publish_after_appeal,),
)
