"""Register neighbours without an account: thirty on one screen, nobody twice."""

from collections.abc import Sequence

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.accounts.views.gate import Answer
from labapp.domain.policy import Act
from labapp.labs.forms.people import OTHER, NeighboursForm, who_options
from labapp.labs.models import Lab
from labapp.labs.queries import lines
from labapp.labs.queries.recognition import Recognition, recognize
from labapp.labs.service import registering
from labapp.labs.service.registering import Registration
from labapp.labs.views.blueprint import bp
from labapp.labs.views.gate import gate
from labapp.web import edge
from labapp.web.form import form_page


@bp.route("/labs/<slug>/people/register", methods=["GET", "POST"])
@gate(Act.MEMBER_ADMIT)
def register(lab: Lab) -> Answer:
    """Register neighbours; of whoever sounds like somebody on the list, ask who they are."""
    form = NeighboursForm()
    asked: list[dict[str, object]] = []
    known: list[str] = []
    if form.validate_on_submit():
        newcomers = form.newcomers(request.form)
        people = lines.everybody(lab.id)
        recognitions = recognize(newcomers, people, by_name=True)
        # Whoever was asked about stays asked about: an answer can be seen and changed.
        asked = [
            _question(key, row)
            for row, (_name, _mark, key) in zip(recognitions, form.typed(), strict=True)
            if _was_asked(row)
        ]
        known = [row.person.name for row in recognitions if row.person and not _was_asked(row)]
        _blame(form, recognitions)
        if not form.errors:
            with form.refusals_beside("people"):
                done = registering.register(g.acting, newcomers)
                to = url_for(".people", slug=lab.slug)
                return edge.commit(to, _what_was_done(done, form.empty_lines()))
    return form_page("labs/register.html", form, lab=lab, known=known, asked=asked)


def _was_asked(row: Recognition) -> bool:
    answer = row.newcomer.same_as is not None or row.newcomer.is_other
    return row.is_open or (answer and bool(row.alike))


def _blame(form: NeighboursForm, rows: Sequence[Recognition]) -> None:
    """Say what must still be answered, in one sentence."""
    if any(row.is_open for row in rows):
        form.people.errors = [
            _("Some sound like people on the list. Say below who each of them is.")
        ]
    elif any(row.lacks_mark for row in rows):
        form.people.errors = [
            _("Write the sector or nickname of whoever has the name of another person.")
        ]


def _question(key: str, row: Recognition) -> dict[str, object]:
    """Return what a page asks of one typed line, and what was answered."""
    newcomer = row.newcomer
    return {
        "name": newcomer.name,
        "key": key,
        "options": who_options(row.alike),
        "chosen": OTHER if newcomer.is_other else str(newcomer.same_as or ""),
        "mark": newcomer.known_as,
        "lacks_mark": row.lacks_mark,
    }


def _what_was_done(done: Registration, empty: int) -> str:
    added = len(done.added)
    said = [ngettext("%(num)d person was registered.", "%(num)d people were registered.", added)]
    if done.known:
        said.append(
            ngettext(
                "%(num)d was on the list already.",
                "%(num)d were on the list already.",
                len(done.known),
            )
        )
    if empty:
        said.append(
            ngettext(
                "%(num)d empty line was left out.", "%(num)d empty lines were left out.", empty
            )
        )
    return " ".join(said)
