"""What is asked about a plan and its targets."""

from flask_babel import lazy_gettext as _l

from labapp.plans.models import Measure
from labapp.web.fields import Choice, Day, Line, Text, Whole
from labapp.web.form import Form
from labapp.web.readers import Reader


class PlanForm(Form):
    """An action plan."""

    reader = Reader.EVERYBODY
    name = Line(_l("What is the plan called?"), max=200)
    starts_on = Day(_l("First day"))
    ends_on = Day(_l("Last day"))
    source = Text(_l("Where do these facts come from?"), rows=2, max=1000, required=False)


class TargetForm(Form):
    """A number promised."""

    reader = Reader.EVERYBODY
    title = Line(_l("What was promised?"), max=200)
    measure = Choice(_l("What is counted?"), Measure)
    goal = Whole(_l("How many?"), max=100_000)
    commitment = Line(
        _l("Which commitment of OGP?"),
        max=6,
        required=False,
        hint=_l("PA and four figures, if it is known."),
    )
