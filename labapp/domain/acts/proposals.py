"""What is done with proposals."""

from labapp.domain.acts.row import ActRow, Heading, any_of, at
from labapp.domain.errors import mark
from labapp.domain.roles import Relation, Role
from labapp.domain.stage import ALL, OPEN_AND_AFTER, Stage

#: ANTAI only once the lab's own term has passed: the services ask.
_REVIEW = any_of(Role.FACILITATOR, Role.REVIEWER)


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
    )

    PROPOSAL_WITHDRAW = ActRow(
        "proposal:withdraw",
        mark("Withdraw a proposal that is not decided"),
        heading=Heading.PROPOSALS,
        roles=any_of(Role.ACCOUNT),
        stages=ALL,
        relation=Relation.AUTHOR,
        sentence=mark("Who wrote it withdrew it"),
    )

    PROPOSAL_PUBLISH = ActRow(
        "proposal:publish",
        mark("Publish a proposal"),
        heading=Heading.PROPOSALS,
        roles=_REVIEW,
        stages=OPEN_AND_AFTER,
        sentence=mark("It was reviewed and published"),
        stirs=True,
    )

    PROPOSAL_RETURN = ActRow(
        "proposal:return",
        mark("Return a proposal once, with words for who wrote it"),
        heading=Heading.PROPOSALS,
        roles=_REVIEW,
        stages=OPEN_AND_AFTER,
        sentence=mark("It was returned to be corrected"),
        is_private=True,
    )

    PROPOSAL_REJECT = ActRow(
        "proposal:reject",
        mark("Not publish a proposal, by a public code"),
        heading=Heading.PROPOSALS,
        roles=_REVIEW,
        stages=OPEN_AND_AFTER,
        sentence=mark("A proposal was not published"),
        is_private=True,
        is_coded=True,
    )

    VERSION_PUBLISH = ActRow(
        "version:publish",
        mark("Publish a new version of a proposal"),
        heading=Heading.PROPOSALS,
        roles=_REVIEW,
        stages=OPEN_AND_AFTER,
        sentence=mark("The new version was published"),
        stirs=True,
    )

    VERSION_DECLINE = ActRow(
        "version:decline",
        mark("Not publish a new version of a proposal, by a public code"),
        heading=Heading.PROPOSALS,
        roles=_REVIEW,
        stages=OPEN_AND_AFTER,
        sentence=mark("The new version was not published"),
        is_private=True,
        is_coded=True,
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
