"""What is asked when a lab moves: where to, and why."""

from collections.abc import Mapping
from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from labapp.domain.stage import Stage
from labapp.web.fields import Choice, Line, Text, Whole
from labapp.web.form import Form
from labapp.web.readers import Reader


class MoveForm(Form):
    """Where the lab goes, of the stages open to it, and why."""

    reader = Reader.EVERYBODY
    target = Choice(_l("Where does it go?"))
    reason = Text(_l("Why?"), max=2000, rows=3)

    def offer(self, targets: list[Stage]) -> None:
        """Set the stages the lab may go to."""
        self.target.options = {stage.value: _official(stage) for stage in targets}
        if len(targets) == 1 and not self.target.data:
            self.target.data = targets[0].value


class CloseForm(Form):
    """Why a lab closes without what it is owed."""

    reader = Reader.EVERYBODY
    reason = Text(_l("Why does the lab close without it?"), max=1000, rows=3)


class OwnReasonForm(Form):
    """Why it closes without what leaves one need unmet, where that has a reason of its own."""

    reader = Reader.EVERYBODY
    reason = Text(_l("Another reason for these"), max=1000, rows=2, required=False)


class RefuseCloseForm(Form):
    """Why ANTAI does not agree that a lab closes with things owed."""

    reader = Reader.EVERYBODY
    reason = Text(_l("Why does the lab not close yet?"), max=1000, rows=3)


class EarlierForm(Form):
    """The lab that this one follows up."""

    searches: ClassVar[Mapping[str, str]] = {
        "search": "The lab is chosen from what was found; what was typed is not kept."
    }

    search = Line(
        _l("What is the earlier lab called?"),
        max=100,
        required=False,
        hint=_l("Write a name and press “Look for it”. Accents do not matter."),
    )
    earlier = Choice(_l("Which of these?"))
    problem = Whole(
        _l("Which of its problems?"),
        min=1,
        required=False,
        hint=_l("Its public number: in “problem 7 of San Martín”, 7."),
    )


def _official(stage: Stage) -> str:
    plain, official = str(_(stage.label)), str(_(stage.official))
    return plain if plain.lower() == official.lower() else f"{plain} ({official})"
