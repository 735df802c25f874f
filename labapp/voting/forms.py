"""Forms of the vote. The ballot's is no ordinary one: nothing of it may be remembered."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField

from labapp.voting.models import Subject
from labapp.voting.plan import Plan
from labapp.voting.urn import new_receipt
from labapp.web.fields import Choice, Line, Moment, Text, Whole
from labapp.web.form import Form


class VoteForm(Form):
    """What a facilitator decides of a vote. ``counts`` holds how many options each subject has."""

    counts: dict[str, int]

    question = Line(_l("What is being asked?"), hint=_l("Example: What do we do first?"))
    subject = Choice(_l("What is voted on?"))
    lines = Text(
        _l("Which are the options?"),
        required=False,
        max=4000,
        hint=_l("Only when you write the options yourself: one a line."),
    )
    seats = Whole(_l("How many are chosen?"), min=1, max=40, default=1)
    max_marks = Whole(_l("How many may each person mark, at most?"), min=1, max=40, default=3)
    quorum = Whole(
        _l("How many people must vote for the result to count as a priority?"),
        default=0,
        hint=_l("Write 0 if no minimum was agreed."),
    )
    tie_rule = Text(
        _l("If there is a tie, which public draw decides the order?"),
        max=1000,
        rows=3,
        hint=_l("One that takes place after the vote closes, so that nobody can know it now."),
        default=_l("The first prize of the first Sunday lottery drawn after the vote closes."),
    )
    opens_at = Moment(
        _l("When does it open?"), required=False, hint=_l("Leave it blank to open now.")
    )
    closes_at = Moment(
        _l("When does it close?"), hint=_l("Give people a week, with a weekend in it.")
    )

    def written(self) -> tuple[str, ...]:
        """Return the options typed, one a line."""
        lines = self.lines.data.splitlines()
        return tuple(" ".join(line.split()) for line in lines if line.strip())

    def validate(self, extra_validators: Any = None) -> bool:
        """Check also what one answer says of another."""
        if not super().validate(extra_validators):
            return False
        free = self.subject.data == Subject.FREE
        count = len(self.written()) if free else self.counts[self.subject.data]
        if free:
            self._check_lines()
        if not 2 <= count <= 40:
            _wrong(
                self.lines if free else self.subject,
                _("A vote needs from two to forty options."),
            )
        for numbered in (self.seats, self.max_marks):
            if numbered.given > count >= 2:
                _wrong(numbered, _("There are only %(count)s options.", count=count))
        if self.opens_at.data and self.closes_at.given <= self.opens_at.data:
            _wrong(self.closes_at, _("It must close after it opens."))
        return not self.errors

    def _check_lines(self) -> None:
        if any(len(line) > 140 for line in self.written()):
            _wrong(self.lines, _("Each option may have up to 140 characters."))
        if len(set(self.written())) < len(self.written()):
            _wrong(self.lines, _("Two options say the same. Change one of them."))

    def plan(self) -> Plan:
        """Return what was decided, of a form found valid."""
        return Plan(
            subject=Subject(self.subject.data),
            question=self.question.data,
            lines=self.written(),
            max_marks=self.max_marks.given,
            seats=self.seats.given,
            quorum=self.quorum.given,
            tie_rule=self.tie_rule.data,
            opens_at=self.opens_at.data,
            closes_at=self.closes_at.given,
        )


def _wrong(field: Field, sentence: str) -> None:
    field.errors = [sentence]


class BallotForm(FlaskForm):
    """The paper. It carries no mark of a form sent: that memory has a time."""

    receipt = HiddenField("", default=new_receipt)
    marks = Field(_l("Which do you choose?"))


class AnnulForm(Form):
    """Why a vote is annulled."""

    reason = Text(_l("Why is this vote annulled?"), max=2000, hint=_l("Everyone will read this."))


class DrawForm(Form):
    """What the announced draw gave."""

    seed = Line(
        _l("What did the draw give?"),
        max=200,
        hint=_l("Exactly as it was published, for example: 4821."),
    )
