"""Store files: a photo is decoded and written anew, without its data; a PDF is kept as it came."""

import struct
import zlib
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

from PIL import Image, ImageOps

from labapp.db import db
from labapp.domain.errors import Unreadable, mark
from labapp.domain.removal_code import RemovalCode
from labapp.files import queries
from labapp.files.models import StoredFile
from labapp.record.acting import Acting

#: Bytes; a phone's photo is 3 to 8 MB.
LARGEST = 10 * 1024 * 1024
#: Pixels of a photo before it is decoded: a small file can unfold into gigabytes.
MOST_PIXELS = 60_000_000
#: Pixels on the longer side of the copy that is kept.
LONGEST_SIDE = 1600
_QUALITY = 82
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
    filename: str,
    *,
    thing_id: int | None,
    alt: str,
    folder: Path,
) -> StoredFile:
    """Keep a photo or a PDF on the disk and as a row.

    Args:
        acting: who sent it; nobody by name for a visitor or an entity that came by a link.
        source: what was sent; JPEG, PNG, WebP or PDF, whatever its name says.
        filename: what the sender called it; only shown again when it is downloaded.
        thing_id: on which thing it hangs.
        alt: what is seen on it, for those who cannot see it; cut at 200 characters.
        folder: where bytes are kept: ``<folder>/<aa>/<sha256>``.

    Returns:
        The row, flushed. A photo is at most 1600 pixels long, upright, without EXIF or GPS.

    Raises:
        Unreadable: it is too large, or neither a photo nor a PDF.
    """
    sent = source if isinstance(source, bytes) else source.read(LARGEST + 1)
    if len(sent) > LARGEST:
        raise Unreadable(mark("That file is too large: up to 10 MB."))
    is_document = sent.startswith(b"%PDF-")
    kept = sent if is_document else redrawn(sent)
    row = StoredFile(
        sha256=sha256(kept).hexdigest(),
        media_type="application/pdf" if is_document else "image/jpeg",
        name=_name(filename, ".pdf" if is_document else ".jpg"),
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

    Nothing is deleted while another row stands for the same bytes.
    """
    if stored.removed_at is not None and not queries.is_kept(stored):
        place(stored, folder).unlink(missing_ok=True)


def place(stored: StoredFile, folder: Path) -> Path:
    """Return where the bytes of a file are kept."""
    return folder / stored.sha256[:2] / stored.sha256


def redrawn(sent: bytes) -> bytes:
    """Return a photo decoded and written again as JPEG: upright, smaller, nothing but its pixels.

    Raises:
        Unreadable: it does not open as a photo, or unfolds into too many pixels.
    """
    try:
        with Image.open(BytesIO(sent), formats=_FORMATS) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                raise Unreadable(mark("That photo has too many pixels. Send a smaller one."))
            photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(photo)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            flat = _on_white(upright)
    except _BROKEN as fault:
        raise Unreadable(
            mark("That file does not open. Send a photo (JPG, PNG or WebP) or a PDF.")
        ) from fault
    out = BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _on_white(photo: Image.Image) -> Image.Image:
    """Return a fresh picture with the pixels alone; what was transparent is white."""
    clear = photo.convert("RGBA")
    flat = Image.new("RGB", clear.size, "white")
    flat.paste(clear, mask=clear.getchannel("A"))
    return flat


def _name(filename: str, ending: str) -> str:
    """Return the last part of a name, printable, with the ending of what is kept."""
    last = PurePosixPath(filename.replace("\\", "/")).stem
    clean = "".join(c for c in last if c.isprintable()).strip(" .")
    return f"{clean[:180] or 'archivo'}{ending}"


def _write(kept: bytes, path: Path) -> None:
    """Write once and whole: a file half written never bears its final name."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(kept)
    Path(part.name).replace(path)
