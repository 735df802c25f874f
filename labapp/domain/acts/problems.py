"""What is done with problems, and with what waits to be reviewed."""

from labapp.domain.acts.row import ANYBODY, ActRow, Heading, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Role
from labapp.domain.stage import ALL, OPEN, OPEN_AND_AFTER

#: ANTAI only once the lab's own term has passed: the services ask.
_REVIEW = any_of(Role.FACILITATOR, Role.REVIEWER)


class ProblemActs:
    """Rows of the table of acts, in the order in which they are printed."""

    PROBLEM_TELL = ActRow(
        "problem:tell",
        mark("Tell a problem"),
        heading=Heading.PROBLEMS,
        roles=ANYBODY,
        stages=OPEN,
        sentence=mark("Somebody told it"),
    )

    PROBLEM_ADD = ActRow(
        "problem:add",
        mark("Add to a problem one told"),
        heading=Heading.PROBLEMS,
        roles=ANYBODY,
        stages=OPEN,
    )

    PROBLEM_CORRECT = ActRow(
        "problem:correct",
        mark("Correct a problem that was returned"),
        heading=Heading.PROBLEMS,
        roles=ANYBODY,
        stages=OPEN,
        sentence=mark("It was corrected and sent again"),
    )

    PROBLEM_PUBLISH = ActRow(
        "problem:publish",
        mark("Publish a problem"),
        heading=Heading.PROBLEMS,
        roles=_REVIEW,
        stages=OPEN_AND_AFTER,
        sentence=mark("It was reviewed and published"),
        stirs=True,
    )

    PROBLEM_RETURN = ActRow(
        "problem:return",
        mark("Return a problem once, with words for who told it"),
        heading=Heading.PROBLEMS,
        roles=_REVIEW,
        stages=OPEN_AND_AFTER,
        sentence=mark("It was returned to be corrected"),
        is_private=True,
    )

    PROBLEM_REJECT = ActRow(
        "problem:reject",
        mark("Not publish a problem, by a public code"),
        heading=Heading.PROBLEMS,
        roles=_REVIEW,
        stages=OPEN_AND_AFTER,
        sentence=mark("It was not published"),
        is_private=True,
        is_coded=True,
    )

    PROBLEM_AMEND = ActRow(
        "problem:amend",
        mark("Correct a published problem one told"),
        heading=Heading.PROBLEMS,
        roles=ANYBODY,
        stages=OPEN,
        sentence=mark("Who told it sent a correction"),
    )

    AMENDMENT_PUBLISH = ActRow(
        "amendment:publish",
        mark("Publish the correction of a problem"),
        heading=Heading.PROBLEMS,
        roles=_REVIEW,
        stages=OPEN_AND_AFTER,
        sentence=mark("Its correction was published"),
        stirs=True,
    )

    AMENDMENT_DECLINE = ActRow(
        "amendment:decline",
        mark("Not publish the correction of a problem, by a public code"),
        heading=Heading.PROBLEMS,
        roles=_REVIEW,
        stages=OPEN_AND_AFTER,
        sentence=mark("Its correction was not published"),
        is_private=True,
        is_coded=True,
    )

    PROBLEM_WITHDRAW = ActRow(
        "problem:withdraw",
        mark("Withdraw a published problem one told"),
        heading=Heading.PROBLEMS,
        roles=ANYBODY,
        stages=ALL,
        sentence=mark("Who told it withdrew it"),
        stirs=True,
    )

    PROBLEM_PART = ActRow(
        "problem:part",
        mark("Let a problem stand on its own again, when the one it was joined with is withdrawn"),
        heading=Heading.PROBLEMS,
        roles=ANYBODY,
        stages=ALL,
        sentence=mark("It stands on its own again: the other was withdrawn"),
    )

    PHOTO_WITHDRAW = ActRow(
        "photo:withdraw",
        mark("Take away a photo one sent with a problem"),
        heading=Heading.PROBLEMS,
        roles=ANYBODY,
        stages=ALL,
        sentence=mark("Who told it took a photo away"),
    )

    PHOTO_REJECT = ActRow(
        "photo:reject",
        mark("Take a photo away before the problem is published, by a code"),
        heading=Heading.PROBLEMS,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("A photo was taken away before it was published"),
        is_coded=True,
    )

    PROBLEM_MERGE = ActRow(
        "problem:merge",
        mark("Join a problem with another like it"),
        heading=Heading.PROBLEMS,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("It was joined with another like it"),
        stirs=True,
    )

    PROBLEM_SUPPORT = ActRow(
        "problem:support",
        mark("Say “it happens to me too”"),
        heading=Heading.PROBLEMS,
        roles=any_of(Role.ACCOUNT),
        stages=OPEN,
    )

    HANDS_COUNT = ActRow(
        "hands:count",
        mark("Count the hands raised for a problem in a meeting"),
        heading=Heading.PROBLEMS,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("Hands were counted in a meeting"),
        stirs=True,
    )

    PAPER_TYPE = ActRow(
        "paper:type",
        mark("Type in a problem that came on paper"),
        heading=Heading.PROBLEMS,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
    )

    MODERATION_VIEW = ActRow(
        "moderation:view",
        mark("See what is waiting to be reviewed"),
        heading=Heading.PROBLEMS,
        roles=any_of(Role.REVIEWER, Role.FACILITATOR),
        stages=ALL,
    )
