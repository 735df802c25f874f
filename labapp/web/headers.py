"""Headers of every answer, the write lock a request asks for, and revalidation."""

from flask import Flask, request, session
from werkzeug.wrappers import Response

from labapp.db import writing

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def init_app(app: Flask) -> None:
    """Set the headers, and let SQLite take its write lock for unsafe methods only."""
    app.before_request(_intend)
    app.after_request(_protect)
    app.after_request(_revalidate)


def _intend() -> None:
    writing.set(request.method not in SAFE)


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _may_be_kept(response: Response) -> bool:
    return request.method in SAFE and response.status_code == 200


def _revalidate(response: Response) -> Response:
    """Let an anonymous page be kept and asked for again; a page with a session never is."""
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
    if session or response.cache_control.no_store or not _may_be_kept(response):
        response.headers["Cache-Control"] = "private, no-store"
        return response
    if response.is_streamed:
        return response
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.add("Cookie")
    response.add_etag(weak=True)
    return response.make_conditional(request)
