"""The facilitator's pages in the hall: announce, cancel, begin, check in, note, close."""

from datetime import datetime

from flask import abort, current_app, g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.domain.panama_time import instant
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.sessions import queries, service
from labapp.sessions.forms import CancelForm, CheckInForm, MeetingForm, MinutesForm, NoteForm
from labapp.sessions.models import Meeting, Modality, Sector
from labapp.sessions.service import attendance
from labapp.sessions.views.public import bp
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/<slug>/sessions/new", methods=["GET", "POST"])
@gate(Act.MEETING_ANNOUNCE)
def announce(lab: Lab) -> Answer:
    """Announce a meeting."""
    form = MeetingForm()
    if not form.validate_on_submit():
        return form_page("sessions/new.html", form, lab=lab)
    starts, ends = (
        instant(datetime.combine(form.day.given, hour))
        for hour in (form.starts.given, form.ends.given)
    )
    meeting = service.announce(
        g.acting,
        starts_at=starts,
        ends_at=ends,
        modality=Modality(form.modality.data),
        venue=form.venue.data,
        agenda=form.agenda.data,
    )
    return edge.commit(_page("show", lab, meeting), said=_("The meeting is announced."))


@bp.route("/labs/<slug>/sessions/<int:number>/cancel", methods=["GET", "POST"])
@gate(Act.MEETING_CANCEL)
def cancel(lab: Lab, number: int) -> Answer:
    """Cancel a meeting that has not begun, for a reason that everybody reads."""
    meeting = _meeting(lab, number)
    form = CancelForm()
    if not form.validate_on_submit():
        return form_page("sessions/cancel.html", form, lab=lab, meeting=meeting)
    service.cancel(g.acting, meeting=meeting, reason=form.reason.data)
    return edge.commit(_page("show", lab, meeting), said=_("The meeting is cancelled."))


@bp.get("/labs/<slug>/sessions/<int:number>/run")
@gate(Act.MEETING_RUN)
def run(lab: Lab, number: int) -> Answer:
    """Show the page of the hall."""
    return _hall(lab, _meeting(lab, number), NoteForm())


@bp.post("/labs/<slug>/sessions/<int:number>/begin")
@gate(Act.MEETING_RUN)
def begin(lab: Lab, number: int) -> Answer:
    """Begin the meeting."""
    meeting = _meeting(lab, number)
    service.begin(g.acting, meeting=meeting)
    return edge.commit(_page("run", lab, meeting), said=_("The meeting began."))


@bp.post("/labs/<slug>/sessions/<int:number>/check-in")
@gate(Act.ATTENDANCE_NOTE)
def check_in(lab: Lab, number: int) -> Answer:
    """Count somebody who came in."""
    meeting = _meeting(lab, number)
    form = CheckInForm()
    if not form.validate_on_submit():
        return _hall(lab, meeting, NoteForm(formdata=None), wrong=form)
    attendance.check_in(
        g.acting,
        meeting=meeting,
        sector=Sector(form.sector.data),
        name=form.name.data,
        people=form.people.data or 1,
    )
    return edge.commit(_page("run", lab, meeting, "who"))


@bp.post("/labs/<slug>/sessions/<int:number>/take-back")
@gate(Act.ATTENDANCE_NOTE)
def take_back(lab: Lab, number: int) -> Answer:
    """Take back the last person counted in a sector."""
    meeting = _meeting(lab, number)
    form = CheckInForm()
    if not form.validate_on_submit():
        return _hall(lab, meeting, NoteForm(formdata=None), wrong=form)
    sector = Sector(form.sector.data)
    attendance.take_back(g.acting, meeting=meeting, sector=sector)
    return edge.commit(_page("run", lab, meeting, "who"))


@bp.post("/labs/<slug>/sessions/<int:number>/note")
@gate(Act.CONTRIBUTION_NOTE)
def note(lab: Lab, number: int) -> Answer:
    """Note what was said, one contribution a line."""
    meeting = _meeting(lab, number)
    form = NoteForm()
    if not form.validate_on_submit():
        return _hall(lab, meeting, form)
    noted = service.note(
        g.acting, meeting=meeting, lines=form.lines(), due_days=current_app.config["RESPONSE_DAYS"]
    )
    message = ngettext("%(num)d contribution noted.", "%(num)d contributions noted.", len(noted))
    return edge.commit(_page("run", lab, meeting), said=message)


@bp.route("/labs/<slug>/sessions/<int:number>/close", methods=["GET", "POST"])
@gate(Act.MEETING_CLOSE)
def close(lab: Lab, number: int) -> Answer:
    """Close the meeting with its minutes."""
    meeting = _meeting(lab, number)
    form = MinutesForm()
    if not form.validate_on_submit():
        return form_page("sessions/close.html", form, lab=lab, meeting=meeting)
    service.close(g.acting, meeting=meeting, minutes=form.minutes.data)
    return edge.commit(
        _page("show", lab, meeting), said=_("The meeting is closed and its report published.")
    )


def _meeting(lab: Lab, number: int) -> Meeting:
    return queries.by_number(lab.id, number) or abort(404)


def _page(view: str, lab: Lab, meeting: Meeting, anchor: str | None = None) -> str:
    return url_for(f"sessions.{view}", slug=lab.slug, number=meeting.thing.number, _anchor=anchor)


def _hall(
    lab: Lab, meeting: Meeting, form: NoteForm, wrong: CheckInForm | None = None
) -> tuple[str, int]:
    counts = queries.attendance(meeting.id)
    return form_page(
        "sessions/run.html",
        wrong or form,
        lab=lab,
        meeting=meeting,
        state=meeting.state,
        note=form,
        came=wrong or CheckInForm(formdata=None),
        sectors=[(sector, _(sector.label), counts.get(sector, 0)) for sector in Sector],
        total=sum(counts.values()),
        names=queries.names(meeting.id),
        said=queries.latest(meeting.id),
        due_days=current_app.config["RESPONSE_DAYS"],
    )
