"""Pages of works, committees, visits and findings."""

from labapp.audits.views import committees, findings, seats, ties, visits, works
from labapp.audits.views.lookups import bp

__all__ = ["bp", "committees", "findings", "seats", "ties", "visits", "works"]
