"""What is done before, in and after a meeting."""

from labapp.domain.acts.row import ActRow, Heading, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Role
from labapp.domain.stage import ALIVE, OPEN_AND_AFTER, Stage


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

    MEETING_NOTE = ActRow(
        "meeting:note",
        mark("Note afterwards a meeting that was held"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("It was noted afterwards that the meeting was held"),
        stirs=True,
    )

    MEETING_CLOSE = ActRow(
        "meeting:close",
        mark("Close a meeting with its minutes"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=OPEN_AND_AFTER | {Stage.PREPARATION},
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

    CONTRIBUTION_EDIT = ActRow(
        "contribution:edit",
        mark("Correct the words of a contribution, with the reason; the former words stay"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("Its words were corrected"),
    )

    CONTRIBUTION_DIVIDE = ActRow(
        "contribution:divide",
        mark("Divide a contribution that says several things"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("It was divided"),
    )

    CONTRIBUTION_JOIN = ActRow(
        "contribution:join",
        mark("Join contributions that say the same"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("It was joined with another that says the same"),
    )

    CONTRIBUTION_SEPARATE = ActRow(
        "contribution:separate",
        mark("Separate contributions that were joined"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("It was separated from the one it was joined with"),
    )

    CONTRIBUTION_WITHDRAW = ActRow(
        "contribution:withdraw",
        mark("Take away what somebody said in a meeting, because whoever said it asks so"),
        heading=Heading.MEETINGS,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("It was taken away: whoever said it asked so"),
    )
