"""The forms of a proposal: its text, the opinion on it, why it is refused."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.widgets import HiddenInput

from labapp.proposals.models import Feasible
from labapp.proposals.service.assessment import REFUSALS
from labapp.web.fields import Choice, Line, Money, Text, Whole
from labapp.web.form import Form
from labapp.web.readers import Reader


class ProposalForm(Form):
    """A new proposal and the problem it answers. The view says which problems there are."""

    reader = Reader.ONCE_SENT
    problem = Choice(_l("Which problem does it answer?"))
    title = Line(_l("What do you propose?"), hint=_l("In one line, as it would be voted on."))
    body = Text(
        _l("How would it be done?"),
        max=5000,
        rows=8,
        hint=_l("What, where, with whom and about how much, as far as you know."),
    )


class VersionForm(Form):
    """A version of a proposal, written on the one that stood when the page was opened."""

    reader = Reader.EVERYBODY
    version = Whole("", widget=HiddenInput(), render_kw={}, required=False)
    title = Line(_l("What do you propose?"))
    body = Text(_l("How would it be done?"), max=5000, rows=8)
    change = Line(
        _l("What changed?"), max=200, hint=_l("In one line. It is shown beside the new version.")
    )


class OpinionForm(Form):
    """A technical opinion."""

    reader = Reader.EVERYBODY
    feasible = Choice(_l("Can it be done?"), Feasible)
    cost = Money(
        _l("About how much would it cost?"),
        required=False,
        hint=_l("In whole balboas. Blank if nobody can say yet."),
    )
    competent = Line(
        _l("Who is competent to do it?"), max=200, hint=_l("The entity that may and must do it.")
    )
    given_by = Line(
        _l("Who gives this opinion?"),
        max=200,
        hint=_l("The office or the profession: an engineer of the municipality."),
    )
    reasons = Text(_l("Why?"), max=4000)


class ProposalRefusalForm(Form):
    """Why a proposal does not go to the vote; the public reason and its answer."""

    reader = Reader.EVERYBODY
    decision = Choice(_l("What was decided?"))
    reason = Text(
        _l("Why?"),
        max=4000,
        hint=_l(
            "Everybody will read it. Do not write names. Use words that a neighbour understands."
        ),
        empty=_l("Write why: an answer without a reason is no answer."),
    )
    office = Line(
        _l("Which office signs?"), max=200, hint=_l("For example: the lab's facilitation team.")
    )
    signer = Line(_l("Who holds that office?"), max=200, hint=_l("Their name, or their post."))

    def offer_refusals(self) -> None:
        """Offer the decisions that refuse."""
        self.decision.options = [(word.value, _(word.label)) for word in REFUSALS]
