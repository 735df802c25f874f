"""Pages of letters, agreements, steps, evidence, and the expiring link."""

from labapp.followup.views import (
    agreements,
    documents,
    entity,
    letters,
    links,
    milestones,
    proxy_looks,
)
from labapp.followup.views.lookups import bp

__all__ = [
    "agreements",
    "bp",
    "documents",
    "entity",
    "letters",
    "links",
    "milestones",
    "proxy_looks",
]
