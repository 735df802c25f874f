"""The room's blueprint, alone, so that each page can import it, and the address of a lab."""

from flask import Blueprint

from labapp.labs import urls
from labapp.labs.models import Lab

bp = Blueprint("labs", __name__)


@bp.app_template_global()
def lab_url(lab: Lab) -> str:
    """Return the path of a lab's page; what is the lab's begins with it."""
    return urls.page(lab.slug)
