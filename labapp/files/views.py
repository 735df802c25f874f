"""Send a stored file; the view of the room that owns it has already passed its gate."""

from pathlib import Path

from flask import abort, current_app, send_file
from werkzeug.wrappers import Response

from labapp.files.models import StoredFile
from labapp.files.service import place, place_of_original


def folder() -> Path:
    """Return where this site keeps its files."""
    return Path(current_app.config["INSTANCE"]) / "files"


def send(stored: StoredFile) -> Response:
    """Answer with the bytes: a photo to be shown, a PDF to be saved; kept by no shared cache.

    What was taken away is gone, for everybody.
    """
    if stored.removed_at is not None:
        abort(410)
    return send_to_desk(stored)


def send_to_desk(stored: StoredFile) -> Response:
    """Answer with the bytes even of what was taken away: for whoever decides on that alone."""
    path = place(stored, folder())
    if not path.is_file():
        abort(404)
    answer = send_file(
        path,
        mimetype=stored.media_type,
        as_attachment=not stored.media_type.startswith("image/"),
        download_name=stored.name,
        etag=stored.sha256,
        max_age=3600,
    )
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def send_original(stored: StoredFile) -> Response:
    """Answer with the bytes as they were sent, to be saved: for whoever may see what is reserved.

    What was taken away is gone, for everybody; what was not kept apart is not there.
    """
    if stored.removed_at is not None:
        abort(410)
    path = place_of_original(stored, folder())
    if path is None or not path.is_file():
        abort(404)
    answer = send_file(
        path,
        mimetype=stored.original_type,
        as_attachment=True,
        download_name=f"original-{stored.name}",
        etag=False,
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
