"""What is done with letters, agreements, their steps and their evidence."""

from labapp.domain.acts.row import ActRow, Heading, Turn, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Relation, Role
from labapp.domain.stage import DELIVERY, DELIVERY_AND_AFTER


class FollowupActs:
    """Rows of the table of acts, in the order in which they are printed."""

    LETTER_SEND = ActRow(
        "letter:send",
        mark("Hand in a letter"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.FACILITATOR),
        stages=DELIVERY,
        sentence=mark("A letter was handed in"),
        stirs=True,
    )

    LETTER_ANSWER = ActRow(
        "letter:answer",
        mark("Record the answer to a letter"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.FACILITATOR, Role.RESPONSIBLE),
        stages=DELIVERY_AND_AFTER,
        sentence=mark("The letter was answered"),
        turn=Turn.GREAT,
        stirs=True,
    )

    AGREEMENT_DRAFT = ActRow(
        "agreement:draft",
        mark("Write an agreement"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.FACILITATOR),
        stages=DELIVERY,
        sentence=mark("The agreement was written"),
    )

    AGREEMENT_STEP = ActRow(
        "agreement:step",
        mark("Write the steps of an agreement"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.FACILITATOR),
        stages=DELIVERY,
        sentence=mark("The step was written, with its questions"),
    )

    AGREEMENT_ACCEPT = ActRow(
        "agreement:accept",
        mark("Accept an agreement, or record its acceptance"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.FACILITATOR, Role.RESPONSIBLE),
        stages=DELIVERY,
        sentence=mark("The entity accepted the agreement"),
        turn=Turn.GREAT,
        stirs=True,
    )

    LINK_ISSUE = ActRow(
        "link:issue",
        mark("Give an entity a link to report by"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.FACILITATOR),
        stages=DELIVERY_AND_AFTER,
    )

    LINK_REVOKE = ActRow(
        "link:revoke",
        mark("End such a link"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.FACILITATOR),
        stages=DELIVERY_AND_AFTER,
    )

    PROGRESS_DECLARE = ActRow(
        "progress:declare",
        mark("Say how far a step is"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.RESPONSIBLE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.RESPONSIBLE,
        sentence=mark("The entity said how far it is"),
        stirs=True,
    )

    EVIDENCE_ADD = ActRow(
        "evidence:add",
        mark("Add evidence"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.RESPONSIBLE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.RESPONSIBLE,
        sentence=mark("Evidence was added"),
        stirs=True,
        tells_no_reason=True,
    )

    EVIDENCE_COPY = ActRow(
        "evidence:copy",
        mark("Make the public copy of a document sent before"),
        heading=Heading.AGREEMENTS,
        roles=any_of(),
        stages=DELIVERY,
    )

    MILESTONE_CONFIRM = ActRow(
        "milestone:confirm",
        mark("Check a step as a neighbour"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.MEMBER),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.NOT_EXECUTOR,
        sentence=mark("A neighbour checked it"),
        turn=Turn.SMALL,
        stirs=True,
    )

    MILESTONE_RELAY = ActRow(
        "milestone:relay",
        mark("Type in what a neighbour without an account saw"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.MEMBER, Role.FACILITATOR),
        stages=DELIVERY_AND_AFTER,
        sentence=mark("What a neighbour saw was typed by another person"),
        stirs=True,
    )

    MILESTONE_ATTEST = ActRow(
        "milestone:attest",
        mark("Confirm what another typed for a neighbour"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.MEMBER),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.NOT_EXECUTOR,
        sentence=mark("A second person confirmed what was typed for a neighbour"),
        stirs=True,
    )

    MILESTONE_VERIFY = ActRow(
        "milestone:verify",
        mark("Check a step as the committee"),
        heading=Heading.AGREEMENTS,
        roles=any_of(Role.COMMITTEE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.SEATED,
        sentence=mark("The committee checked it"),
        turn=Turn.GREAT,
        stirs=True,
    )
