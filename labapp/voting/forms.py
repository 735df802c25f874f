"""Forms of the vote. The ballot's is no ordinary one: nothing of it may be remembered."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.validators import StopValidation

from labapp.counting.method import Method
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.voting import form_choices
from labapp.voting.models import Subject
from labapp.voting.service.ballot_box import new_receipt
from labapp.voting.service.vote_draft import Plan
from labapp.web.fields import Choice, Choices, Line, Moment, Money, Text, Whole
from labapp.web.form import Form

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


class VoteForm(Form):
    """What a facilitator decides of a vote; only the first questions need an answer.

    Money makes it a vote that shares a budget; any other method is among the advanced options.
    """

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
        form_choices.HALL,
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
        form_choices.OTHERS,
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
    elimination = Choice(
        _l("Instant runoff: who falls each round?"),
        form_choices.FALLING,
        required=False,
        default="single",
    )
    completion = Choice(
        _l("Sharing a budget: and the money that nobody can spend alone?"),
        form_choices.RAISING,
        required=False,
        default="budget",
    )
    fill = Choice(
        _l("Sharing a budget: and what is left at the end?"),
        form_choices.FILLING,
        required=False,
        default="votes",
    )

    def unfolds(self, *names: str) -> bool:
        """Tell whether questions folded away must be seen: answered, or wrong."""
        asked = [self[name] for name in names]
        return any(each.errors or (each.data or None) != (each.default or None) for each in asked)

    def plan(self, members: int) -> Plan:
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
        lines: tuple[str, ...] = tuple(form_choices.lines(self.lines.data))
        costs: tuple[int, ...] = ()
        if method.has_budget and Subject(self.subject.data).is_written:
            lines, costs = form_choices.priced(lines)
        return Plan(
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
            parameters=self._parameters(method, members),
            budget=self.budget.data,
            funder=self.funder.data,
            scale=self._scale(method),
            channels=(Channel.ACCOUNT, *map(Channel, self.channels.data)),
        )

    def _method(self) -> Method:
        if self.method.data:
            return Method(self.method.data)
        money = self.funder.data or self.budget.data is not None
        return Method.EQUAL_SHARES if money else Method.APPROVAL

    def _scale(self, method: Method) -> int | None:
        return self.scale.data or form_choices.POINTS.get(method)

    def _parameters(self, method: Method, members: int) -> dict[str, str]:
        if method is Method.IRV:
            return {"elimination": self.elimination.data or "single"}
        if method is not Method.EQUAL_SHARES or self.budget.data is None:
            return form_choices.WANTED if method.has_budget else {}
        return {
            **form_choices.WANTED,
            "completion": self.completion.data or "budget",
            "fill": self.fill.data or "votes",
            "increment": form_choices.increment(self.budget.data, members),
        }


class BallotForm(FlaskForm):
    """The paper. It carries no mark of a form sent: that memory has a time."""

    receipt = HiddenField("", default=new_receipt)
    marks = Field(_l("Which do you choose?"))
