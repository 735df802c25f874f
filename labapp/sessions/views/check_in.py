"""Check people in: by sector alone, or by name as somebody on the lab's list of people."""

from flask import g
from flask_babel import gettext as _

from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.queries import lines
from labapp.labs.queries.recognition import recognize
from labapp.labs.views.gate import Answer, gate
from labapp.sessions.forms import CheckInForm, NoteForm, SectorForm
from labapp.sessions.models import Sector
from labapp.sessions.service import attendance
from labapp.sessions.views.hall import hall, meeting_or_404, page_of
from labapp.sessions.views.public import bp
from labapp.web import edge
from labapp.web.form import form_page


@bp.post("/labs/<slug>/sessions/<int:number>/check-in")
@gate(Act.ATTENDANCE_NOTE)
def check_in(lab: Lab, number: int) -> Answer:
    """Count somebody who came in; of a name that sounds like somebody, ask first who it is."""
    meeting, form = meeting_or_404(lab, number), CheckInForm()
    who = form.newcomer()
    recognized = recognize([who], lines.everybody(lab.id), by_name=False) if who else []
    for recognition in recognized:
        form.offer(recognition)
    if form.validate_on_submit() and not any(map(form.lacks_mark, recognized)):
        with form.refusals_beside("name"):
            attendance.check_in(
                g.acting,
                meeting=meeting,
                sector=Sector(form.sector.data),
                who=who,
                people=form.people.data or 1,
            )
            message = _("%(name)s is counted.", name=who.name) if who else ""
            return edge.commit(page_of("run", lab, meeting, "who"), message)
    if any(recognition.alike for recognition in recognized):
        return form_page("sessions/who_came.html", form, lab=lab, meeting=meeting)
    return hall(lab, meeting, NoteForm(formdata=None), wrong=form)


@bp.post("/labs/<slug>/sessions/<int:number>/take-back")
@gate(Act.ATTENDANCE_NOTE)
def take_back(lab: Lab, number: int) -> Answer:
    """Take back the last person counted in a sector without a name."""
    meeting, form = meeting_or_404(lab, number), SectorForm()
    if not form.validate_on_submit():
        return hall(lab, meeting, NoteForm(formdata=None), wrong=form)
    attendance.take_back(g.acting, meeting=meeting, sector=Sector(form.sector.data))
    return edge.commit(page_of("run", lab, meeting, "who"))


@bp.post("/labs/<slug>/sessions/<int:number>/take-back/<int:key>")
@gate(Act.ATTENDANCE_NOTE)
def take_back_person(lab: Lab, number: int, key: int) -> Answer:
    """Take back one person counted by name."""
    meeting = meeting_or_404(lab, number)
    attendance.take_back_person(g.acting, meeting=meeting, check_in_id=key)
    return edge.commit(page_of("run", lab, meeting, "who"))
