"""What is asked of a site: its cases, each with its requests and the answer it must give."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, repeat
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from tests.bench import floor, load
from tests.bench.fill import Filled
from tests.bench.site import Site

#: As flask_wtf seals a token; any value serves that both the session and the form hold.
_RAW = secrets.token_hex(20)
_SEAL = "wtf-csrf-token"
_BROTLI = "Accept-Encoding: br\r\n"


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of request.

    Attributes:
        source: begins a series of requests; of votes there are as many as voters.
        status: the only status that counts as an answer.
        most: requests of one run.
    """

    name: str
    source: Callable[[], Iterator[bytes]]
    status: int
    most: int


def of_site(site: Site, runs: int) -> list[Case]:
    """Return the cases of the product. Votes are shared out so that each run has its voters."""
    at = site.filled
    votes, problems = _votes(site.app, at), _problems(site.app, at)
    by_card, share = _card_votes(site.app, at), len(at.tokens) // (runs + 1)
    return [
        Case("list", lambda: repeat(load.get(at.listing)), 200, 600),
        Case("list, brotli", lambda: repeat(load.get(at.listing, headers=_BROTLI)), 200, 600),
        Case("list, page 300", lambda: repeat(load.get(at.far)), 200, 600),
        Case("proposal", lambda: repeat(load.get(at.proposal)), 200, 500),
        Case("problem (POST)", lambda: problems, 302, 250),
        Case("vote (POST)", lambda: votes, 200, share),
        Case("card (POST)", lambda: by_card, 200, share),
    ]


def of_floors(app: Flask) -> list[Case]:
    """Return the cases of the bare application."""
    bare, plain = _bare_votes(app), _plain_votes(app)
    return [
        Case("bare list", lambda: repeat(load.get("/p")), 200, 600),
        Case("bare vote (POST)", lambda: bare, 201, 800),
        Case("plain vote (POST)", lambda: plain, 200, 800),
    ]


def session_cookie(app: Flask, **values: object) -> str:
    """Return the cookie that a browser would hold after signing in, or after seeing a form."""
    seal = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={seal.dumps({'csrf_token': _RAW, **values})}"


def token(app: Flask) -> str:
    """Return the seal of a form shown to the holder of ``session_cookie``."""
    return str(URLSafeTimedSerializer(app.secret_key or "", salt=_SEAL).dumps(_RAW))


def vote(app: Flask, at: Filled, signed_in: str) -> tuple[str, str]:
    """Return the body of a ballot and the cookie it comes with."""
    return _ballot(app), session_cookie(app, _user_id=signed_in, _fresh=True, _permanent=True)


def card_vote(app: Flask) -> tuple[str, str]:
    """Return the body of a ballot cast with a card, and the cookie that holds its seal alone."""
    return _ballot(app), session_cookie(app)


def problem(app: Flask) -> tuple[str, str]:
    """Return the body of a problem told by a visitor, and the visitor's cookie."""
    typed = {
        "csrf_token": token(app),
        "once": secrets.token_urlsafe(16),
        "what": "El agua sale color chocolate cuando llueve y llega solo de noche.",
        "where": "Después de la escuela, parte alta",
    }
    return urlencode(typed), session_cookie(app)


def _votes(app: Flask, at: Filled) -> Iterator[bytes]:
    for signed_in in at.tokens[1:]:
        body, cookie = vote(app, at, signed_in)
        yield load.post(at.vote, body, cookie=cookie)


def _card_votes(app: Flask, at: Filled) -> Iterator[bytes]:
    for code in at.codes[1:]:
        body, cookie = card_vote(app)
        yield load.post(at.card + code, body, cookie=cookie)


def _ballot(app: Flask) -> str:
    receipt = f"{_letters()}-{_letters()}-{_letters()}"
    marks = secrets.randbelow(10) + 1
    return urlencode({"csrf_token": token(app), "receipt": receipt, "marks": marks})


def _problems(app: Flask, at: Filled) -> Iterator[bytes]:
    while True:
        body, cookie = problem(app)
        yield load.post(at.telling, body, cookie=cookie)


def _bare_votes(app: Flask) -> Iterator[bytes]:
    for n in count():
        cookie = session_cookie(app, u=1 + n // floor.ROWS)
        yield load.post(f"/p/{1 + n % floor.ROWS}/vote", "", cookie=cookie)


def _plain_votes(app: Flask) -> Iterator[bytes]:
    sealed = token(app)
    for n in count(1):
        body = urlencode({"csrf_token": sealed, "receipt": secrets.token_hex(7), "marks": "1 2"})
        yield load.post("/plain", body, cookie=session_cookie(app, u=n))


def _letters() -> str:
    return "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(4))
