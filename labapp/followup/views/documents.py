"""Pages of evidence, and the file itself through the lab's gate."""

from flask import abort, g, render_template

from labapp.domain.policy import Act
from labapp.files import views
from labapp.followup import disclosure, queries
from labapp.followup.models import Evidence
from labapp.followup.views.lookups import bp
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate


@bp.get("/labs/<slug>/documents/<int:number>/")
@gate(Act.LAB_VIEW)
def document(lab: Lab, number: int) -> Answer:
    """Show a piece of evidence and who attests it."""
    return render_template(
        "followup/document.html", lab=lab, evidence=_evidence_or_404(lab, number)
    )


@bp.get("/labs/<slug>/documents/<int:number>/file")
@gate(Act.LAB_VIEW)
def document_file(lab: Lab, number: int) -> Answer:
    """Send the file to whoever may see it."""
    return views.send(_evidence_or_404(lab, number).file)


def _evidence_or_404(lab: Lab, number: int) -> Evidence:
    evidence = queries.document(lab.id, number) or abort(404)
    entity = evidence.milestone.agreement.organization_id
    if not evidence.public and not disclosure.shows_reserved(g.actor, entity):
        abort(404)
    return evidence
