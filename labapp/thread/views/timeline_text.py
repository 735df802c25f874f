"""Say a line in words, ready for the macro that draws it."""

from datetime import date
from itertools import groupby
from typing import TypedDict

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.labs.models import Lab
from labapp.thread.models import Duty
from labapp.thread.timeline import Knot, Mark, Timeline, TimelineDuty, TimelineThing, knots
from labapp.web.formatting import ago, day, distance, late

#: So many names are shown at once.
_FEW = 2
#: Of a long run of the same mark so many are shown, at its beginning and at its end.
_ENDS = {Mark.PAST: (1, 1), Mark.FUTURE: (1, 0)}
#: Fewer than these are not worth folding away.
_WORTH = 2
#: Up to so many knots the whole line stands in sight.
_SHORT = 12


class KnotText(TypedDict):
    """One knot, as ``ui.thread`` takes it."""

    mark: str
    when: str
    text: str
    url: str
    detail: str | Markup
    who: str
    #: Other knots of the same mark, folded away under this one.
    inside: list["KnotText"]


def draw_timeline(line: Timeline, today: date, *, lab: Lab | None = None) -> list[KnotText]:
    """Return the knots of a line in the reader's language.

    Args:
        line: from ``queries.line``.
        today: the day in Panama.
        lab: its stage is what stands at "now"; without one the line has no now.
    """
    return _folded(
        [
            _draw(knot, line, lab)
            for knot in knots(line, today)
            if knot.mark is not Mark.NOW or lab is not None
        ]
    )


def _folded(whole: list[KnotText]) -> list[KnotText]:
    """Fold away the middle of each long run; what is late, owed or now always stands in sight."""
    if len(whole) <= _SHORT:
        return whole
    texts: list[KnotText] = []
    for mark_of, run in groupby(whole, key=lambda knot: Mark(knot["mark"])):
        alike = list(run)
        first, last = _ENDS.get(mark_of, (len(alike), 0))
        inside = alike[first : len(alike) - last]
        if len(inside) < _WORTH:
            texts += alike
            continue
        fold = _knot(mark_of, text=_more(mark_of, len(inside)))
        fold["inside"] = inside
        texts += [*alike[:first], fold, *alike[len(alike) - last :]]
    return texts


def _more(mark_of: Mark, count: int) -> str:
    if mark_of is Mark.FUTURE:
        return str(ngettext("%(num)d more to come", "%(num)d more to come", count))
    return str(ngettext("%(num)d more thing happened", "%(num)d more things happened", count))


def _knot(
    mark_of: Mark,
    *,
    when: str = "",
    text: str,
    url: str = "",
    detail: str | Markup = "",
    who: str = "",
) -> KnotText:
    return KnotText(mark=mark_of, when=when, text=text, url=url, detail=detail, who=who, inside=[])


def _draw(knot: Knot, line: Timeline, lab: Lab | None) -> KnotText:
    if knot.mark is Mark.PAST:
        return _happened(knot, line)
    if knot.owed is not None:
        return _due(knot, line)
    text = _(lab.stage.label) if lab else ""
    return _knot(knot.mark, text=text)


def _happened(knot: Knot, line: Timeline) -> KnotText:
    when = ago(knot.on) if knot.on else ""
    first = knot.seen[0]
    sentence = _(knot.done.act.row.sentence) if knot.done else ""
    if first.id == line.own.id and knot.done:
        role = _(knot.done.role.label) if knot.done.role else ""
        detail = _(knot.done.code) if knot.done.code else knot.done.reason
        return _knot(knot.mark, when=when, text=sentence, detail=detail, who=role)
    if len(knot.seen) == 1:
        if sentence:
            return _knot(knot.mark, when=when, text=sentence, detail=thing_link(first))
        detail = _called(first)
        return _knot(knot.mark, when=when, text=title_of(first), url=first.url, detail=detail)
    text = f"{sentence or _(first.kind.many)}: {len(knot.seen)}"
    detail = _many([thing_link(one) for one in knot.seen])
    return _knot(knot.mark, when=when, text=text, detail=detail)


def _many(names: list[Markup]) -> Markup:
    """Return the names one below another; more than two are folded away."""
    listed = Markup("<br>").join(names)
    if len(names) <= _FEW:
        return listed
    return Markup("<details><summary>{}</summary>{}</details>").format(_("See which"), listed)


def _due(knot: Knot, line: Timeline) -> KnotText:
    owed, first = knot.owed, knot.seen[0]
    if owed is None or knot.on is None:
        raise ValueError("a knot of something due has a duty and a day")
    detail = "" if first.id == line.own.id else thing_link(first)
    who = _(owed.owed_by)
    if knot.mark is Mark.LATE:
        when, text = ago(knot.on), _ended(owed, knot.days)
    elif knot.mark is Mark.OWED:
        when = _("it was due %(when)s", when=distance(-knot.days))
        who = _("%(who)s, since %(day)s", who=who, day=day(owed.due_on))
        text = _(owed.what.owed)
    else:
        when = _("by %(day)s at the latest", day=day(owed.due_on))
        text = _(owed.what.ahead)
    basis = f" · {_(owed.basis)}" if owed.basis else ""
    return _knot(knot.mark, when=when, text=text, detail=detail, who=who + basis)


def lateness(duty: Duty, today: date) -> str:
    """Say how late what is owed is or was; "" where it is or was in time."""
    if not (days := duty.days_late(today)):
        return ""
    return _ended(duty, days) if duty.ended_on else late(days)


def _ended(owed: Duty | TimelineDuty, days: int) -> str:
    """Say how late something was done, or that it was not done while it was owed."""
    if owed.waived_on is not None:
        return _unmet(owed.what, days)
    if owed.met_on is not None and owed.is_said_in_time:
        return _said_in_time(owed.met_on, days)
    return _met(owed.what, days)


def _unmet(what: DutyKind, days: int) -> str:
    """Say that something was not done while it was owed, and how late it was by then."""
    if what.is_answer:
        return str(
            ngettext(
                "It was not answered: %(num)d day late when it was owed no longer",
                "It was not answered: %(num)d days late when it was owed no longer",
                days,
            )
        )
    return str(
        ngettext(
            "It was not done: %(num)d day late when it was owed no longer",
            "It was not done: %(num)d days late when it was owed no longer",
            days,
        )
    )


def _said_in_time(on: date, days: int) -> str:
    """Say both days of what is said to be done in time and was written down late."""
    return str(
        ngettext(
            "They say that it was done on %(day)s; it was noted %(num)d day after its term",
            "They say that it was done on %(day)s; it was noted %(num)d days after its term",
            days,
            day=day(on),
        )
    )


def _met(what: DutyKind, days: int) -> str:
    if what.is_answer:
        return str(ngettext("Answered %(num)d day late", "Answered %(num)d days late", days))
    return str(ngettext("Done %(num)d day late", "Done %(num)d days late", days))


def thing_link(thing: TimelineThing) -> Markup:
    """Return a thing's noun, number and title, linked where it has a page."""
    text = f"{_called(thing)} · {title_of(thing)}"
    if not thing.url:
        return Markup("{}").format(text)
    return Markup('<a href="{}">{}</a>').format(thing.url, text)


def title_of(thing: TimelineThing) -> str:
    """Return the title of a thing; of what is reserved, that it is, and why."""
    return (
        str(_("reserved, reason: %(why)s", why=thing.title)) if thing.is_reserved else thing.title
    )


def _called(thing: TimelineThing) -> str:
    """Say what a thing is; a step's own number counts within its agreement, not in the lab."""
    noun = str(_(thing.kind.label))
    counted = thing.number is not None and thing.kind is not Kind.MILESTONE
    return f"{noun} {thing.number}" if counted else noun
