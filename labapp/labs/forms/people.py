"""What is asked of who comes on a lab's list of people: names, and who sounds alike."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from labapp.domain.folding import fold
from labapp.labs.queries.lines import ListedPerson
from labapp.labs.queries.recognition import Newcomer, twice
from labapp.labs.service import registering
from labapp.labs.service.registering import MOST
from labapp.web.fields import Choice, Line, Text, Yes
from labapp.web.form import Form
from labapp.web.formatting import day
from labapp.web.readers import Reader

#: What a name and its mark may measure.
LONGEST_NAME, LONGEST_MARK = 140, 60
#: The answer that somebody is none of those who sound alike.
OTHER = "other"
#: The number of a person has fewer digits than this.
_DIGITS = 10
_BULLET = re.compile(r"^\s*(?:[-–—•*·]|\d{1,3}[.)])(?:\s+|$)")


class EndForm(Form):
    """Why somebody is taken off the list, or a part of theirs ends."""

    reader = Reader.AUTHOR_AND_DESK
    reason = Text(_l("Why?"), max=1000, hint=_l("The person reads it."))


class DismissalAppealForm(Form):
    """Why somebody should be on the list."""

    reader = Reader.DESK
    words = Text(_l("Why should you be on the list?"), max=5000)


class DismissalRulingForm(Form):
    """What ANTAI rules of an appeal, and why."""

    reader = Reader.AUTHOR_AND_DESK
    ruling = Choice(
        _l("Is the person a member again?"),
        [("restored", _l("Yes: as before")), ("upheld", _l("No: it stays as it is"))],
    )
    words = Text(_l("Why?"), max=5000)


class WhoForm(Form):
    """Who somebody is, of those on the list who sound alike."""

    reader = Reader.DESK
    who = Choice(
        _l("Who is it?"), empty=_l("Somebody on the list sounds like this name. Say who it is.")
    )
    known_as = Line(
        _l("How is this person told from another of the same name?"),
        max=LONGEST_MARK,
        required=False,
        hint=_l("The sector where they live, or their nickname. They will see it too."),
    )

    def offer(self, alike: Sequence[ListedPerson]) -> None:
        """Set who may be chosen; ask nothing where nobody sounds alike."""
        if alike:
            self.who.options = who_options(alike)
        else:
            del self.who, self.known_as

    def newcomer(self, name: str) -> Newcomer:
        """Return somebody of this name, with what was answered of who they are."""
        if "who" not in self:
            return Newcomer(name)
        return newcomer(name, self.known_as.data, self.who.data)


class SameForm(Form):
    """Which other line of the list is the same person."""

    other = Choice(_l("Who on the list is the same person?"))


class MarkForm(Form):
    """How somebody is told from a namesake."""

    reader = Reader.DESK
    known_as = Line(
        _l("How is this person told from another of the same name?"),
        max=LONGEST_MARK,
        required=False,
        hint=_l("The sector where they live, or their nickname. They will see it too."),
    )


class NeighboursForm(Form):
    """Neighbours without an account, seen in the room: one a line."""

    reader = Reader.DESK
    people = Text(
        _l("Who is in the room?"),
        max=20_000,
        rows=10,
        hint=_l(
            "One name a line, as each wants to be called here. To tell two of the same name apart, "
            "write a comma and the sector or nickname: María Pérez, La Loma. "
            "Do not write the number of an identity card."
        ),
    )
    seen = Yes(
        _l("I saw these people; they are of the community and are 18 or older"), required=True
    )

    def lines(self) -> list[str]:
        """Return the lines that say something, without the marks of a list."""
        bare = (_BULLET.sub("", line).strip() for line in self.people.data.split("\n"))
        return [line for line in bare if line]

    def empty_lines(self) -> int:
        """Return how many lines between others say nothing."""
        return len(self.people.data.split("\n")) - len(self.lines()) if self.people.data else 0

    def newcomers(self, answers: Mapping[str, str]) -> list[Newcomer]:
        """Return each neighbour with what was answered of who they are.

        Args:
            answers: what was sent, by the key of each line.
        """
        return [
            newcomer(
                name,
                known_as or " ".join(answers.get(f"mark-{key}", "").split())[:LONGEST_MARK],
                answers.get(f"who-{key}", ""),
            )
            for name, known_as, key in self.typed()
        ]

    def typed(self) -> list[tuple[str, str, str]]:
        """Return the name of each line, what tells it apart, and the key of both."""
        parted = (_apart(line) for line in self.lines())
        return [(name, known_as, _answer_key(name, known_as)) for name, known_as in parted]

    def validate_people(self, field: Text) -> None:
        """Refuse a line without a name, one too long, too many, and one name typed twice."""
        typed = [(name, known_as) for name, known_as, _key in self.typed()]
        if not typed:
            raise ValidationError(str(field.blank))
        if len(typed) > MOST:
            raise ValidationError(_("Register at most %(most)s people at once.", most=MOST))
        for place, (name, known_as) in enumerate(typed, 1):
            if not name:
                raise ValidationError(_("Line %(place)s has no name.", place=place))
            if len(name) > LONGEST_NAME or len(known_as) > LONGEST_MARK:
                raise ValidationError(
                    _(
                        "Line %(place)s is too long: a name has at most %(name)s characters, and "
                        "a sector or nickname %(mark)s.",
                        place=place,
                        name=LONGEST_NAME,
                        mark=LONGEST_MARK,
                    )
                )
        for name in twice([Newcomer(*pair) for pair in typed]):
            raise ValidationError(_(registering.TWICE, name=name))


def who_options(alike: Sequence[ListedPerson]) -> list[tuple[str, str]]:
    """Return the people who sound alike and "another person", as a question offers them."""
    people = [(str(row.person_id), describe(row)) for row in alike]
    return [*people, (OTHER, _("Another person"))]


def describe(row: ListedPerson) -> str:
    """Return who somebody on the list is, how they are told apart, and who put them there."""
    since_day = day(row.listed_at)
    if row.listed_by:
        since = _("put on the list by %(name)s on %(day)s", name=row.listed_by, day=since_day)
    else:
        since = _("on the list since %(day)s", day=since_day)
    account = _("with an account") if row.has_account else _("without an account")
    return " · ".join(filter(None, (row.name, row.known_as, account, since)))


def newcomer(name: str, known_as: str, answer: str) -> Newcomer:
    """Return somebody of whom it was answered who they are: a number, "another", or nothing."""
    is_number = answer.isascii() and answer.isdigit() and len(answer) < _DIGITS
    return Newcomer(name, known_as, int(answer) if is_number else None, answer == OTHER)


def _answer_key(name: str, known_as: str) -> str:
    """Return under which name what is asked of a typed line is sent, whatever its place."""
    return sha256(f"{fold(name)}|{fold(known_as)}".encode()).hexdigest()[:12]


def _apart(line: str) -> tuple[str, str]:
    """Return the name of a line and what tells it apart, after a tab or the first comma."""
    name, _mark, known_as = line.partition("\t" if "\t" in line else ",")
    return " ".join(name.split()), " ".join(known_as.split())
