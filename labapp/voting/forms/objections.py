"""What is asked of who objects to the list of a vote, and of who answers."""

from flask_babel import lazy_gettext as _l

from labapp.voting.models.roll_objection import ObjectionKind
from labapp.voting.service.objections import ObjectionText
from labapp.web.fields import Choice, Line, Text
from labapp.web.form import Form
from labapp.web.readers import Reader


class ObjectionForm(Form):
    """What is wrong, and in which words."""

    reader = Reader.AUTHOR_AND_DESK
    kind = Choice(_l("What is wrong?"), ObjectionKind)
    words = Text(
        _l("Tell it in your own words"),
        max=1000,
        rows=4,
        empty=_l("Write what is wrong."),
    )

    def text(self, days: int) -> ObjectionText:
        """Return what is objected, of a form whose answers were found valid."""
        return ObjectionText(ObjectionKind(self.kind.data), self.words.data, days)


class NotedObjectionForm(ObjectionForm):
    """The same of somebody who has no account and stands before the facilitator."""

    name = Line(
        _l("Who objects?"),
        max=200,
        required=False,
        hint=_l("Only if you did not find them above."),
    )


class ObjectionAnswerForm(Form):
    """Whether an objection is right, and why."""

    reader = Reader.AUTHOR_AND_DESK
    accepted = Choice(
        _l("Are they right?"),
        {"yes": _l("Yes: it is put right"), "no": _l("No: the list stays as it is")},
    )
    answer = Text(
        _l("Why?"),
        max=1000,
        rows=4,
        hint=_l("If they should be on the list, yes makes them a member."),
        empty=_l("Write the reason: whoever objected will read it."),
    )
