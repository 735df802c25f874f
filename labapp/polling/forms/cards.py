"""Forms of the cards: how many are printed, which are withdrawn, and the code of one."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from labapp.domain.errors import mark
from labapp.polling.models import CardState
from labapp.polling.service.cards import MOST_CARDS
from labapp.web.fields import Choice, Whole
from labapp.web.form import Form

#: The largest serial, and the most cards of one range.
_LARGEST, _RANGE = 100_000, 1000
_WHY = {
    CardState.VOIDED.value: mark("It was lost, or badly printed: void it"),
    CardState.RETURNED.value: mark("It was handed back, or nobody took it"),
}


class CardPrintForm(Form):
    """How many cards."""

    count = Whole(
        _l("How many cards?"),
        min=1,
        max=MOST_CARDS,
        default=40,
        hint=_l("Eight go on a sheet. Print some to spare: those left over are handed back."),
    )


class WithdrawForm(Form):
    """Which cards do not vote any more, and why."""

    why = Choice(_l("What happened?"))
    first = Whole(
        _l("What number is on the stub?"), min=1, max=_LARGEST, hint=_l("The large number.")
    )
    last = Whole(
        _l("Up to what number?"),
        required=False,
        min=1,
        max=_LARGEST,
        hint=_l("Only when there are several in a row."),
    )

    def offer(self) -> None:
        """Say the reasons in the reader's language."""
        self.why.options = [(value, _(words)) for value, words in _WHY.items()]

    def validate_last(self, field: Whole) -> None:
        """Refuse a range that goes backwards or is too long."""
        if field.data is None or self.first.data is None:
            return
        if not 0 <= field.data - self.first.data < _RANGE:
            raise ValidationError(_("It goes from the smaller number to the larger."))
