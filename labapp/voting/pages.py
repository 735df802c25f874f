"""Every page of the room, imported here so that the blueprint holds them all."""

from labapp.voting import ballots as _ballots  # noqa: F401
from labapp.voting.hall import card_views as _cards  # noqa: F401
from labapp.voting.hall import hands_pages as _hands  # noqa: F401
from labapp.voting.hall import kiosk_views as _kiosk  # noqa: F401
from labapp.voting.hall import paper_pages as _paper  # noqa: F401
from labapp.voting.hall import roll_views as _roll  # noqa: F401
from labapp.voting.hall import typing_pages as _typing  # noqa: F401
from labapp.voting.hall import vote_views as _vote  # noqa: F401
from labapp.voting.tally import pages as _tally  # noqa: F401
from labapp.voting.views import bp

__all__ = ["bp"]
