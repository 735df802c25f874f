"""The language of a page: the address, the cookie, then the site's own."""

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

COOKIE = "lang"
_YEAR = 31_536_000


def init_app(app: Flask) -> None:
    """Remember a language chosen by ``?lang=``."""
    app.after_request(_remember)


def request_language() -> str:
    """Return the language of this request, one of the site's."""
    known = current_app.config["LANGUAGES"]
    for language in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if language in known:
            return str(language)
    return str(current_app.config["BABEL_DEFAULT_LOCALE"])


def _remember(response: Response) -> Response:
    language = request.args.get("lang", "")
    if language in current_app.config["LANGUAGES"]:
        remember(response, language)
    return response


def remember(response: Response, lang: str) -> None:
    """Keep the language for a year in this browser."""
    response.set_cookie(
        COOKIE,
        lang,
        max_age=_YEAR,
        samesite="Lax",
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
