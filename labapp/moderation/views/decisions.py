"""Where something is taken away, agreed on by a second person, and put back."""

from flask import abort, g, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer
from labapp.domain.kinds import KIND_AT, Kind
from labapp.domain.policy import Act
from labapp.domain.removal import BY_TWO_OF_ANTAI, RemovalScope, scopes_of
from labapp.files import queries as files
from labapp.files.views import send_to_desk
from labapp.labs.models import Lab
from labapp.labs.views.gate import gate
from labapp.moderation import queries, service
from labapp.moderation.forms import RemovalForm
from labapp.moderation.models import Removal
from labapp.moderation.removal_draft import RemovalDraft
from labapp.moderation.views import notice
from labapp.moderation.views.log import PLURALS, bp
from labapp.thread import queries as thread
from labapp.thread import urls
from labapp.thread.models import Thing
from labapp.thread.service import texts
from labapp.web import edge
from labapp.web.form import form_page


@bp.route(f"/labs/<slug>/<any({PLURALS}):plural>/<int:number>/take-away", methods=["GET", "POST"])
@gate(Act.REMOVAL_DECIDE)
def remove(lab: Lab, plural: str, number: int) -> Answer:
    """Take words, a photo or a whole thing away."""
    thing = thread.with_page(lab.id, KIND_AT[plural], number) or abort(404)
    hung = files.of_thing(thing.id)
    names = {
        str(row.id): _("Photo or file %(number)s: %(name)s", number=place, name=row.name)
        for place, row in enumerate(hung, 1)
    }
    form = RemovalForm()
    form.offer(scopes_of(thing.kind, has_files=bool(hung)), names)
    if form.is_complete():
        with form.refusals_beside("scope"):
            removal = service.take_away(g.acting, _draft(thing, form), thing=thing)
        if not form.errors:
            return edge.commit(_page(removal, lab), _done(removal))
    return form_page(
        "moderation/remove.html",
        form,
        lab=lab,
        thing=thing,
        by_two=thing.kind in BY_TWO_OF_ANTAI,
        hung=[row for row in hung if row.media_type.startswith("image/")],
        on_ballots=thing.kind in (Kind.PROPOSAL, Kind.PROBLEM),
        texts=texts.all_of(thing),
        address=urls.page(thing.kind, thing.number, lab=lab.slug),
    )


@bp.get(f"/labs/<slug>/<any({PLURALS}):plural>/<int:number>/take-away/<int:file_id>")
@gate(Act.REMOVAL_DECIDE)
def file(lab: Lab, plural: str, number: int, file_id: int) -> Answer:
    """Send a photo or file of a thing to whoever decides on it, taken away or not."""
    thing = thread.with_page(lab.id, KIND_AT[plural], number) or abort(404)
    here = (*files.of_thing(thing.id), *files.files_removed_from(thing.id))
    stored = next((row for row in here if row.id == file_id), None) or abort(404)
    return send_to_desk(stored)


@bp.post("/labs/<slug>/removals/<int:removal_id>/confirm")
@gate(Act.REMOVAL_CONFIRM)
def confirm(lab: Lab, removal_id: int) -> Answer:
    """Agree as the second person of ANTAI."""
    removal = removal_or_404(lab, removal_id)
    service.confirm(g.acting, removal=removal, agrees=True)
    return edge.commit(_page(removal, lab), _done(removal))


@bp.post("/labs/<slug>/removals/<int:removal_id>/decline")
@gate(Act.REMOVAL_CONFIRM)
def decline(lab: Lab, removal_id: int) -> Answer:
    """Do not agree as the second person of ANTAI: nothing is taken away."""
    removal = removal_or_404(lab, removal_id)
    service.confirm(g.acting, removal=removal, agrees=False)
    return edge.commit(_page(removal, lab), _("It stays as it is."))


@bp.post("/labs/<slug>/removals/<int:removal_id>/put-back")
@gate(Act.REMOVAL_RETURN)
def put_back(lab: Lab, removal_id: int) -> Answer:
    """Put back what one's own side took away."""
    removal = removal_or_404(lab, removal_id)
    service.put_back(g.acting, removal=removal)
    return edge.commit(_page(removal, lab), _("It is back, as it was."))


def removal_or_404(lab: Lab, removal_id: int) -> Removal:
    """Return a removal of this lab, or answer that there is none."""
    return queries.in_lab(lab.id, removal_id) or abort(404)


def _draft(thing: Thing, form: RemovalForm) -> RemovalDraft:
    return RemovalDraft(
        scope=RemovalScope(form.scope.data),
        code=form.reason(),
        words=form.words.data,
        notice=notice.of_removal(g.acting, thing, form.reason()),
        hidden_words=form.phrases(),
        file_id=form.file_id(),
    )


def _page(removal: Removal, lab: Lab) -> str:
    return url_for("moderation.show", slug=lab.slug, removal_id=removal.id)


def _done(removal: Removal) -> str:
    if removal.decided_at is None:
        return str(_("Asked for. It is taken away once a second person of ANTAI agrees."))
    return str(_("Taken away. Nobody reads it from now on, and whoever wrote it is told why."))
