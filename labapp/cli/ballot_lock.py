"""The turnstile: in each process of a server one ballot goes through at a time.

Whoever casts a ballot holds the one lock that SQLite has. Were other threads of the process at
work meanwhile, they would take the interpreter away from it, for milliseconds at a time, and all
would wait: with eight connections half as many ballots a second came through.
"""

import re
import threading
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_BALLOT = re.compile(r"/labs/[^/]+/votes/\d+/(?:ballot|card/[^/]+|kiosk/paper)")
#: Bytes of a form; a longer one is no ballot.
_LONGEST = 64 * 1024


class Turnstile:
    """Passes requests on; ballots one at a time, once they have come in whole."""

    def __init__(self, inner: "WSGIApplication") -> None:
        self._inner = inner
        self._turn = threading.Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        length = _length(environ)
        if length is None:
            return self._inner(environ, start_response)
        # First the whole form: a slow line must not keep others waiting.
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(length))
        with self._turn:
            return self._inner(environ, start_response)


def _length(environ: "WSGIEnvironment") -> int | None:
    """Return how many bytes the form of a ballot has; None for any other request."""
    if environ["REQUEST_METHOD"] != "POST" or not _BALLOT.fullmatch(environ["PATH_INFO"]):
        return None
    length = environ.get("CONTENT_LENGTH") or ""
    return int(length) if length.isdecimal() and int(length) <= _LONGEST else None
