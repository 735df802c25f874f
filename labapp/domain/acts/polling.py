"""What is done in the hall of a vote."""

from labapp.domain.acts.row import ANYBODY, ActRow, Heading, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Role
from labapp.domain.stage import OPEN


class PollingActs:
    """Rows of the table of acts, in the order in which they are printed."""

    ROLL_CONSULT = ActRow(
        "roll:consult",
        mark("Consult the list of those who may vote"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR, Role.TELLER),
        stages=OPEN,
    )

    HALL_KEEP = ActRow(
        "hall:keep",
        mark("Keep the table of a vote in the hall"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR, Role.TELLER),
        stages=OPEN,
    )

    CARD_PRINT = ActRow(
        "card:print",
        mark("Print voting cards"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("Voting cards were printed"),
        stirs=True,
    )

    CARD_VOID = ActRow(
        "card:void",
        mark("Void voting cards, or take them back"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR, Role.TELLER),
        stages=OPEN,
        stirs=True,
    )

    CARD_CAST = ActRow(
        "card:cast",
        mark("Vote with a card"),
        heading=Heading.VOTES,
        roles=ANYBODY,
        stages=OPEN,
    )

    PAPER_PRINT = ActRow(
        "paper:print",
        mark("Print paper ballots"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        stirs=True,
    )

    BATCH_ADD = ActRow(
        "batch:add",
        mark("Count a pile of paper ballots"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR, Role.TELLER),
        stages=OPEN,
        stirs=True,
    )

    BATCH_TYPE = ActRow(
        "batch:type",
        mark("Type in a pile of paper ballots, each of two people on their own"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR, Role.TELLER),
        stages=OPEN,
        stirs=True,
    )

    BATCH_DROP = ActRow(
        "batch:drop",
        mark("Put a pile that was typed twice into the urn"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR, Role.TELLER),
        stages=OPEN,
        sentence=mark("A batch of paper ballots went into the urn"),
        stirs=True,
    )

    HANDS_NOTE = ActRow(
        "hands:note",
        mark("Count a show of hands of a vote, before two witnesses"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR, Role.TELLER),
        stages=OPEN,
        sentence=mark("A show of hands was counted before two witnesses"),
        stirs=True,
    )

    CHANNEL_RECONCILE = ActRow(
        "channel:reconcile",
        mark("Reconcile what was handed out in the hall"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("What was handed out in the hall was reconciled"),
        stirs=True,
        tells_no_reason=True,
    )
