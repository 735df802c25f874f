"""What is asked about an organization."""

from flask_babel import lazy_gettext as _l

from labapp.organizations.models import OrganizationKind
from labapp.web.fields import Choice, Line
from labapp.web.form import Form
from labapp.web.readers import Reader


class OrganizationForm(Form):
    """An ally, an entity, a local body."""

    reader = Reader.EVERYBODY
    name = Line(_l("What is the organization called?"), max=200)
    kind = Choice(_l("What is it?"), OrganizationKind)
    place_code = Choice(_l("Where is it?"), required=False)
