"""What is answered."""

from labapp.domain.acts.row import ActRow, Heading, Turn, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Role
from labapp.domain.stage import ALL, Stage


class ResponseActs:
    """Rows of the table of acts, in the order in which they are printed."""

    RESPONSE_GIVE = ActRow(
        "response:give",
        mark("Answer what was decided and why"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.REVIEWER, Role.FACILITATOR),
        stages=ALL - {Stage.CANCELLED},
        sentence=mark("It was answered: what was decided and why"),
        turn=Turn.GREAT,
        stirs=True,
    )
