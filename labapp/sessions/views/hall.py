"""The page of the hall, as whoever runs a meeting sees it."""

from flask import abort, current_app, url_for
from flask_babel import gettext as _

from labapp.db import utcnow
from labapp.labs.models import Lab
from labapp.sessions import queries
from labapp.sessions.forms import CheckInForm, NoteForm, SectorForm
from labapp.sessions.models import Meeting, Sector
from labapp.web.form import form_page


def meeting_or_404(lab: Lab, number: int) -> Meeting:
    """Return the meeting of a lab, or answer that there is none."""
    return queries.by_number(lab.id, number) or abort(404)


def page_of(view: str, lab: Lab, meeting: Meeting, anchor: str | None = None) -> str:
    """Return the address of one of the pages of a meeting."""
    return url_for(f"sessions.{view}", slug=lab.slug, number=meeting.thing.number, _anchor=anchor)


def hall(
    lab: Lab, meeting: Meeting, form: NoteForm, wrong: CheckInForm | SectorForm | None = None
) -> tuple[str, int]:
    """Return the page of the hall, with what was wrong with what was sent."""
    counts, now = queries.attendance(meeting.id), utcnow()
    return form_page(
        "sessions/run.html",
        wrong or form,
        lab=lab,
        meeting=meeting,
        state=meeting.state,
        may_begin=meeting.begins_from <= now and not meeting.is_past(now),
        is_over=meeting.ends_at <= now,
        note=form,
        wrong=wrong,
        came=wrong if isinstance(wrong, CheckInForm) else CheckInForm(formdata=None),
        sectors=[(sector, _(sector.label), counts.get(sector, 0)) for sector in Sector],
        total=sum(counts.values()),
        names=queries.names(lab.id, meeting.id),
        said=queries.latest(meeting.id),
        due_days=current_app.config["RESPONSE_DAYS"],
    )
