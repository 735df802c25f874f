"""What is done with a plan and its targets."""

from labapp.domain.acts.row import ANYBODY, ActRow, Heading, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Role


class PlanActs:
    """Rows of the table of acts, in the order in which they are printed."""

    PLAN_VIEW = ActRow(
        "plan:view",
        mark("See a plan and its targets"),
        heading=Heading.SITE,
        roles=ANYBODY,
    )

    PLAN_EDIT = ActRow(
        "plan:edit",
        mark("Write a plan's targets"),
        heading=Heading.SITE,
        roles=any_of(Role.REVIEWER, Role.ADMINISTRATOR),
    )
