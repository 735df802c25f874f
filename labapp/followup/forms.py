"""Forms of letters, agreements, progress and verification: shape only."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from labapp.followup.models import AgreedQuestion, LetterAnswer
from labapp.web.fields import Choice, Day, Line, Money, Text, Upload, Whole, Yes
from labapp.web.form import Form
from labapp.web.readers import Reader

#: What a browser offers when a photo or a document is asked for.
FILES = "image/jpeg,image/png,image/webp,application/pdf"
#: Yes/no questions of one step; more than these nobody answers standing in the mud.
MOST_QUESTIONS = 20


class LetterForm(Form):
    """Record a letter handed in."""

    reader = Reader.EVERYBODY
    source = Choice(_l("Which proposal or contribution does it carry?"))
    organization = Choice(_l("Who is it for?"))
    text = Text(_l("What does the letter ask for?"), max=5000)
    presented_on = Day(_l("What day was it handed in?"), ahead=False)
    reference = Line(_l("What number did they give it?"), hint=_l("As on the seal of reception."))


class LetterAnswerForm(Form):
    """The entity answers a letter by itself, today."""

    reader = Reader.EVERYBODY
    answer = Choice(_l("What is the answer?"), LetterAnswer)
    text = Text(_l("In its own words"), max=5000)
    reference = Line(_l("Number of the act"), required=False)


class PaperAnswerForm(LetterAnswerForm):
    """A facilitator copies the answer from paper, with its day."""

    answered_on = Day(_l("What day did they answer?"), ahead=False)


class AgreementForm(Form):
    """Write an agreement."""

    reader = Reader.ONCE_ACCEPTED
    source = Choice(_l("What does it come from?"))
    organization = Choice(_l("Who is going to do it?"))
    what = Text(
        _l("What is going to be done?"), max=2000, rows=3, hint=_l("The first line is its title.")
    )
    has_work = Yes(
        _l("A public work carries it out"),
        hint=_l("With a work, a social audit committee watches; without one, neighbours do."),
    )
    cost = Money(_l("How much does it cost?"), required=False)


class StepForm(Form):
    """Write a step of an agreement."""

    reader = Reader.ONCE_ACCEPTED
    title = Line(_l("What is done in this step?"))
    due_on = Day(_l("By what day?"))
    asks = Text(
        _l("How will one know that it is done?"),
        max=4000,
        rows=5,
        hint=_l("One question a line, to be answered yes or no by whoever goes to look."),
    )
    weight = Whole(
        _l("How much does it weigh?"),
        min=1,
        max=1000,
        required=False,
        hint=_l("Leave it blank and it weighs the same as the others."),
    )

    def lines(self) -> tuple[str, ...]:
        """Return the questions, one a line."""
        return tuple(" ".join(line.split()) for line in self.asks.data.splitlines() if line.strip())

    def validate_asks(self, field: Text) -> None:
        """Refuse too many questions, and one too long to be answered yes or no."""
        if len(self.lines()) > MOST_QUESTIONS:
            raise ValidationError(_("Write at most %(max)s questions.", max=MOST_QUESTIONS))
        if any(len(line) > 200 for line in self.lines()):
            raise ValidationError(_("Each question fits in a line of 200 characters."))


class AcceptForm(Form):
    """Say where and when the entity accepted."""

    by = Choice(_l("Where did the entity say yes?"))
    accepted_on = Day(
        _l("What day?"),
        ahead=False,
        hint=_l("The day of that meeting, or a day from the answer to that letter on."),
    )


class ProofForm(Form):
    """Show something of a step."""

    reader = Reader.EVERYBODY
    file = Upload(_l("Photo or PDF"), accept=FILES)
    caption = Line(_l("What does it show?"), required=False, max=140)
    reserved = Yes(_l("The public must not see this file"), reader=Reader.ENTITY_AND_DESK)
    withheld_why = Line(
        _l("Why not?"),
        required=False,
        hint=_l("Everybody sees that it is there, and why it is not shown."),
    )

    def validate_reserved(self, field: Yes) -> None:
        """Ask why, where the public may not see it."""
        if field.data and not self.withheld_why.data:
            raise ValidationError(_("Say why the public must not see it."))


class DeclareForm(ProofForm):
    """The entity says how far a step is."""

    percent = Whole(_l("How far is it, out of 100?"), max=100)
    note = Text(_l("What was done?"), required=False, max=2000, rows=3)
    file = Upload(
        _l("Photo or PDF"),
        accept=FILES,
        required=False,
        hint=_l("To say 100 there must be evidence."),
    )
    #: Set before validating: whether the step has evidence already.
    has_evidence = False

    def validate_percent(self, field: Whole) -> None:
        """Complete needs evidence."""
        if field.data == 100 and not self.file.data and not self.has_evidence:
            raise ValidationError(_("Complete needs evidence: add a photo or a document."))


class SightForm(Form):
    """What somebody saw of a step: its agreed questions, which ``asking`` adds."""

    reader = Reader.ONCE_ENOUGH_LOOKED


class ForNeighbourForm(SightForm):
    """What a neighbour without an account saw of a step, typed by another."""

    searches: ClassVar[Mapping[str, str]] = {
        "name": "It finds a person on the list; what was typed is not kept.",
        "known_as": "It finds a person on the list; what was typed is not kept.",
    }
    name = Line(
        _l("Who went to look?"),
        max=120,
        autocomplete="off",
        hint=_l("The name as on the lab's list of people. It is not published."),
    )
    known_as = Line(_l("Sector or nickname, if two have that name"), required=False, max=60)
    looked_on = Day(_l("What day did they go?"), ahead=False)


class AttestForm(Form):
    """A second person says that it is so, and of whom."""

    searches: ClassVar[Mapping[str, str]] = {
        "name": "It is compared with the list; what was typed is not kept."
    }
    name = Line(
        _l("Who went to look?"),
        max=120,
        autocomplete="off",
        hint=_l("The name, so that it is known that you know. It is not published."),
    )


class WatchedSightForm(SightForm):
    """What a neighbour saw of a step that a committee watches."""

    reader = Reader.COUNTED


def asking(
    questions: Sequence[AgreedQuestion], base: type[Form], *, of_another: bool = False
) -> type[Form]:
    """Return a form that asks each agreed question, yes or no, with room for a note.

    Args:
        questions: of one step, in order.
        base: a form with whatever else is asked.
        of_another: whether it is asked what somebody else saw.
    """
    note = _l("What did they see?") if of_another else _l("What did you see?")
    fields: dict[str, Field] = {}
    for question in questions:
        options = {"yes": _("yes"), "no": _("no")}
        fields[f"q{question.id}"] = Choice(question.text, options)
        fields[f"n{question.id}"] = Line(note, required=False, max=200)
    return cast(type[Form], type("Asked", (base,), fields))


def question_answers(
    form: Form, questions: Sequence[AgreedQuestion]
) -> dict[int, tuple[bool, str]]:
    """Return what a valid form of ``asking`` says of each question."""
    return {
        question.id: (form[f"q{question.id}"].data == "yes", form[f"n{question.id}"].data)
        for question in questions
    }
