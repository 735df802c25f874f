"""The directory of organizations."""

from flask import Blueprint, abort, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp.accounts.views.gate import Answer, site_gate
from labapp.domain.policy import Act
from labapp.organizations import queries, service
from labapp.organizations.forms import OrganizationForm
from labapp.organizations.models import OrganizationKind
from labapp.territory import forms
from labapp.territory import queries as territory
from labapp.web import edge
from labapp.web.form import form_page

bp = Blueprint("organizations", __name__, url_prefix="/organizations")


@bp.get("/")
@site_gate(Act.SITE_VIEW)
def index() -> Answer:
    """List the organizations by name."""
    after = request.args.get("after", "").replace("\0", "")[:60]
    page = queries.page(after)
    more = url_for(".index", after=page.next) if page.next else None
    places = territory.chains(row.place_code for row in page.rows if row.place_code)
    return render_template("organizations/index.html", rows=page.rows, more=more, places=places)


@bp.route("/new", methods=["GET", "POST"])
@site_gate(Act.ORGANIZATION_ADD)
def new() -> Answer:
    """Add an organization."""
    form = OrganizationForm()
    form.place_code.options = forms.options([form.place_code.data])
    searching = forms.is_searching()
    if not searching and form.validate_on_submit():
        with form.refusals_beside("name"):
            row = service.add(
                g.acting,
                name=form.name.data,
                kind=OrganizationKind(form.kind.data),
                place_code=form.place_code.data,
            )
            return edge.commit(url_for(".show", slug=row.slug), _("It is in the directory."))
    return form_page("organizations/new.html", form, searching=searching, q=forms.query())


@bp.get("/<slug>/")
@site_gate(Act.SITE_VIEW)
def show(slug: str) -> Answer:
    """Show an organization."""
    row = queries.by_slug(slug) or abort(404)
    place = territory.chain(row.place_code) if row.place_code else None
    return render_template("organizations/organization.html", row=row, place=place)
