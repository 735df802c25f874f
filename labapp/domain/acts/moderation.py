"""What is done with words that must not stand: taken away, appealed, put back."""

from labapp.domain.acts.row import ANYBODY, ActRow, Heading, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Relation, Role


class ModerationActs:
    """Rows of the table of acts, in the order in which they are printed.

    At every stage: words hurt in a closed lab as in an open one.
    """

    REMOVAL_DECIDE = ActRow(
        "removal:decide",
        mark("Take away words, a photo or a whole text, with a reason that has a code"),
        heading=Heading.WORDS,
        roles=any_of(Role.FACILITATOR, Role.REVIEWER),
        sentence=mark("Something of it was taken away"),
    )

    REMOVAL_CONFIRM = ActRow(
        "removal:confirm",
        mark("Agree, or not, as the second person of ANTAI that something be taken away"),
        heading=Heading.WORDS,
        roles=any_of(Role.REVIEWER),
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("A second person of ANTAI decided on taking something of it away"),
    )

    REMOVAL_RETURN = ActRow(
        "removal:return",
        mark("Put back what one's own side took away"),
        heading=Heading.WORDS,
        roles=any_of(Role.FACILITATOR, Role.REVIEWER),
        sentence=mark("What was taken away was put back"),
    )

    REMOVAL_APPEAL = ActRow(
        "removal:appeal",
        mark("Appeal against what was taken away, once"),
        heading=Heading.WORDS,
        roles=ANYBODY,
        sentence=mark("Somebody appealed against what was taken away"),
    )

    REMOVAL_RULE = ActRow(
        "removal:rule",
        mark("Hear an appeal against what another took away"),
        heading=Heading.WORDS,
        roles=any_of(Role.REVIEWER),
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("ANTAI heard the appeal"),
    )

    REMOVAL_EXPIRE = ActRow(
        "removal:expire",
        mark("Put back what was appealed and not heard in its term"),
        heading=Heading.WORDS,
        roles=any_of(),
        sentence=mark("The appeal was not heard in its term, and the words are back"),
    )
