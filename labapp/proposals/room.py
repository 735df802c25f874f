"""What the proposals bring: the public's pages, and those of whoever writes or studies one."""

from labapp.domain.kinds import Kind
from labapp.proposals import queries
from labapp.proposals.models import Proposal
from labapp.proposals.views import author as _author  # noqa: F401
from labapp.proposals.views import public
from labapp.room import Copies, Original, Room


def _copies(proposal: Proposal, title: str | None) -> Copies:
    return Copies(title or "", proposal.state, proposal.sent_at)


room = Room(
    blueprints=(public.bp,),
    originals=(Original(Kind.PROPOSAL, Proposal, _copies, beside=(queries.CURRENT_TITLE,)),),
    drifts=(queries.drift,),
)
