"""The form of a reasoned response."""

from flask_babel import lazy_gettext as _l

from labapp.responses.models import Decision
from labapp.web.fields import Choice, Line, Text
from labapp.web.form import Form
from labapp.web.readers import Reader


class ResponseForm(Form):
    """What was decided, why, and who signs."""

    reader = Reader.EVERYBODY
    decision = Choice(_l("What was decided?"), Decision)
    reason = Text(
        _l("Why?"),
        max=4000,
        hint=_l("In words that a neighbour understands."),
        empty=_l("Write why: an answer without a reason is no answer."),
    )
    office = Line(
        _l("Which office signs?"), max=200, hint=_l("For example: the lab's facilitation team.")
    )
    signer = Line(_l("Who holds that office?"), max=200, hint=_l("Their name, or their post."))
