"""What the proposals bring: the public's pages, and those of whoever writes or studies one."""

from labapp.domain.kinds import Kind
from labapp.domain.proposal import ProposalState
from labapp.proposals import queries
from labapp.proposals.models import Proposal
from labapp.proposals.views import author as _author  # noqa: F401
from labapp.proposals.views import public
from labapp.proposals.views import review as _review  # noqa: F401
from labapp.room import Copies, Original, Room


def _copies(proposal: Proposal, title: str | None) -> Copies:
    shown = title or "" if proposal.withdrawn_at is None else queries.WITHDRAWN_TITLE
    return Copies(shown, proposal.state, proposal.published_at)


room = Room(
    blueprints=(public.bp,),
    originals=(
        Original(
            Kind.PROPOSAL,
            Proposal,
            _copies,
            beside=(queries.CURRENT_TITLE,),
            removed=ProposalState.WITHDRAWN,
        ),
    ),
    drifts=(queries.drift,),
)
