"""What is sent to ANTAI, and what it does with it."""

from labapp.domain.acts.row import ActRow, Heading, Turn, any_of, at
from labapp.domain.errors import mark
from labapp.domain.roles import Relation, Role
from labapp.domain.stage import ALL, Stage


class ReviewActs:
    """Rows of the table of acts, in the order in which they are printed."""

    DESK_VIEW = ActRow(
        "desk:view",
        mark("See ANTAI's desk"),
        heading=Heading.SITE,
        roles=any_of(Role.REVIEWER),
    )

    REVIEW_SEND = ActRow(
        "review:send",
        mark("Send the follow-up to ANTAI"),
        heading=Heading.REVIEW,
        roles=any_of(Role.FACILITATOR),
        stages=at(Stage.PROTOTYPE, Stage.FOLLOWUP, Stage.CLOSED),
        sentence=mark("The follow-up was sent to ANTAI"),
        stirs=True,
    )

    REVIEW_RETURN = ActRow(
        "review:return",
        mark("Return the follow-up with observations"),
        heading=Heading.REVIEW,
        roles=any_of(Role.REVIEWER),
        stages=at(Stage.PROTOTYPE, Stage.FOLLOWUP, Stage.CLOSED),
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("ANTAI returned it with observations"),
        turn=Turn.SMALL,
        stirs=True,
    )

    REVIEW_ANSWER = ActRow(
        "review:answer",
        mark("Answer ANTAI's observations"),
        heading=Heading.REVIEW,
        roles=any_of(Role.FACILITATOR),
        stages=at(Stage.PROTOTYPE, Stage.FOLLOWUP, Stage.CLOSED),
        sentence=mark("The lab answered the observations"),
        stirs=True,
    )

    REVIEW_VALIDATE = ActRow(
        "review:validate",
        mark("Validate the follow-up"),
        heading=Heading.REVIEW,
        roles=any_of(Role.REVIEWER),
        stages=at(Stage.PROTOTYPE, Stage.FOLLOWUP, Stage.CLOSED),
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("ANTAI validated the follow-up"),
        turn=Turn.GREAT,
        stirs=True,
    )

    REVIEW_IRM = ActRow(
        "review:irm",
        mark("Note the independent review's coding"),
        heading=Heading.REVIEW,
        roles=any_of(Role.REVIEWER),
        stages=ALL,
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("The independent review's coding was noted"),
        stirs=True,
    )
