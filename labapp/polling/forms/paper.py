"""Forms of paper, of hands and of the reconciliation."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from labapp.domain.channel import Channel
from labapp.polling.queries.hands import Show
from labapp.polling.queries.reconciliation import ChannelCount, ChannelRecord
from labapp.polling.service.batches import MOST_PAPERS
from labapp.polling.service.print_run import Run
from labapp.voting.models import Option
from labapp.web.fields import Choice, Line, Text, Upload, Whole, Yes
from labapp.web.fields.question import Words
from labapp.web.form import Form
from labapp.web.readers import Reader


class PaperPrintForm(Form):
    """How many ballots are printed, and how small."""

    papers = Whole(
        _l("How many ballots?"),
        min=1,
        max=400,
        hint=_l("As many as people you expect, and some more for those who make a mistake."),
    )
    first = Whole(
        _l("From which number?"),
        min=1,
        max=9000,
        default=1,
        hint=_l("The number is only on the stub. If you printed 60 before, write 61."),
    )
    each = Choice(
        _l("How many on a sheet?"),
        [
            ("4", _l("Four: for few options")),
            ("2", _l("Two: larger letters")),
            ("1", _l("One: for very many options")),
        ],
        default="2",
    )

    def run(self) -> Run:
        """Return what is printed, of a form found valid."""
        return Run(self.papers.given, self.first.given, int(self.each.data))


class BatchForm(Form):
    """A pile of papers, counted by hand."""

    reader = Reader.DESK
    sheets = Whole(
        _l("How many papers are in the pile?"),
        min=1,
        max=MOST_PAPERS,
        hint=_l("Count them by hand, twice. Write on each its place in the pile: 1, 2, 3."),
    )
    photo = Upload(
        _l("A photo of the pile"),
        accept="image/*",
    )


class RecountForm(Form):
    """A pile that was counted wrong."""

    sheets = Whole(_l("How many papers are in the pile?"), min=1, max=MOST_PAPERS)


class TypeForm(Form):
    """Some papers of a pile; each has a line of its own, named after its place."""

    reader = Reader.WITH_RESULT


class SettleForm(Form):
    """A paper on which the two who typed it differ."""

    reader = Reader.WITH_RESULT
    line = Line(_l("What does the paper say?"), max=200)
    why = Line(
        _l("How did the difference come about?"),
        max=200,
        hint=_l("Example: a mark was read in the next row. Name no one."),
    )


def _declaration(which: Words) -> Yes:
    """Return the box that a witness has marked for them."""
    return Yes(
        which,
        required=True,
        empty=_l("Whoever has an office, a candidacy or such a contract is no witness: mark it."),
    )


_FIRST_DECLARES = _l(
    "The first witness declares no office, no candidacy, no contract with who owes the lab"
)
_SECOND_DECLARES = _l(
    "The second witness declares no office, no candidacy, no contract with who owes the lab"
)


class HandsForm(Form):
    """A show of hands: ``votes_1``, ``votes_2``... ask for each option, then the witnesses."""

    reader = Reader.WITH_RESULT
    people = Whole(
        _l("How many people stand to vote by hand?"),
        max=100_000,
        hint=_l("Count them before you call the first option."),
    )
    first_witness: Line
    first_declared: Yes
    second_witness: Line
    second_declared: Yes

    def show(self, options: Sequence[Option]) -> Show:
        """Return what was counted, of a form found valid."""
        return Show(
            people=self.people.given,
            votes={option.position: self[f"votes_{option.position}"].given for option in options},
            witnesses=(self.first_witness.data, self.second_witness.data),
            have_declared=self.first_declared.data and self.second_declared.data,
        )


def hands_form(options: Sequence[Option], show: Show | None) -> HandsForm:
    """Return the form with a question for each option, filled with what was noted before."""
    asked: dict[str, Any] = {
        f"votes_{option.position}": Whole(
            _(
                "Hands for %(position)s. %(option)s",
                position=option.position,
                option=option.label,
            ),
            max=100_000,
        )
        for option in options
    }
    asked |= {
        "first_witness": Line(
            _l("First witness, by office"),
            hint=_l("Example: the president of the water board. No names."),
        ),
        "first_declared": _declaration(_FIRST_DECLARES),
        "second_witness": Line(_l("Second witness, by office")),
        "second_declared": _declaration(_SECOND_DECLARES),
    }
    noted: dict[str, Any] = {}
    if show:
        noted = {"people": show.people, **{f"votes_{p}": n for p, n in show.votes.items()}}
        noted |= {"first_witness": show.witnesses[0], "second_witness": show.witnesses[1]}
        noted |= dict.fromkeys(_DECLARATIONS, show.have_declared)
    made: HandsForm = type("HandsForm", (HandsForm,), asked)(data=noted)
    return made


_COUNTED = ("reissued", "returned", "voided")
_WITNESSES = ("first_witness", "second_witness")
_DECLARATIONS = ("first_declared", "second_declared")
#: What is not asked of each way.
_KNOWN = {
    Channel.CARD: (*_COUNTED[1:], *_WITNESSES, *_DECLARATIONS),
    Channel.PAPER: (),
    Channel.HANDS: (*_COUNTED, *_WITNESSES, *_DECLARATIONS),
}


class ReconcileForm(Form):
    """What was counted of one way of the hall, beside what the system knows."""

    reader = Reader.WITH_RESULT
    reissued = Whole(
        _l("How many were handed out again, in the place of another?"),
        default=0,
        max=100_000,
        hint=_l("Also those given to somebody who was freed on the list afterwards."),
    )
    returned = Whole(_l("How many came back unused?"), default=0, max=100_000)
    voided = Whole(
        _l("How many were spoilt or lost, and set aside?"),
        default=0,
        max=100_000,
    )
    first_witness = Line(
        _l("First witness of the count, by office"),
        hint=_l("Example: the president of the water board. No names."),
    )
    first_declared = _declaration(_FIRST_DECLARES)
    second_witness = Line(_l("Second witness of the count, by office"))
    second_declared = _declaration(_SECOND_DECLARES)
    explained = Text(
        _l("If it does not add up, why?"),
        required=False,
        max=1000,
        rows=3,
        hint=_l("Name no one."),
    )

    def channel_count(self) -> ChannelCount:
        """Return what was counted, of a form found valid; what was not asked is zero."""
        counted = {name: self[name].given for name in _COUNTED if name in self}
        witnesses = tuple(self[name].data for name in _WITNESSES if name in self)
        declared = [self[name].data for name in _DECLARATIONS if name in self]
        return ChannelCount(
            **counted, witnesses=witnesses, have_declared=bool(declared) and all(declared)
        )


def reconcile_form(record: ChannelRecord) -> ReconcileForm:
    """Return the form of one way of the hall, filled with its reconciliation if there is one.

    It asks only what the system does not know: of hands nothing, of cards those handed out again,
    of paper who saw it counted.
    """
    noted: dict[str, Any] = {"reissued": record.known.reissued}
    if record.done:
        noted = {
            "reissued": record.done.issued - record.taken,
            "returned": record.done.returned,
            "voided": record.done.voided,
            "explained": record.done.explained,
            **dict(zip(_WITNESSES, record.done.witnesses, strict=False)),
            **dict.fromkeys(_DECLARATIONS, record.done.witnesses_declared),
        }
    form = ReconcileForm(data=noted)
    for name in _KNOWN[record.channel]:
        del form[name]
    return form
