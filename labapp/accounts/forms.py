"""What is asked of people about themselves."""

from collections.abc import Mapping
from typing import ClassVar

from flask_babel import lazy_gettext as _l

from labapp.domain.roles import LABELS
from labapp.web.fields import Choice, Line, Mail, Secret, Yes
from labapp.web.form import Form
from labapp.web.readers import Reader

#: Each language in its own words.
LANGUAGES = {"es": "Español", "en": "English"}
_NEW = _l("At least 8 characters. Three or four words that do not go together are best.")


class SignUpForm(Form):
    """Open an account."""

    reader = Reader.OWNER
    name = Line(
        _l("What shall we call you?"),
        max=80,
        autocomplete="name",
        hint=_l("It need not be your full name."),
        reader=Reader.BESIDE_OTHERS,
    )
    username = Line(
        _l("Choose a username"),
        max=40,
        autocomplete="username",
        hint=_l("To sign in. Small letters and figures, without blanks."),
    )
    password = Secret(_l("Choose a password"), autocomplete="new-password", hint=_NEW)
    email = Mail(_l("Your mail address"), required=False)
    adult = Yes(
        _l("I am 18 or older"),
        required=True,
        empty=_l("Accounts are for people 18 or older. A minor takes part through an adult."),
    )


class SignInForm(Form):
    """Sign in."""

    searches: ClassVar[Mapping[str, str]] = {
        "username": "It finds the account; what was typed is not kept."
    }

    username = Line(_l("Username"), max=60, autocomplete="username")
    password = Secret(_l("Password"))


class KeepForm(Form):
    """One's own name and language."""

    name = Line(
        _l("What shall we call you?"),
        max=80,
        autocomplete="name",
        reader=Reader.BESIDE_OTHERS,
    )
    lang = Choice(_l("In which language?"), LANGUAGES)


class PasswordForm(Form):
    """Another password."""

    old = Secret(_l("Your present password"))
    new = Secret(_l("The new one"), autocomplete="new-password", hint=_NEW)


class RecoverForm(Form):
    """A password chosen by a link."""

    new = Secret(_l("Choose a new password"), autocomplete="new-password", hint=_NEW)


class LeaveForm(Form):
    """Delete the account."""

    password = Secret(_l("Write your password to confirm"))


class GlobalRoleForm(Form):
    """One global role."""

    role = Choice(_l("Which role?"), {role.value: _l(words) for role, words in LABELS.items()})
