"""Where a contribution stands, which the rooms that answer it and take it up ask about too."""

from enum import StrEnum

from labapp.domain.errors import mark


class ContributionState(StrEnum):
    """Where a contribution stands, read from its dates; the thread holds a copy of the value.

    That it is answered is another row. One joined with another is answered with it.
    """

    NOTED = "noted"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"

    @property
    def refusal(self) -> str:
        """Why it is neither answered by itself nor changed so any more, for gettext."""
        return _REFUSALS[self]


_REFUSALS: dict[ContributionState, str] = {
    ContributionState.NOTED: "",
    ContributionState.JOINED: mark(
        "This was joined with another: go to that one, or separate them."
    ),
    ContributionState.WITHDRAWN: mark("This was withdrawn at the request of whoever said it."),
}
