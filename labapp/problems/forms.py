"""What is asked of who tells a problem and of who reviews it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from labapp.domain.removal_code import OF_PUBLISHED, OF_UNPUBLISHED
from labapp.problems.service import ProblemText
from labapp.web.fields import Choice, Line, Text, Upload, Whole, Yes
from labapp.web.form import Form
from labapp.web.readers import Reader


class TellForm(Form):
    """Two questions. Nothing else stands between a neighbour and the button."""

    reader = Reader.AFTER_REVIEW
    what = Text(
        _l("What is happening?"),
        max=1000,
        rows=4,
        empty=_l("Write what is happening, in your own words."),
    )
    where = Line(
        _l("Where?"),
        max=140,
        hint=_l("As you would tell a neighbour: after the school, upper part."),
        empty=_l("Write where it happens."),
    )

    def told(self) -> ProblemText:
        """Return what was answered."""
        return ProblemText(what=self.what.data, where=self.where.data)


class CorrectForm(TellForm):
    """The same words again, to be corrected."""

    since = Line(_l("Since when?"), required=False)
    affects = Line(_l("Whom does it affect?"), required=False)

    def told(self) -> ProblemText:
        """Return what was answered."""
        return ProblemText(
            what=self.what.data,
            where=self.where.data,
            since=self.since.data,
            affects=self.affects.data,
        )


class PaperForm(CorrectForm):
    """What a facilitator types in from a sheet of paper."""

    on_paper = Yes(_l("It came on paper or by word of mouth, and I am typing it in"))


class DetailsForm(Form):
    """What may be added afterwards."""

    reader = Reader.AFTER_REVIEW
    photo = Upload(
        _l("A photo"),
        required=False,
        accept="image/*",
        hint=_l("We remove the place and the device that phones hide inside photos."),
    )
    since = Line(_l("Since when?"), required=False, hint=_l("For example: for two years."))
    affects = Line(
        _l("Whom does it affect?"), required=False, hint=_l("For example: about 60 houses.")
    )


class SendBackForm(Form):
    """What is to be corrected of what waits to be reviewed."""

    reader = Reader.AUTHOR_AND_DESK
    words = Text(
        _l("What is to be corrected?"),
        max=1000,
        rows=3,
        hint=_l("It can be returned only once."),
        empty=_l("Write what is to be corrected: whoever sent it will read it."),
    )


class PhotoRejectionForm(Form):
    """Why a photo is taken away."""

    code = Choice(_l("Why?"), {code.value: _l(code.label) for code in OF_PUBLISHED})


class RejectionForm(Form):
    """Why something is not published: a code for everybody, and words for who sent it."""

    reader = Reader.AUTHOR_AND_DESK
    code = Choice(
        _l("Why is it not published?"),
        {code.value: _l(code.label) for code in OF_UNPUBLISHED},
        hint=_l("Everybody will read this line and the day, and nothing else."),
    )
    words = Text(
        _l("What do you say to whoever sent it?"),
        max=1000,
        rows=3,
        empty=_l("Write the reason: whoever sent it will read it."),
    )


class MergeForm(Form):
    """With which other it is joined, and why."""

    reader = Reader.EVERYBODY
    number = Whole(
        _l("With which problem?"),
        min=1,
        hint=_l("The number of the one that stays."),
        empty=_l("Write the number of the other problem."),
    )
    reason = Text(
        _l("Why?"),
        max=1000,
        rows=2,
        empty=_l("Write the reason: it is shown to everybody."),
    )

    def refuse_unknown(self) -> None:
        """Say that no problem stands under the number sent, unless something else was wrong."""
        if self.is_submitted() and not self.errors:
            self.number.errors = [_("No published problem has that number.")]


class SupportHandsForm(Form):
    """Hands raised for it in a meeting."""

    hands = Whole(_l("How many hands were raised?"), max=100_000)
