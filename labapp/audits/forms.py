"""Forms of works, committees, visits and findings: shape only."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from labapp.domain.finding import Severity, Sort
from labapp.domain.progress import VISITORS
from labapp.followup.forms import FILES, asking
from labapp.followup.models import AgreedQuestion
from labapp.web.fields import Choice, Day, Line, Money, Text, Upload, Whole, Yes
from labapp.web.form import Form
from labapp.web.readers import Reader

#: The choice of a work that carries no agreement out.
ANNOUNCED = "announced"
#: The choice of a committee whose members were chosen elsewhere, before the lab was here.
OTHERWISE = "otherwise"


def _require_not_before(field: Day, first: date | None) -> None:
    if first is not None and field.given < first:
        raise ValidationError(_("It cannot end before it starts."))


class WorkForm(Form):
    """Register a public work."""

    reader = Reader.EVERYBODY
    agreement = Choice(_l("Which agreement does it carry out?"))
    title = Line(
        _l("What is going to be built?"),
        required=False,
        max=140,
        hint=_l("Only for a work that an entity announced by itself."),
    )
    announced_by = Choice(_l("Which entity announced it?"), required=False)
    reference = Line(_l("What is the number of its act or contract?"), max=200)
    contractor = Line(_l("Who builds it?"), max=200)
    cost = Money(_l("How much does it cost?"))
    starts_on = Day(_l("When does it start?"))
    ends_on = Day(_l("When is it to end?"))

    def offer(self, agreements: Mapping[str, str], bodies: Mapping[str, str], wanted: str) -> None:
        """Offer the agreements that wait for a work, and that an entity announced one.

        Args:
            agreements: what each is called, by its number.
            bodies: the name of each entity, by its id.
            wanted: the number of the agreement whose page led here.
        """
        if wanted in agreements:
            self.agreement.options = {wanted: agreements[wanted]}
            del self["title"], self["announced_by"]
        else:
            alone = _("None: an entity announced it by itself")
            self.agreement.options = {**agreements, ANNOUNCED: alone}
            self.announced_by.options = bodies
        if not self.is_submitted() and len(self.agreement.known()) == 1:
            self.agreement.data = next(iter(self.agreement.known()))

    def validate_agreement(self, field: Choice) -> None:
        """Ask what was announced, and by whom, where no agreement asked for it."""
        if field.data == ANNOUNCED and not (self.title.data and self.announced_by.data):
            raise ValidationError(_("Say what is going to be built, and which entity said so."))

    def validate_ends_on(self, field: Day) -> None:
        """Refuse a work that ends before it starts."""
        _require_not_before(field, self.starts_on.data)


class AcceptanceForm(Form):
    """Record the formal acceptance."""

    accepted_on = Day(_l("What day was it accepted?"), ahead=False)


class ExcuseForm(Form):
    """ANTAI lets a work be accepted without the committee's final report."""

    reader = Reader.EVERYBODY
    reason = Text(_l("Why may it be accepted without the committee's final report?"))


class CommitteeForm(Form):
    """Begin a committee."""

    reader = Reader.EVERYBODY
    name = Line(_l("What is the committee called?"), max=120)
    chosen_in = Choice(_l("In which meeting or vote were its members chosen?"))
    chosen_how = Line(
        _l("How were its members chosen?"),
        required=False,
        max=200,
        hint=_l("Obligatory if it was in another way: where, how and when."),
    )

    def offer(self, elections: Mapping[str, str]) -> None:
        """Offer the meetings held and the votes published, and that it was in another way."""
        self.chosen_in.options = {**elections, OTHERWISE: _("In another way")}

    def validate_chosen_in(self, field: Choice) -> None:
        """Ask for words where it was in another way."""
        if field.data == OTHERWISE and not self.chosen_how.data:
            raise ValidationError(_("Say how its members were chosen, and when."))


class TermForm(Form):
    """Until when the members of a committee sit."""

    ends_on = Day(
        _l("Until what day do its members sit?"),
        required=False,
        hint=_l("Leave it blank where no term was set."),
    )


class UnseatForm(Form):
    """Why a seat ends."""

    reader = Reader.DESK
    reason = Line(_l("Why does the seat end?"), max=200, hint=_l("Whoever sat there reads it."))


class SeatForm(Form):
    """Seat a member: a neighbour of the lab, or somebody by the name they sign in with."""

    searches: ClassVar[Mapping[str, str]] = {
        "username": "It finds an account; what was typed is not kept."
    }
    member = Choice(_l("Which neighbour?"), required=False)
    username = Line(_l("Or the name they sign in with"), required=False, max=60, autocomplete="off")
    consents = Yes(
        _l("Agrees that the name be published"), hint=_l("Otherwise it says just “member”.")
    )
    declared_tie = Line(
        _l("Any tie with whoever builds or pays?"),
        required=False,
        max=200,
        hint=_l("Kinship, a job. A member with a tie does not answer for the committee."),
        reader=Reader.DESK,
    )

    def offer(self, members: Sequence[tuple[str, str]]) -> None:
        """Offer the neighbours of the lab; where there are none, ask only for the name."""
        self.member.options = members
        if not members:
            del self["member"]
            self.username.label.text = _("What name do they sign in with?")

    def chosen(self) -> str:
        """Return which neighbour was chosen, or nothing."""
        return self.member.data if "member" in self else ""

    def validate_username(self, field: Line) -> None:
        """Take one of the two, not both."""
        if field.data and self.chosen():
            raise ValidationError(_("Choose a neighbour or write a name, not both."))


class OwnSeatForm(Form):
    """What a member says of themselves."""

    consents = Yes(_l("My name may be published"))


class TieForm(Form):
    """A tie that a member declares, with the whole work or with one step."""

    reader = Reader.DESK
    step = Choice(_l("With what?"))
    words = Line(
        _l("What tie do you have with whoever builds or pays?"),
        max=200,
        hint=_l("Kinship, a job. Then another member answers for the committee."),
    )


class CertificateForm(Form):
    """ANTAI's certificate."""

    reader = Reader.EVERYBODY
    certificate = Line(_l("What is the number of ANTAI's act?"), max=200)


class ReportForm(Form):
    """The committee's final report."""

    reader = Reader.EVERYBODY
    text = Text(_l("What did the committee see, from start to end?"), max=20_000, rows=12)


class VisitForm(Form):
    """A visit, before the questions of its step."""

    reader = Reader.EVERYBODY
    visited_on = Day(_l("What day did you go?"), ahead=False)
    present = Whole(_l("How many members went?"), min=VISITORS, max=200)
    notes: Text
    file: Upload


def visit_form(questions: Sequence[AgreedQuestion]) -> VisitForm:
    """Return the form of a visit: the agreed questions, then what is offered besides."""
    # Fields stand in the order in which they are made.
    asked = asking(questions, VisitForm)
    offered = {
        "notes": Text(_l("Anything else?"), required=False, max=5000, rows=3),
        "file": Upload(_l("Photo or PDF"), accept=FILES, required=False),
    }
    return cast(VisitForm, type("Visited", (asked,), offered)())


class AddendumForm(Form):
    """What was wrong or missing in a visit."""

    reader = Reader.EVERYBODY
    text = Text(_l("What was wrong or missing?"), max=5000)


class FindingForm(Form):
    """What the committee found."""

    reader = Reader.EVERYBODY
    text = Text(_l("What did you find?"), max=5000)
    sort = Choice(_l("What is it about?"), Sort)
    severity = Choice(_l("How grave is it?"), Severity)
    milestone = Choice(_l("Of which step?"), required=False)
    reply_due_on = Day(
        _l("By what day must the entity reply?"),
        required=False,
        hint=_l("Leave it blank for the term of this site."),
    )


class ReplyForm(Form):
    """The entity replies by itself, today."""

    reader = Reader.EVERYBODY
    text = Text(_l("What does the entity reply?"), max=5000)


class PaperReplyForm(ReplyForm):
    """A facilitator copies the reply from paper, with its day."""

    replied_on = Day(_l("What day did they reply?"), ahead=False)


class LookForm(Form):
    """What the committee saw the second time."""

    reader = Reader.EVERYBODY
    text = Text(_l("What did you see when you looked again?"), max=5000)
