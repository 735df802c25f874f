"""What a server does before it forks, so that its processes share their memory and give it back."""

import ctypes
import gc
import html
import re
import threading
import time

from flask import Flask
from werkzeug.exceptions import HTTPException

from labapp.db import db

_LINK = re.compile(r'href="(/[^"#]*)')
#: More kinds of page than the links lead to; each takes some 30 ms.
_MOST = 60
#: ``M_MMAP_THRESHOLD`` of glibc's mallopt(3), and the size in bytes that it starts from.
_LARGE, _BYTES = -3, 128 * 1024
#: Seconds between two trimmings; each takes some milliseconds.
_PAUSE = 5.0


def prepare(app: Flask) -> None:
    """Load what every process needs, once, and keep the collector from touching it again.

    Memory is shared until it is written, and collecting garbage writes to every object.
    """
    _return_large_blocks()
    visit(app)
    with app.app_context():
        db.engine.dispose()
    gc.collect()
    _trim()
    gc.freeze()


def _return_large_blocks() -> None:
    """Have large blocks go back to the system when freed: a photo, the 19 MiB of a password.

    Left alone, glibc keeps blocks as large as the largest it has seen, once for each thread.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_LARGE, _BYTES)


def keep_trimmed() -> None:
    """Begin to give back, every few seconds, what this process's C library holds unused."""
    threading.Thread(target=_keep_trimming, daemon=True).start()


def _keep_trimming() -> None:
    while True:
        time.sleep(_PAUSE)
        _trim()


def _trim() -> None:
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


def visit(app: Flask) -> None:
    """Ask for one page of each kind that a visitor reaches from the front page by links."""
    visitor, addresses = app.test_client(), app.url_map.bind("")
    waiting, visited = ["/"], set[str]()
    while waiting and len(visited) < _MOST:
        address = waiting.pop(0)
        try:
            page = addresses.match(address, "GET")[0]
        except HTTPException:  # a link to somewhere that has no page, or has moved
            continue
        if page in visited or page == "static":
            continue
        visited.add(page)
        answer = visitor.get(address)
        if answer.mimetype == "text/html":
            links = _LINK.findall(answer.get_data(as_text=True))
            waiting += [html.unescape(link).partition("?")[0] for link in links]
