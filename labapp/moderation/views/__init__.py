"""Pages of what was taken away: where it is decided, where it is appealed, and the public log."""

from labapp.moderation.views import appeals as _appeals  # noqa: F401
from labapp.moderation.views import decisions as _decisions  # noqa: F401
from labapp.moderation.views.log import bp

__all__ = ["bp"]
