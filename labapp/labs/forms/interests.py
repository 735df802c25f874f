"""What is asked of whoever is about to serve a lab: office, candidacy, contract, or none."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from labapp.domain.interests import Interest
from labapp.web.fields import Choices
from labapp.web.form import Form

_NONE = "none"
_OPTIONS = [
    *((interest.value, _l(interest.label)) for interest in Interest),
    (_NONE, _l("none of the three")),
]


def interests_question() -> Choices:
    """Return the question about somebody else; each form says where among its own it stands."""
    return Choices(
        _l("Is any of this so of whoever facilitates or counts votes?"),
        _OPTIONS,
        required=False,
        hint=_l("Mark it as the person said. Leave it empty if they declared from their account."),
    )


def own_interests_question() -> Choices:
    """Return the question about oneself: it must be answered."""
    return Choices(
        _l("Is any of this so of you?"),
        _OPTIONS,
        empty=_l("Mark what is so, or that none of the three is."),
    )


class InterestsForm(Form):
    """One question with three answers that keep somebody from serving, and a fourth: none."""

    interests: Choices

    def validate_interests(self, field: Choices) -> None:
        """Refuse an answer that says both."""
        if _NONE in field.data and len(field.data) > 1:
            raise ValidationError(_("Mark either what is so, or that none of the three is."))

    def has(self) -> frozenset[Interest] | None:
        """Return what was marked, of a form found valid; None where nothing was."""
        if not self.interests.data:
            return None
        return frozenset(Interest(value) for value in self.interests.data if value != _NONE)


class OwnInterestsForm(InterestsForm):
    """What somebody declares of themselves."""

    interests = own_interests_question()
