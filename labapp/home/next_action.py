"""What a person can do first on a lab's page, and what its facilitators see."""

from dataclasses import dataclass

from labapp.domain.errors import mark
from labapp.domain.policy import Act, Role, may
from labapp.domain.stage import Stage
from labapp.domain.steps_ahead import Ahead
from labapp.home.queries.lab_list import OpenVote
from labapp.labs.models import Lab
from labapp.record.acting import Acting


@dataclass(frozen=True, slots=True)
class Panel:
    """What a facilitator sees on the lab's page.

    Attributes:
        ahead: the next step with its needs; None where there is none.
        asking: how many people wait to be admitted.
        to_review: how many problems wait for a decision.
    """

    ahead: Ahead | None
    asking: int
    to_review: int


def next_act(acting: Acting[Lab], vote: OpenVote | None) -> tuple[str, str] | None:
    """Return the words and the address, in the lab, of the one thing to do now."""
    if vote is not None:
        actor = acting.actor
        votes = actor.person_id is None or Role.MEMBER in actor.roles
        asks = votes and not vote.has_voted
        return mark("Vote now") if asks else mark("See the vote"), f"votes/{vote.number}/"
    if may(acting.actor, Act.PROPOSAL_WRITE, acting.lab.stage):
        return mark("Propose a solution"), "proposals/new"
    return _AT.get(acting.lab.stage)


_AT = {
    Stage.CALL: (mark("Tell a problem"), "problems/new"),
    Stage.DEFINITION: (mark("Tell a problem"), "problems/new"),
    Stage.IDEATION: (mark("See the proposals"), "proposals/"),
    Stage.PRIORITIZATION: (mark("See the proposals"), "proposals/"),
    Stage.PROTOTYPE: (mark("See the agreements"), "agreements/"),
    Stage.FOLLOWUP: (mark("See the agreements"), "agreements/"),
    Stage.CLOSED: (mark("See the agreements"), "agreements/"),
}
