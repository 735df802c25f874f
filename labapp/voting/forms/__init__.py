"""Forms of the vote. The ballot's is no ordinary one: nothing of it may be remembered."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.validators import StopValidation

from labapp.counting.method import Method
from labapp.counting.methods import METHODS
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.voting.forms import choices
from labapp.voting.models import Subject
from labapp.voting.service.ballot_box import new_receipt
from labapp.voting.service.vote_draft import VoteDraft
from labapp.web.fields import Choice, Choices, Line, Moment, Money, Text, Whole
from labapp.web.form import Form
from labapp.web.readers import Reader

_QUORUM = re.compile(r"\d{1,6} ?%?", re.ASCII)


class Quorum(Line):
    """A minimum of voters: ``30``, or a percent of the roll, ``40 %``."""

    def check(self) -> None:
        """Refuse what is neither."""
        if not _QUORUM.fullmatch(self.data) or (self.is_share and self.number > 100):
            raise StopValidation(_("Write a number such as 30, or a percent such as 40 %."))

    @property
    def is_share(self) -> bool:
        """Whether it is a percent of the roll."""
        return self.data.endswith("%")

    @property
    def number(self) -> int:
        """Return the figure of a form that was found valid."""
        return int(self.data.rstrip("% "))


class PlainVoteForm(Form):
    """What is asked of any vote; only the first questions need an answer."""

    reader = Reader.EVERYBODY
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
    quorum = Quorum(
        _l("How many people must vote for the result to count as a priority?"),
        max=9,
        default="40 %",
        hint=_l("A number, or a percent of the list. Write 0 if no minimum was agreed."),
        render_kw={"params": {"classes": "govuk-input--width-5"}},
    )
    tie_rule = Text(
        _l("If there is a tie, which public draw decides the order?"),
        max=1000,
        rows=3,
        hint=_l("One that takes place after the vote closes, so that nobody can know it now."),
        default=_l("The first prize of the first Sunday lottery drawn after the vote closes."),
    )
    opens_at = Moment(
        _l("When does it open?"),
        required=False,
        hint=_l("Announce it beforehand if you can. Leave it blank to open now."),
    )
    closes_at = Moment(
        _l("When does it close?"), hint=_l("Give people a week, with a weekend in it.")
    )
    channels = Choices(
        _l("How may people vote in the hall, besides with an account?"),
        choices.HALL,
        required=False,
        hint=_l("The result waits until what came this way is reconciled."),
    )
    funder = Line(
        _l("Who has committed the money?"),
        max=200,
        required=False,
        hint=_l("And where that is written. Example: Communal Board, act 12."),
    )
    budget = Money(
        _l("How much is there to share?"),
        required=False,
        hint=_l("Write after each option its cost, like this: Mend the tank: 4,800"),
    )
    method = Choice(
        _l("Another way of counting"),
        choices.OTHERS,
        required=False,
        hint=_l("Leave it blank to count by approval, or to share the money written above."),
    )
    scale = Whole(
        _l("How many points?"),
        min=1,
        max=20,
        required=False,
        hint=_l("Score: the most for one option, 5 if left blank. Points to share: in all, 10."),
    )


#: What the methods ask, each a field after those of any vote.
_ASKED: Any = type(
    "_Asked",
    (),
    {
        each.name: Choice(_l(each.asked), choices.choices(each), required=False, default=each.usual)
        for each in choices.QUESTIONS
    },
)


class VoteForm(PlainVoteForm, _ASKED):
    """What a facilitator decides of a vote.

    Money makes it a vote that shares a budget; any other method is among the advanced options.
    """

    asked = tuple(each.name for each in choices.QUESTIONS)
    #: Those that stand folded.
    advanced = ("method", "scale", *asked)

    def unfolds(self, *names: str) -> bool:
        """Tell whether questions folded away must be seen: answered, or wrong."""
        asked = [self[name] for name in names]
        return any(each.errors or (each.data or None) != (each.default or None) for each in asked)

    def draft(self, members: int) -> VoteDraft:
        """Return what was decided, of a form whose answers were found valid one by one.

        Args:
            members: how many may vote if it opens now.

        Raises:
            Conflict: an option of a budget is written without its cost, or so many cannot vote.
        """
        if not (self.opens_at.data or self.quorum.is_share) and 0 < members < self.quorum.number:
            sentence = mark("Only %(count)s people may vote: that minimum cannot be reached.")
            raise Conflict(sentence, count=str(members), field="quorum")
        method = self._method()
        lines: tuple[str, ...] = tuple(choices.lines(self.lines.data))
        costs: tuple[int, ...] = ()
        if method.has_budget and Subject(self.subject.data).is_written:
            lines, costs = choices.priced_lines(lines)
        return VoteDraft(
            subject=Subject(self.subject.data),
            question=self.question.data,
            lines=lines,
            costs=costs,
            max_marks=self.max_marks.given,
            seats=self.seats.given,
            quorum=0 if self.quorum.is_share else self.quorum.number,
            quorum_share=self.quorum.number if self.quorum.is_share else None,
            tie_rule=self.tie_rule.data,
            opens_at=self.opens_at.data,
            closes_at=self.closes_at.given,
            method=method,
            parameters=method.parameters(self._answers(), budget=self.budget.data, members=members),
            budget=self.budget.data,
            funder=self.funder.data,
            scale=self.scale.data or method.usual_scale,
            channels=(Channel.ACCOUNT, *map(Channel, self.channels.data)),
        )

    def _method(self) -> Method:
        if self.method.data:
            return METHODS[self.method.data]
        return choices.plain(has_budget=bool(self.funder.data or self.budget.data is not None))

    def _answers(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in self.asked}


class BallotForm(FlaskForm):
    """The paper. It carries no mark of a form sent: that memory has a time."""

    receipt = HiddenField("", default=new_receipt)
    marks = Field(_l("Which do you choose?"))
