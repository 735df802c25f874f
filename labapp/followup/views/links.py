"""Pages where a facilitator gives an entity an expiring link, and ends it."""

from flask import abort, g, render_template, session, url_for
from flask_babel import gettext as _

from labapp.db import utcnow
from labapp.domain.policy import Act
from labapp.followup import queries, service
from labapp.followup.models import Agreement, Letter
from labapp.followup.views.lookups import agreement_or_404, bp, days
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.web import edge

_AT = "/labs/<slug>/<any(letters,agreements):kind>/<int:number>/links"
#: Where the address is kept in the cookie until it is shown, once.
_SHOWN_ONCE = "link"


@bp.get(_AT)
@gate(Act.LINK_ISSUE)
def links(lab: Lab, kind: str, number: int) -> Answer:
    """List the links of a letter or agreement; show the one just made, this once."""
    about = _about(lab, kind, number)
    return render_template(
        "followup/links.html",
        lab=lab,
        kind=kind,
        about=about,
        links=queries.links(about.id),
        now=utcnow(),
        fresh=session.pop(_SHOWN_ONCE, None),
        term=days("LINK_DAYS"),
    )


@bp.post(_AT)
@gate(Act.LINK_ISSUE)
def link_issue(lab: Lab, kind: str, number: int) -> Answer:
    """Make a link."""
    about = _about(lab, kind, number)
    token = service.issue_link(
        g.acting, thing=about.thing, organization_id=about.organization_id, days=days("LINK_DAYS")
    )
    session[_SHOWN_ONCE] = url_for(".entity", token=token, _external=True)
    to = url_for(".links", slug=lab.slug, kind=kind, number=number)
    return edge.commit(to, said=_("The link is ready. It is shown only now: copy or send it."))


@bp.post(f"{_AT}/<int:link_id>/revoke")
@gate(Act.LINK_REVOKE)
def link_revoke(lab: Lab, kind: str, number: int, link_id: int) -> Answer:
    """End a link before its day."""
    about = _about(lab, kind, number)
    link = queries.link(about.id, link_id) or abort(404)
    service.revoke_link(g.acting, link)
    to = url_for(".links", slug=lab.slug, kind=kind, number=number)
    return edge.commit(to, said=_("The link no longer opens."))


def _about(lab: Lab, kind: str, number: int) -> Letter | Agreement:
    if kind == "letters":
        return queries.letter(lab.id, number) or abort(404)
    return agreement_or_404(lab, number)
