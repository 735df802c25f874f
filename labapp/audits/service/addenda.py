"""Addenda: what the committee puts right of a visit, or adds. The visit stays as it was written."""

from labapp.audits.models import Visit, VisitAddendum
from labapp.audits.service.independence import require_independent
from labapp.db import db
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.record.acting import Acting


def add_addendum(acting: Acting[Lab], visit: Visit, *, text: str) -> VisitAddendum:
    """Add words to a visit, dated and public at once; no answer changes. Flushed.

    What the committee sees otherwise it says by another visit: of two the one made last stands.

    Args:
        acting: a member of the committee that made it, without a tie.
        visit: any of its visits.
        text: what was wrong or missing.

    Raises:
        Denied: wrong role or stage, not seated, or tied to the work.
    """
    require_independent(
        acting,
        visit.committee,
        Act.VISIT_ADDENDUM,
        step=visit.milestone,
        began_on=visit.visited_on,
    )
    addendum = VisitAddendum(
        visit_id=visit.id, text=text, added_at=acting.now, person_id=acting.actor.person_id
    )
    db.session.add(addendum)
    db.session.flush()
    acting.record(Act.VISIT_ADDENDUM, visit.id, after={"addendum": addendum.id})
    return addendum
