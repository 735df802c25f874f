"""What is done before, in and after a meeting."""

from labapp.domain.acts.row import ActRow, Heading, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Role
from labapp.domain.stage import ALIVE


class MeetingActs:
    """Rows of the table of acts, in the order in which they are printed."""

    MEETING_ANNOUNCE = ActRow(
        "meeting:announce",
        mark("Announce a meeting"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("The meeting was announced"),
        stirs=True,
    )

    MEETING_RUN = ActRow(
        "meeting:run",
        mark("Run a meeting"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("The meeting began"),
        stirs=True,
    )

    MEETING_CLOSE = ActRow(
        "meeting:close",
        mark("Close a meeting with its minutes"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("The meeting closed with its minutes"),
        stirs=True,
    )

    MEETING_CANCEL = ActRow(
        "meeting:cancel",
        mark("Cancel a meeting, with its reason"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("The meeting was cancelled"),
        stirs=True,
    )

    ATTENDANCE_NOTE = ActRow(
        "attendance:note",
        mark("Check people in at a meeting"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
    )

    CONTRIBUTION_NOTE = ActRow(
        "contribution:note",
        mark("Note what was said in a meeting"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("It was said in a meeting"),
        stirs=True,
    )
