"""The facilitator's pages in the hall: announce, cancel, begin or note as held, close."""

from datetime import datetime

from flask import current_app, g
from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.domain.panama_time import instant
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.sessions import service
from labapp.sessions.forms import CancelForm, MeetingForm, MinutesForm, NoteForm
from labapp.sessions.models import Meeting, Modality
from labapp.sessions.service import contributions
from labapp.sessions.views.hall import hall, meeting_or_404, page_of
from labapp.sessions.views.public import bp
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/<slug>/sessions/new", methods=["GET", "POST"])
@gate(Act.MEETING_ANNOUNCE)
def announce(lab: Lab) -> Answer:
    """Announce a meeting; one of a time that is past is noted as held."""
    form = MeetingForm()
    if form.validate_on_submit():
        write = service.type_in if form.held.data else service.announce
        starts, ends = (
            instant(datetime.combine(form.day.given, hour))
            for hour in (form.starts.given, form.ends.given)
        )
        with form.refusals_beside("ends"):
            meeting = write(
                g.acting,
                starts_at=starts,
                ends_at=ends,
                modality=Modality(form.modality.data),
                venue=form.venue.data,
                agenda=form.agenda.data,
            )
            if form.held.data:
                return _noted_as_held(lab, meeting)
            return edge.commit(page_of("show", lab, meeting), said=_("The meeting is announced."))
    return form_page("sessions/new.html", form, lab=lab)


@bp.route("/labs/<slug>/sessions/<int:number>/cancel", methods=["GET", "POST"])
@gate(Act.MEETING_CANCEL)
def cancel(lab: Lab, number: int) -> Answer:
    """Cancel a meeting that has not begun, for a reason that everybody reads."""
    meeting = meeting_or_404(lab, number)
    form = CancelForm()
    if not form.validate_on_submit():
        return form_page("sessions/cancel.html", form, lab=lab, meeting=meeting)
    service.cancel(g.acting, meeting=meeting, reason=form.reason.data)
    return edge.commit(page_of("show", lab, meeting), said=_("The meeting is cancelled."))


@bp.get("/labs/<slug>/sessions/<int:number>/run")
@gate(Act.MEETING_RUN)
def run(lab: Lab, number: int) -> Answer:
    """Show the page of the hall."""
    return hall(lab, meeting_or_404(lab, number), NoteForm())


@bp.post("/labs/<slug>/sessions/<int:number>/begin")
@gate(Act.MEETING_RUN)
def begin(lab: Lab, number: int) -> Answer:
    """Begin the meeting."""
    meeting = meeting_or_404(lab, number)
    service.begin(g.acting, meeting=meeting)
    return edge.commit(page_of("run", lab, meeting), said=_("The meeting began."))


@bp.post("/labs/<slug>/sessions/<int:number>/held")
@gate(Act.MEETING_NOTE)
def note_held(lab: Lab, number: int) -> Answer:
    """Note afterwards that a meeting announced here was held."""
    meeting = meeting_or_404(lab, number)
    service.note_held(g.acting, meeting=meeting)
    return _noted_as_held(lab, meeting)


def _noted_as_held(lab: Lab, meeting: Meeting) -> Answer:
    message = _("It is noted as held. Count who came, note what was said, and close it.")
    return edge.commit(page_of("run", lab, meeting), said=message)


@bp.post("/labs/<slug>/sessions/<int:number>/note")
@gate(Act.CONTRIBUTION_NOTE)
def note(lab: Lab, number: int) -> Answer:
    """Note what was said, one contribution a line."""
    meeting = meeting_or_404(lab, number)
    form = NoteForm()
    if not form.validate_on_submit():
        return hall(lab, meeting, form)
    noted = contributions.note(
        g.acting, meeting=meeting, lines=form.lines(), due_days=current_app.config["RESPONSE_DAYS"]
    )
    message = ngettext("%(num)d contribution noted.", "%(num)d contributions noted.", len(noted))
    return edge.commit(page_of("run", lab, meeting), said=message)


@bp.route("/labs/<slug>/sessions/<int:number>/close", methods=["GET", "POST"])
@gate(Act.MEETING_CLOSE)
def close(lab: Lab, number: int) -> Answer:
    """Close the meeting with its minutes."""
    meeting = meeting_or_404(lab, number)
    form = MinutesForm()
    if not form.validate_on_submit():
        return form_page("sessions/close.html", form, lab=lab, meeting=meeting)
    service.close(g.acting, meeting=meeting, minutes=form.minutes.data)
    return edge.commit(
        page_of("show", lab, meeting), said=_("The meeting is closed and its report published.")
    )
