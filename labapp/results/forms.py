"""The forms of how a vote ends."""

from flask_babel import lazy_gettext as _l

from labapp.web.fields import Choice, Line, Text
from labapp.web.form import Form
from labapp.web.readers import Reader


class AnnulForm(Form):
    """Why a vote is annulled."""

    reader = Reader.EVERYBODY
    reason = Text(_l("Why is this vote annulled?"), max=2000)


class AnnulmentAnswerForm(Form):
    """Whether ANTAI agrees, and why."""

    reader = Reader.EVERYBODY
    agreed = Choice(
        _l("Is this vote annulled?"),
        [
            ("yes", _l("Yes: its ballots are never counted")),
            ("no", _l("No: it goes on as it was")),
        ],
    )
    words = Text(_l("Why?"), max=2000)


class DrawForm(Form):
    """What the announced draw gave."""

    reader = Reader.EVERYBODY
    seed = Line(
        _l("What did the draw give?"),
        max=200,
        hint=_l("Exactly as it was published, for example: 4821."),
    )
