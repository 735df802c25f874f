"""What is done with a vote, from its terms to its result."""

from labapp.domain.acts.row import ActRow, Heading, Turn, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Relation, Role
from labapp.domain.stage import ALL, OPEN, OPEN_AND_AFTER


class VoteActs:
    """Rows of the table of acts, in the order in which they are printed."""

    VOTE_SET = ActRow(
        "vote:set",
        mark("Announce a vote"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("The vote was announced"),
        stirs=True,
    )

    ROLL_OBJECT = ActRow(
        "roll:object",
        mark("Object to the list of a vote before it opens"),
        heading=Heading.VOTES,
        roles=any_of(Role.ACCOUNT),
        stages=OPEN,
    )

    OBJECTION_NOTE = ActRow(
        "objection:note",
        mark("Look somebody up before a vote opens, and note what they object to its list"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
    )

    OBJECTION_VIEW = ActRow(
        "objection:view",
        mark("Read the objections to the list of a vote"),
        heading=Heading.VOTES,
        roles=any_of(Role.REVIEWER, Role.FACILITATOR),
        stages=ALL,
    )

    OBJECTION_ANSWER = ActRow(
        "objection:answer",
        mark("Answer an objection to the list of a vote, with a reason"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN_AND_AFTER,
    )

    VOTE_OPEN = ActRow(
        "vote:open",
        mark("Open a vote"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("The vote opened"),
        stirs=True,
    )

    VOTE_CLOSE = ActRow(
        "vote:close",
        mark("Close a vote"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("The vote closed"),
        stirs=True,
    )

    VOTE_DRAW = ActRow(
        "vote:draw",
        mark("Note what the draw of a tie gave"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("What the draw of a tie gave was noted"),
        stirs=True,
    )

    VOTE_PUBLISH = ActRow(
        "vote:publish",
        mark("Count a vote and publish the result"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("The result was counted and published"),
        turn=Turn.GREAT,
        stirs=True,
    )

    VOTE_ANNUL = ActRow(
        "vote:annul",
        mark("Annul a vote that has not opened, with a reason"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("The vote was annulled, with a reason"),
        turn=Turn.GREAT,
        stirs=True,
    )

    ANNULMENT_ASK = ActRow(
        "annulment:ask",
        mark("Ask ANTAI to annul a vote that was opened, with a reason"),
        heading=Heading.VOTES,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("A facilitator asked ANTAI to annul the vote, with a reason"),
        stirs=True,
    )

    ANNULMENT_ANSWER = ActRow(
        "annulment:answer",
        mark("Agree, or not, that a vote that was opened is annulled"),
        heading=Heading.VOTES,
        roles=any_of(Role.REVIEWER),
        stages=ALL,
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("ANTAI answered whether the vote is annulled"),
        stirs=True,
    )

    ANNULMENT_LAPSE = ActRow(
        "annulment:lapse",
        mark("Let a vote go on of which ANTAI did not answer whether it is annulled"),
        heading=Heading.VOTES,
        roles=any_of(),
        sentence=mark("ANTAI did not answer in its term, and the vote goes on"),
    )

    BALLOT_CAST = ActRow(
        "ballot:cast",
        mark("Vote"),
        heading=Heading.VOTES,
        roles=any_of(Role.ACCOUNT),
        stages=OPEN,
        relation=Relation.ON_ROLL,
    )
