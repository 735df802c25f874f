"""What the pages of this room share: the blueprint, a list, a thing or 404."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, abort, g, render_template

from labapp.audits import queries
from labapp.audits.models import Committee, DeclaredTie, Finding, Seat, Work
from labapp.audits.queries import independence
from labapp.db import utcnow
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, may
from labapp.labs.models import Lab
from labapp.web.list_row import Row
from labapp.web.url_numbers import query_number

bp = Blueprint("audits", __name__)


def today() -> date:
    """Return the day in Panama."""
    return local_day(utcnow())


def listing(
    lab: Lab, heading: str, rows: Sequence[Row], *, empty: str, after: int | None, offer: str = ""
) -> str:
    """Return a page with a plain list.

    Args:
        lab: the lab.
        heading: what is listed.
        rows: one page of it.
        empty: what is said where there is nothing.
        after: the number from which the next page goes on, or None.
        offer: what the button that leads to ``new`` says; none when empty.
    """
    return render_template(
        "audits/list.html",
        lab=lab,
        heading=heading,
        rows=rows,
        empty=empty,
        offer=offer,
        next_url=f"?after={after}" if after is not None else None,
    )


def query_number_or_404(name: str) -> int:
    """Return a number of the address, ``?work=2``; without one there is nothing here."""
    number = query_number(name)
    if number is None:
        abort(404)
    return number


def work_or_404(lab: Lab, number: int) -> Work:
    """Return a work of the lab."""
    return queries.work(lab.id, number) or abort(404)


def committee_or_404(lab: Lab, number: int) -> Committee:
    """Return a committee of the lab."""
    return queries.committee(lab.id, number) or abort(404)


def finding_or_404(lab: Lab, number: int) -> Finding:
    """Return a finding of the lab."""
    return queries.finding(lab.id, number) or abort(404)


def ties_by_member(committee: Committee) -> dict[int, list[DeclaredTie]]:
    """Return the ties declared on a committee, oldest first, by who declared them."""
    found: dict[int, list[DeclaredTie]] = {}
    for tie in independence.ties_of(committee.id):
        found.setdefault(tie.person_id, []).append(tie)
    return found


def speaks_for_committee(
    lab: Lab,
    act: Act,
    committee: Committee,
    seat: Seat | None,
    *,
    step_id: int | None = None,
    began_on: date | None = None,
) -> bool:
    """Return whether this person may do an act of the committee: seated and independent.

    Args:
        lab: the lab.
        act: what may be offered.
        committee: the one that acts.
        seat: theirs on it, or None.
        step_id: the step that is judged; None for the whole work.
        began_on: since when there is what is judged; None for today.
    """
    if seat is None or not may(g.actor, act, lab.stage, queries.relations(seat)):
        return False
    return not independence.lack(
        committee, seat.person_id, lab.id, step_id=step_id, began_on=began_on or today()
    )
