"""What is done with proposals."""

from labapp.domain.acts.row import ActRow, Heading, any_of, at
from labapp.domain.errors import mark
from labapp.domain.roles import Relation, Role
from labapp.domain.stage import Stage


class ProposalActs:
    """Rows of the table of acts, in the order in which they are printed."""

    PROPOSAL_WRITE = ActRow(
        "proposal:write",
        mark("Write a proposal"),
        heading=Heading.PROPOSALS,
        roles=any_of(Role.MEMBER, Role.FACILITATOR),
        stages=at(Stage.IDEATION),
        sentence=mark("The proposal was written"),
    )

    PROPOSAL_EDIT = ActRow(
        "proposal:edit",
        mark("Write a new version of a proposal"),
        heading=Heading.PROPOSALS,
        roles=any_of(Role.MEMBER, Role.FACILITATOR),
        stages=at(Stage.IDEATION),
        relation=Relation.AUTHOR,
        sentence=mark("A new version was written"),
    )

    PROPOSAL_SEND = ActRow(
        "proposal:send",
        mark("Send a proposal"),
        heading=Heading.PROPOSALS,
        roles=any_of(Role.MEMBER, Role.FACILITATOR),
        stages=at(Stage.IDEATION),
        relation=Relation.AUTHOR,
        sentence=mark("The proposal was sent"),
        stirs=True,
    )

    OPINION_GIVE = ActRow(
        "opinion:give",
        mark("Give a technical opinion"),
        heading=Heading.PROPOSALS,
        roles=any_of(Role.FACILITATOR, Role.ALLY, Role.RESPONSIBLE),
        stages=at(Stage.IDEATION),
        sentence=mark("A technical opinion was given"),
        stirs=True,
    )

    PROPOSAL_ADMIT = ActRow(
        "proposal:admit",
        mark("Admit a proposal to the vote"),
        heading=Heading.PROPOSALS,
        roles=any_of(Role.FACILITATOR),
        stages=at(Stage.IDEATION),
        sentence=mark("The proposal was admitted to the vote"),
        stirs=True,
    )

    PROPOSAL_REFUSE = ActRow(
        "proposal:refuse",
        mark("Not admit a proposal, with a reason"),
        heading=Heading.PROPOSALS,
        roles=any_of(Role.FACILITATOR),
        stages=at(Stage.IDEATION),
        sentence=mark("The proposal was not admitted, with a reason"),
        stirs=True,
    )
