"""Say each debt of a close in words: what, who owes it, since when, and when it was paid."""

from datetime import date
from typing import TypedDict

from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.domain.clocks import days_late
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.workflow import CLOSING
from labapp.followup import queries as followup
from labapp.labs.models import Lab
from labapp.stages.models import ClosingDebt
from labapp.stages.queries import DebtOfThing, stands
from labapp.thread import urls
from labapp.thread.models import Thing
from labapp.web.formatting import day, late

_SENTENCES = {need.key: need.sentence for need in CLOSING}


class DebtText(TypedDict):
    """One debt, as ``ui.late_list`` takes it; ``is_paid`` tells where it is listed."""

    text: str
    url: str
    detail: str
    is_paid: bool


def debt_texts(lab: Lab, rows: list[DebtOfThing], today: date) -> list[DebtText]:
    """Return debts in the reader's language. One statement, for the places of steps."""
    ids = [thing.id for _row, thing in rows if thing is not None and thing.kind is Kind.MILESTONE]
    places = followup.step_places(ids)
    return [
        DebtText(
            text=name_debt(row.need, thing, places),
            url=urls.page(thing.kind, thing.number, lab=lab.slug)
            if thing is not None and thing.has_place
            else "",
            detail=" · ".join(part for part in _details(row, thing, today) if part),
            is_paid=row.paid_on is not None,
        )
        for row, thing in rows
    ]


def name_debt(need: str, thing: Thing | None, places: dict[int, tuple[int, int]]) -> str:
    """Return what is owed by its own name; of the whole lab, what is to be done.

    Args:
        need: the key of the need that it leaves unmet.
        thing: what it is of, or None.
        places: of each step, its place in its agreement, and the agreement's number.
    """
    if thing is None or not thing.has_place:
        return str(_(_SENTENCES[need]))
    if thing.kind is Kind.MILESTONE:
        position, agreement = places[thing.id]
        return str(
            _(
                "Step %(position)s of agreement %(number)s: %(step)s",
                position=position,
                number=agreement,
                step=thing.title,
            )
        )
    if thing.kind is Kind.WORK:
        return str(
            _("Final report of work %(number)s: %(work)s", number=thing.number, work=thing.title)
        )
    return f"{_(thing.kind.label)} {thing.number} · {thing.title}"


def _details(row: ClosingDebt, thing: Thing | None, today: date) -> list[str]:
    due = str(_("due %(day)s", day=day(row.due_on))) if row.due_on else ""
    if row.paid_on is not None:
        return [_(row.owed_by), due, _paid(row, row.paid_on)]
    if thing is not None and not stands(thing):
        return [_(row.owed_by), due, str(_("it was taken back or away"))]
    days = days_late(row.due_on, today) if row.due_on else 0
    return [_(row.owed_by), due, late(days) if days else "", row.reason]


def _paid(row: ClosingDebt, on: date) -> str:
    """Say when a debt was paid, and how late: by its day, or where it had none by the close."""
    if row.due_on is not None:
        days = days_late(row.due_on, on)
        if days:
            return str(
                ngettext(
                    "paid on %(day)s, %(num)d day late",
                    "paid on %(day)s, %(num)d days late",
                    days,
                    day=day(on),
                )
            )
    elif row.closed_at is not None and (days := days_late(local_day(row.closed_at), on)):
        return str(
            ngettext(
                "paid on %(day)s, %(num)d day after the close",
                "paid on %(day)s, %(num)d days after the close",
                days,
                day=day(on),
            )
        )
    return str(_("paid on %(day)s", day=day(on)))
