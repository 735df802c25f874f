"""What is done with an account, and with the roles of the whole site."""

from labapp.domain.acts.row import ANYBODY, ActRow, Heading, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Role


class AccountActs:
    """Rows of the table of acts, in the order in which they are printed."""

    SITE_VIEW = ActRow(
        "site:view",
        mark("See the site"),
        heading=Heading.SITE,
        roles=ANYBODY,
    )

    ACCOUNT_OPEN = ActRow(
        "account:open",
        mark("Open an account"),
        heading=Heading.SITE,
        roles=ANYBODY,
    )

    ACCOUNT_KEEP = ActRow(
        "account:keep",
        mark("Keep one's own account"),
        heading=Heading.SITE,
        roles=any_of(Role.ACCOUNT),
    )

    ROLE_GRANT = ActRow(
        "role:grant",
        mark("Give and end roles on the site (ANTAI: trusted facilitators alone)"),
        heading=Heading.SITE,
        roles=any_of(Role.REVIEWER, Role.ADMINISTRATOR),
    )

    NAME_HIDE = ActRow(
        "name:hide",
        mark("Take the name of an account from public pages, or show it again"),
        heading=Heading.SITE,
        roles=any_of(Role.REVIEWER, Role.ADMINISTRATOR),
    )

    RECOVERY_MAKE = ActRow(
        "recovery:make",
        mark("Make a link to choose a new password"),
        heading=Heading.SITE,
        roles=any_of(Role.ADMINISTRATOR),
    )
