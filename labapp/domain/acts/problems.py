"""What is done with problems, and with what waits to be reviewed."""

from labapp.domain.acts.row import ANYBODY, ActRow, Heading, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Role
from labapp.domain.stage import ALL, OPEN


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
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("It was reviewed and published"),
        stirs=True,
    )

    PROBLEM_RETURN = ActRow(
        "problem:return",
        mark("Return a problem with a reason"),
        heading=Heading.PROBLEMS,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("It was returned with a reason"),
        tells_no_reason=True,
    )

    PROBLEM_REJECT = ActRow(
        "problem:reject",
        mark("Not publish a problem, with a reason"),
        heading=Heading.PROBLEMS,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN,
        sentence=mark("It was not published, with a reason"),
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

    MODERATION_VIEW = ActRow(
        "moderation:view",
        mark("See what is waiting to be reviewed"),
        heading=Heading.PROBLEMS,
        roles=any_of(Role.REVIEWER, Role.FACILITATOR),
        stages=ALL,
    )
