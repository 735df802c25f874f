"""The pages of the hall; imported here so that the blueprint holds them all."""

from labapp.polling.views import batches as _batches  # noqa: F401
from labapp.polling.views import card_ballot as _card_ballot  # noqa: F401
from labapp.polling.views import cards as _cards  # noqa: F401
from labapp.polling.views import desk as _desk  # noqa: F401
from labapp.polling.views import kiosk as _kiosk  # noqa: F401
from labapp.polling.views import reconciliation as _reconciliation  # noqa: F401
from labapp.polling.views import transcription as _transcription  # noqa: F401
from labapp.polling.views.blueprint import bp

__all__ = ["bp"]
