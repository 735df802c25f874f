"""Pages of evidence, and the file itself through the lab's gate."""

from flask import abort, g, render_template

from labapp.domain.policy import Act
from labapp.files import views
from labapp.followup import disclosure, queries
from labapp.followup.models import Evidence
from labapp.followup.views.lookups import bp, is_shown
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate


@bp.get("/labs/<slug>/documents/<int:number>/")
@gate(Act.LAB_VIEW)
def document(lab: Lab, number: int) -> Answer:
    """Show a piece of evidence and who attests it; of a reserved one, that it is there and why."""
    evidence = _evidence_or_404(lab, number)
    inside = disclosure.shows_reserved(g.actor, evidence.milestone.agreement)
    file = evidence.file
    is_gone = file.removed_at is not None
    return render_template(
        "followup/document.html",
        lab=lab,
        evidence=evidence,
        shown=inside or evidence.public,
        is_gone=is_gone,
        original=inside and not is_gone and file.original_sha256,
    )


@bp.get("/labs/<slug>/documents/<int:number>/file")
@gate(Act.LAB_VIEW)
def document_file(lab: Lab, number: int) -> Answer:
    """Send the public copy to whoever may see it."""
    evidence = _evidence_or_404(lab, number)
    if not evidence.public:
        _require_inside(evidence)
    return views.send(evidence.file) if evidence.file.has_copy else abort(404)


@bp.get("/labs/<slug>/documents/<int:number>/original")
@gate(Act.LAB_VIEW)
def document_original(lab: Lab, number: int) -> Answer:
    """Send what was sent, as it came, to whoever may see what is reserved."""
    evidence = _evidence_or_404(lab, number)
    _require_inside(evidence)
    return views.send_original(evidence.file)


def _evidence_or_404(lab: Lab, number: int) -> Evidence:
    evidence = queries.document(lab.id, number)
    return evidence if evidence and is_shown(evidence.milestone) else abort(404)


def _require_inside(evidence: Evidence) -> None:
    """Answer whoever may not see what is reserved that there is nothing here."""
    if not disclosure.shows_reserved(g.actor, evidence.milestone.agreement):
        abort(404)
