"""Forms of reviews: shape only."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from labapp.domain.ogp_completion import IRM, OgpCompletion
from labapp.web.fields import Choice, Day, Line, Text
from labapp.web.form import Form
from labapp.web.readers import Reader


class ReviewForm(Form):
    """Send the follow-up of a period."""

    reader = Reader.EVERYBODY
    period_starts_on = Day(_l("From what day?"))
    period_ends_on = Day(_l("To what day?"), ahead=False)
    report = Text(_l("What was done, and what was not?"), max=20_000, rows=10)

    def validate_period_ends_on(self, field: Day) -> None:
        """Refuse a period upside down."""
        if self.period_starts_on.data is not None and field.given < self.period_starts_on.data:
            raise ValidationError(_("It cannot end before it starts."))


class ReturnForm(Form):
    """Return it with observations."""

    reader = Reader.EVERYBODY
    observations = Text(_l("What must the lab explain or show?"), max=5000)
    office = Line(_l("Which office signs?"), max=200)


class ReviewAnswerForm(Form):
    """Answer the observations."""

    reader = Reader.EVERYBODY
    text = Text(_l("What does the lab answer?"), max=10_000, rows=8)


class ValidateForm(Form):
    """Validate with one of the five values."""

    reader = Reader.EVERYBODY
    completion = Choice(_l("How far is it?"), OgpCompletion)
    reason = Text(_l("Why this value?"), max=5000)


class IRMForm(Form):
    """Note the independent mechanism's coding."""

    reader = Reader.EVERYBODY
    irm = Choice(_l("How did the independent mechanism code it?"), IRM)
    source = Line(
        _l("Where does it say so?"), max=200, required=False, hint=_l("Its report and the page.")
    )

    def validate_irm(self, field: Choice) -> None:
        """Ask for the source of anything but "pending"."""
        if field.data != IRM.PENDING and not self.source.data:
            raise ValidationError(_("Write below in which report it says so."))
