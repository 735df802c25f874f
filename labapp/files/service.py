"""Store files: a photo and a PDF are decoded and written anew, without what they tell besides."""

import struct
import zlib
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

from PIL import Image, ImageOps

from labapp.db import db
from labapp.domain.errors import Unreadable, mark
from labapp.domain.removal_code import RemovalCode
from labapp.files import queries
from labapp.files.models import StoredFile
from labapp.files.pdf_copy import public_copy
from labapp.record.acting import Acting

#: Bytes; a phone's photo is 3 to 8 MB.
LARGEST = 10 * 1024 * 1024
#: Pixels of a photo before it is decoded: a small file can unfold into gigabytes.
MOST_PIXELS = 60_000_000
#: Pixels on the longer side of the copy that is kept.
LONGEST_SIDE = 1600
_QUALITY = 82
_END_OF_JPEG = b"\xff\xd9"
_PDF = "application/pdf"
#: How JPEG, PNG and WebP begin.
_PICTURES = (b"\xff\xd8", b"\x89PNG", b"RIFF")
_FORMATS = ("JPEG", "PNG", "WEBP")
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def store(
    acting: Acting[Any],
    source: BinaryIO | bytes,
    name: str,
    *,
    thing_id: int | None,
    alt: str,
    folder: Path,
) -> StoredFile:
    """Keep the public copy of a photo or a PDF on the disk and as a row.

    Args:
        acting: who sent it; nobody by name for a visitor or an entity that came by a link.
        source: what was sent; JPEG, PNG, WebP or PDF, whatever its name says.
        name: what the site calls it, without an ending; never the sender's own name for it.
        thing_id: on which thing it hangs.
        alt: what is seen on it, for those who cannot see it; cut at 200 characters.
        folder: where bytes are kept: ``<folder>/<aa>/<sha256>``.

    Returns:
        The row, flushed. A photo is at most 1600 pixels long, upright, without EXIF or GPS; a PDF
        is what its pages show.

    Raises:
        Unreadable: it is too large, neither a photo nor a PDF, or does not open whole.
    """
    sent = source if isinstance(source, bytes) else source.read(LARGEST + 1)
    if len(sent) > LARGEST:
        raise Unreadable(mark("That file is too large: up to 10 MB."))
    document = is_pdf(sent)
    kept = public_copy(sent) if document else redrawn(sent)
    row = StoredFile(
        sha256=sha256(kept).hexdigest(),
        media_type=_PDF if document else "image/jpeg",
        name=f"{name}{'.pdf' if document else '.jpg'}",
        size=len(kept),
        alt=alt[:200],
        thing_id=thing_id,
        stored_at=acting.now,
        stored_by_id=acting.actor.person_id,
    )
    _write(kept, place(row, folder))
    db.session.add(row)
    db.session.flush()
    return row


def keep_original(stored: StoredFile, sent: bytes, *, folder: Path) -> None:
    """Keep the bytes as they were sent, apart from their public copy. Flushes.

    Args:
        stored: the copy made of them.
        sent: what was sent.
        folder: where bytes are kept.
    """
    stored.original_sha256 = sha256(sent).hexdigest()
    stored.original_type = _PDF if is_pdf(sent) else _picture_type(sent)
    _write(sent, _at(stored.original_sha256, folder))
    db.session.flush()


def copy_anew(stored: StoredFile, *, folder: Path) -> None:
    """Make the public copy of a PDF of which there is only the original. Flushes.

    Raises:
        Unreadable: it does not open whole, or its bytes are not there.
    """
    try:
        kept = public_copy(place(stored, folder).read_bytes())
    except FileNotFoundError as lost:
        raise Unreadable(mark("Its bytes are not there.")) from lost
    stored.sha256, stored.size = sha256(kept).hexdigest(), len(kept)
    _write(kept, place(stored, folder))
    db.session.flush()


def is_pdf(sent: bytes) -> bool:
    """Tell whether bytes call themselves a PDF, be it behind what a program wrote before it.

    Source: ISO 32000-2 (2020), annex I, on readers that look for the header in the first 1,024.
    """
    return not sent.startswith(_PICTURES) and sent.find(b"%PDF-", 0, 1024) >= 0


def keep(
    made: bytes, name: str, *, media_type: str, thing_id: int, now: datetime, folder: Path
) -> StoredFile:
    """Keep bytes that the site itself made, exactly as they are.

    Args:
        made: a document, a table, a zip.
        name: for whoever downloads it, with its ending.
        media_type: as browsers are told.
        thing_id: on which thing it hangs.
        now: the instant of the act.
        folder: where bytes are kept.

    Returns:
        The row, flushed, with the SHA-256 of the bytes.
    """
    row = StoredFile(
        sha256=sha256(made).hexdigest(),
        media_type=media_type,
        name=name,
        size=len(made),
        thing_id=thing_id,
        stored_at=now,
    )
    _write(made, place(row, folder))
    db.session.add(row)
    db.session.flush()
    return row


def remove(stored: StoredFile, *, code: RemovalCode, now: datetime) -> None:
    """Take a file away: no page finds it any more. Flushes; its bytes go by ``erase``.

    Args:
        stored: not taken away yet.
        code: why; public.
        now: the instant of the act, whose record is the calling room's.
    """
    stored.removed_at, stored.removed_for = now, code
    db.session.flush()


def erase(stored: StoredFile, folder: Path) -> None:
    """Delete the bytes of a file that was taken away, once that is committed.

    Its original goes too. Nothing is deleted while another row stands for the same bytes.
    """
    for digest in (stored.sha256, stored.original_sha256):
        if digest and stored.removed_at is not None and not queries.is_kept(stored, digest):
            _at(digest, folder).unlink(missing_ok=True)


def place(stored: StoredFile, folder: Path) -> Path:
    """Return where the bytes of a file are kept."""
    return _at(stored.sha256, folder)


def place_of_original(stored: StoredFile, folder: Path) -> Path | None:
    """Return where the bytes as they were sent are kept; None where they are not."""
    return _at(stored.original_sha256, folder) if stored.original_sha256 else None


def redrawn(sent: bytes) -> bytes:
    """Return a photo decoded and written again as JPEG: upright, smaller, nothing but its pixels.

    Raises:
        Unreadable: it does not open whole as a photo, or unfolds into too many pixels.
    """
    try:
        flat = _decoded(sent)
    except _BROKEN as fault:
        if not _lacks_its_end_alone(sent):
            raise Unreadable(
                mark("That file does not open. Send a photo (JPG, PNG or WebP) or a PDF.")
            ) from fault
        flat = _decoded(sent + _END_OF_JPEG)
    out = BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _decoded(sent: bytes) -> Image.Image:
    """Return the pixels of a photo, upright, no larger than is kept, on white."""
    with Image.open(BytesIO(sent), formats=_FORMATS) as photo:
        if photo.width * photo.height > MOST_PIXELS:
            raise Unreadable(mark("That photo has too many pixels. Send a smaller one."))
        photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(photo)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _on_white(upright)


def _lacks_its_end_alone(sent: bytes) -> bool:
    """Tell whether a JPEG holds its whole picture, and lacks no more than the mark of its end.

    Whatever stood behind a whole picture would change none of its pixels.
    """
    if not sent.startswith(b"\xff\xd8"):
        return False
    try:
        one, other = (
            _decoded(sent.rstrip(b"\xff") + tail * 256 + _END_OF_JPEG)
            for tail in (b"\x2a", b"\xb6")
        )
    except _BROKEN:
        return False
    return one.tobytes() == other.tobytes()


def _on_white(photo: Image.Image) -> Image.Image:
    """Return a fresh picture with the pixels alone; what was transparent is white."""
    if photo.mode.startswith("I"):
        photo = photo.convert("I").point(lambda level: level / 256).convert("L")
    clear = photo.convert("RGBA")
    flat = Image.new("RGB", clear.size, "white")
    flat.paste(clear, mask=clear.getchannel("A"))
    return flat


def _picture_type(sent: bytes) -> str:
    """Return the media type of a picture that opened."""
    kinds = {b"\xff": "image/jpeg", b"\x89": "image/png"}
    return kinds.get(sent[:1], "image/webp")


def _at(digest: str, folder: Path) -> Path:
    return folder / digest[:2] / digest


def _write(kept: bytes, path: Path) -> None:
    """Write once and whole: a file half written never bears its final name."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(kept)
    Path(part.name).replace(path)
