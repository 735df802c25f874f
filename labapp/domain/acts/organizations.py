"""What is done with organizations."""

from labapp.domain.acts.row import ActRow, Heading, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Role


class OrganizationActs:
    """Rows of the table of acts, in the order in which they are printed."""

    ORGANIZATION_ADD = ActRow(
        "organization:add",
        mark("Add an organization"),
        heading=Heading.SITE,
        roles=any_of(Role.REVIEWER, Role.ADMINISTRATOR, Role.TRUSTED),
    )
