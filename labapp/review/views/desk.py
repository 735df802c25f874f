"""ANTAI's desk: what waits for it, what is overdue, and where the two numbers differ."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import abort, render_template, url_for
from flask_babel import gettext as _

from labapp import hooks
from labapp.accounts.views.gate import Answer, site_gate
from labapp.db import utcnow
from labapp.domain.duties import DutyKind
from labapp.domain.errors import mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.followup import queries as followup
from labapp.labs.models import Lab
from labapp.pagination import ENOUGH, page_of
from labapp.review.queries import desk as desk_queries
from labapp.review.views.blueprint import bp
from labapp.thread import urls
from labapp.thread.models import Duty, Thing
from labapp.web.formatting import day, late, percent
from labapp.web.list_row import Row
from labapp.web.url_numbers import query_number

#: Rows of each list on the desk itself.
SHORT = 5
#: A row of a list, and the key after which the next page goes on.
Keyed = tuple[int, Row]


@dataclass(frozen=True, slots=True)
class Part:
    """One list of the desk."""

    key: str
    heading: str
    rows: Callable[[int | None, int, date], list[Keyed]]


def _labs(after: int | None, limit: int, _today: date) -> list[Keyed]:
    return [
        (
            lab.id,
            Row(
                url_for("labs.approval", slug=lab.slug),
                lab.name,
                _("drafted on %(day)s", day=day(lab.drafted_at)),
            ),
        )
        for lab in desk_queries.labs(after, limit)
    ]


def _unattended(after: int | None, limit: int, _today: date) -> list[Keyed]:
    return [
        (
            lab.id,
            Row(
                url_for("labs.entrust", slug=lab.slug),
                lab.name,
                _("ANTAI names who facilitates it from now on"),
            ),
        )
        for lab in desk_queries.labs_without_facilitator(after, limit)
    ]


def _reviews(after: int | None, limit: int, today: date) -> list[Keyed]:
    return [
        (
            review.id,
            Row(
                _page(lab, thing),
                f"{lab.name} · {thing.title}",
                _owed_by(review.due_on, today),
                late=review.due_on < today,
            ),
        )
        for review, thing, lab in desk_queries.reviews(after, limit)
    ]


def _overdue(after: int | None, limit: int, today: date) -> list[Keyed]:
    return [
        (
            duty.id,
            Row(
                _owed_at(lab, thing, duty),
                f"{lab.name} · {_(thing.kind.label)}{_called(thing)}",
                f"{_(duty.owed_by)} · {late((today - duty.due_on).days)}",
                late=True,
            ),
        )
        for duty, thing, lab in desk_queries.overdue(after, limit, today)
    ]


def _gaps(after: int | None, limit: int, _today: date) -> list[Keyed]:
    gaps = desk_queries.gaps(after, limit)
    progress = followup.progress([agreement.id for agreement, _thing, _lab in gaps])
    return [
        (
            agreement.id,
            Row(
                _page(lab, thing),
                f"{lab.name} · {thing.title}",
                _two_numbers(
                    progress[agreement.id].declared,
                    progress[agreement.id].verified,
                    looked=progress[agreement.id].looked,
                ),
            ),
        )
        for agreement, thing, lab in gaps
    ]


def _committees(after: int | None, limit: int, today: date) -> list[Keyed]:
    return [
        (
            committee.id,
            Row(
                _page(lab, thing),
                f"{lab.name} · {committee.name}",
                _("told ANTAI on %(day)s", day=day(committee.reported_on or today)),
            ),
        )
        for committee, thing, lab in desk_queries.committees(after, limit)
    ]


def _removals(after: int | None, limit: int, today: date) -> list[Keyed]:
    return [
        (
            removal.id,
            Row(
                url_for("moderation.show", slug=lab.slug, removal_id=removal.id),
                f"{lab.name} · {_(thing.kind.label)} · {_(removal.code.label)}",
                _(removal.state.label),
                late=removal.appeal_due_at is not None and local_day(removal.appeal_due_at) < today,
            ),
        )
        for removal, thing, lab in desk_queries.removals(after, limit)
    ]


def _annulments(after: int | None, limit: int, today: date) -> list[Keyed]:
    return [
        (
            asked.id,
            Row(
                _page(lab, thing) + "annul/answer",
                f"{lab.name} · {thing.title}",
                _owed_by(local_day(asked.due_at), today),
                late=local_day(asked.due_at) < today,
            ),
        )
        for asked, thing, lab in desk_queries.annulments(after, limit)
    ]


def _dismissals(after: int | None, limit: int, today: date) -> list[Keyed]:
    return [
        (
            row.id,
            Row(
                url_for("labs.rule_dismissal", slug=lab.slug, number=row.id),
                lab.name,
                _owed_by(local_day(row.due_at or row.made_at), today),
            ),
        )
        for row, lab in desk_queries.dismissals(after, limit)
    ]


PARTS: tuple[Part, ...] = (
    Part("labs", mark("Labs that wait for approval"), _labs),
    Part("unattended", mark("Labs that nobody facilitates"), _unattended),
    Part("reviews", mark("Follow-ups that wait for review"), _reviews),
    Part("committees", mark("Committees that wait for their certificate"), _committees),
    Part("removals", mark("Appeals, and what a second person must agree to take away"), _removals),
    Part("annulments", mark("Opened votes that a facilitator asks to annul"), _annulments),
    Part("dismissals", mark("Appeals of those taken off a list of members"), _dismissals),
    Part("overdue", mark("Overdue in any lab"), _overdue),
    Part("gaps", mark("What the entity says and what was seen differ"), _gaps),
)


@bp.get("/desk/")
@site_gate(Act.DESK_VIEW)
def desk() -> Answer:
    """Show the first of each list, how many there are, and the way to the rest."""
    today = local_day(utcnow())
    later = tuple(hooks.desk_parts)
    counts = desk_queries.counts(today)
    beside = desk_queries.counts_beside([part.count() for part in later])
    waiting = [getattr(counts, part.key) for part in PARTS]
    parts = [
        {
            "key": part.key,
            "heading": part.heading,
            "count": count,
            "rows": [row for _key, row in part.rows(None, SHORT, today)],
        }
        for part, count in zip((*PARTS, *later), (*waiting, *beside), strict=True)
    ]
    return render_template("review/desk.html", parts=parts)


@bp.get("/desk/<key>")
@site_gate(Act.DESK_VIEW)
def desk_part(key: str) -> Answer:
    """Show one list of the desk, a page at a time."""
    parts = (*PARTS, *hooks.desk_parts)
    part = next((part for part in parts if part.key == key), None) or abort(404)
    rows = part.rows(query_number("after"), ENOUGH, local_day(utcnow()))
    page = page_of(rows, lambda row: row[0])
    return render_template(
        "review/desk_part.html",
        heading=part.heading,
        rows=[row for _key, row in page.rows],
        next_url=page.next_url,
    )


def _owed_at(lab: Lab, thing: Thing, duty: Duty) -> str:
    """Return where what is owed is done: a review in the lab's queue, the rest on the page."""
    if duty.what is DutyKind.MODERATION:
        return url_for("received.index", slug=lab.slug)
    return _page(lab, thing)


def _page(lab: Lab, thing: Thing) -> str:
    return urls.page(thing.kind, thing.number, lab=lab.slug)


def _called(thing: Thing) -> str:
    if thing.number is None or not thing.has_place:
        return ""
    return f" {thing.number} · {thing.title}"


def _owed_by(due_on: date, today: date) -> str:
    if due_on < today:
        return late((today - due_on).days)
    return str(_("by %(day)s at the latest", day=day(due_on)))


def _two_numbers(declared: int, verified: int, *, looked: bool) -> str:
    if not looked:
        return str(
            _("the entity says %(declared)s; nothing is confirmed", declared=percent(declared))
        )
    return str(
        _(
            "the entity says %(declared)s; %(verified)s was seen",
            declared=percent(declared),
            verified=percent(verified),
        )
    )
