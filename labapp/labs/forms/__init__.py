"""What is asked about a lab and about who takes part in it."""

from collections.abc import Mapping
from typing import ClassVar

from flask_babel import lazy_gettext as _l

from labapp.domain.roles import Role
from labapp.domain.stage import LabKind, Verdict
from labapp.labs.forms.interests import InterestsForm, interests_question, own_interests_question
from labapp.labs.service.members import GIVEN
from labapp.web.fields import Choice, Choices, Day, Line, Text, Yes
from labapp.web.form import Form
from labapp.web.readers import Reader


class WhereForm(Form):
    """Where a lab is: the places that ``territory.forms`` found."""

    reader = Reader.ONCE_APPROVED
    community = Line(
        _l("How do people there call their community?"),
        max=200,
        required=False,
        hint=_l("As they say it: a hamlet, a sector, a shore."),
    )
    places = Choices(
        _l("Which of these?"),
        required=False,
        max=12,
        hint=_l("Mark one if it is known; mark several if it still has to be confirmed."),
    )
    unconfirmed = Yes(_l("The place still has to be confirmed"))


class DraftForm(WhereForm, InterestsForm):
    """What is enough to draft a lab."""

    name = Line(
        _l("What is the lab called?"),
        max=140,
        empty=_l("Write the name of the lab."),
        hint=_l("Usually the name of the place, such as San Martín."),
    )
    kind = Choice(_l("How does it begin?"), LabKind, default=LabKind.NEW.value)
    interests = own_interests_question()


class LabForm(Form):
    """How a lab is called, how it begins, and its plan."""

    reader = Reader.ONCE_APPROVED
    name = Line(_l("What is the lab called?"), max=140, empty=_l("Write the name of the lab."))
    motto = Line(
        _l("What does it want, in a few words?"),
        max=140,
        required=False,
        hint=_l("Such as: clean water every day."),
    )
    kind = Choice(_l("How does it begin?"), LabKind)
    plan = Choice(_l("To which action plan does it belong?"), required=False)
    proposals_at_once = Yes(
        _l("Members' proposals are public at once; what must not stand is taken away after")
    )


class AuthorityForm(Form):
    """The traditional authority's agreement."""

    reader = Reader.DESK
    authority = Line(
        _l("Which authority agreed?"),
        max=200,
        hint=_l("The congress, the cacique or the local authority, by office."),
    )
    agreed_on = Day(_l("On which day?"))
    how = Text(
        _l("How was it given, and where is the paper kept?"),
        max=2000,
        hint=_l("For example: assembly of the local congress, minutes kept by its secretary."),
    )


class JoinForm(Form):
    """Somebody asks to join."""

    reader = Reader.DESK
    words = Line(
        _l("How are you of this place?"),
        max=200,
        required=False,
    )


class JoinRefusalForm(Form):
    """Why somebody is not admitted."""

    reader = Reader.AUTHOR_AND_DESK
    reason = Line(_l("Why?"), max=200)


class LabRoleForm(InterestsForm):
    """A role for somebody with an account."""

    searches: ClassVar[Mapping[str, str]] = {
        "username": "It finds an account; what was typed is not kept."
    }

    username = Line(_l("With which user name does the person sign in?"), max=60, autocomplete="off")
    role = Choice(_l("Which part do they take?"))
    organization = Choice(
        _l("On behalf of which organization?"),
        required=False,
        hint=_l("Obligatory for whoever is responsible."),
    )
    interests = interests_question()

    def offer(self, roles: dict[Role, str], organizations: list[tuple[str, str]]) -> None:
        """Set the lists, known only when the page is asked for."""
        self.role.options = {role.value: roles[role] for role in GIVEN}
        self.organization.options = organizations


class HandOverForm(InterestsForm):
    """Who facilitates the lab from now on."""

    searches: ClassVar[Mapping[str, str]] = {
        "username": "It finds an account; what was typed is not kept."
    }

    username = Line(
        _l("With which user name does the new facilitator sign in?"), max=60, autocomplete="off"
    )
    interests = interests_question()


class AllyForm(Form):
    """An organization beside the lab."""

    reader = Reader.ONCE_APPROVED
    organization = Choice(_l("Which organization?"))
    part = Line(_l("What does it do here?"), max=200, required=False)


class VerdictForm(Form):
    """What became of the earlier lab's problem."""

    reader = Reader.EVERYBODY
    verdict = Choice(_l("Was the earlier problem solved?"), Verdict)
    reason = Text(_l("Why do you say so?"), max=2000)
