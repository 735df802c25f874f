"""What the proposals bring: the public's pages, and those of whoever writes or studies one."""

from labapp.domain.kinds import Kind
from labapp.proposals import queries
from labapp.proposals.models import Opinion, Proposal, Version
from labapp.proposals.views import author as _author  # noqa: F401
from labapp.proposals.views import public
from labapp.room import Copies, Original, Room
from labapp.thread.service.texts import ColumnTexts


def _copies(proposal: Proposal, title: str | None) -> Copies:
    return Copies(title or "", proposal.state, proposal.sent_at)


_PROPOSAL = frozenset({Kind.PROPOSAL})

room = Room(
    blueprints=(public.bp,),
    originals=(
        Original(
            Kind.PROPOSAL,
            Proposal,
            _copies,
            beside=(queries.CURRENT_TITLE,),
            author=Proposal.author_id,
        ),
    ),
    public_texts=(
        ColumnTexts(
            _PROPOSAL,
            lambda thing_id: Version.proposal_id == thing_id,
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
        ),
    ),
    drifts=(queries.drift,),
)
