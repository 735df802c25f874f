"""A photo and a PDF are written anew without their data, anything else is refused."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from labapp.domain.errors import Unreadable
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import VISITOR
from labapp.files import queries, service
from labapp.files.models import StoredFile
from labapp.files.pdf_copy import public_copy
from labapp.files.views import folder, send
from labapp.record.acting import Acting
from tests.files.make import CASES, PDF, photo
from tests.make import NOW


def keep(sent: bytes, name: str, folder: Path, *, with_original: bool = False) -> StoredFile:
    acting = Acting(None, VISITOR, NOW)
    stored = service.store(acting, sent, name, thing_id=None, alt="", folder=folder)
    if with_original:
        service.keep_original(stored, sent, folder=folder)
    return stored


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_without_what_the_phone_wrote_in_it(
    world: None, tmp_path: Path, kind: str
) -> None:
    stored = keep(photo(kind, gps=True), "foto.jpg", tmp_path)

    kept = service.place(stored, tmp_path).read_bytes()
    with Image.open(BytesIO(kept)) as picture:
        assert picture.format == "JPEG"
        assert not picture.getexif()
    assert b"Maker" not in kept
    assert stored.size == len(kept)


def test_a_photo_taken_sideways_stands_upright(world: None, tmp_path: Path) -> None:
    stored = keep(photo(size=(40, 30), turned=True), "foto.jpg", tmp_path)

    with Image.open(service.place(stored, tmp_path)) as picture:
        assert picture.size == (30, 40)


def test_a_large_photo_is_made_smaller(world: None, tmp_path: Path) -> None:
    stored = keep(photo(size=(4000, 1000)), "foto.jpg", tmp_path)

    with Image.open(service.place(stored, tmp_path)) as picture:
        assert picture.size == (1600, 400)


def test_a_clear_picture_is_laid_on_white(world: None, tmp_path: Path) -> None:
    out = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")

    stored = keep(out.getvalue(), "dibujo.png", tmp_path)

    with Image.open(service.place(stored, tmp_path)) as picture:
        assert picture.getpixel((1, 1)) == (255, 255, 255)


def test_of_a_pdf_its_public_copy_is_kept(world: None, tmp_path: Path) -> None:
    stored = keep(PDF, "plano", tmp_path)

    assert service.place(stored, tmp_path).read_bytes() == public_copy(PDF)
    assert (stored.media_type, stored.name) == ("application/pdf", "plano.pdf")
    assert service.place_of_original(stored, tmp_path) is None


@pytest.mark.parametrize("sent", [PDF, photo(gps=True)], ids=["pdf", "photo"])
def test_the_original_is_kept_apart_and_goes_with_its_copy(
    world: None, tmp_path: Path, sent: bytes
) -> None:
    stored = keep(sent, "evidencia-1", tmp_path, with_original=True)
    apart = service.place_of_original(stored, tmp_path)
    kept = apart.read_bytes() if apart else b""

    service.remove(stored, code=RemovalCode.OWN_WISH, now=NOW)
    service.erase(stored, tmp_path)

    assert kept == sent
    assert stored.original_sha256 == sha256(sent).hexdigest() != stored.sha256
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_original_that_another_file_stands_for_is_not_deleted(
    world: None, tmp_path: Path
) -> None:
    one, other = (keep(PDF, "a", tmp_path, with_original=True) for _ in range(2))

    service.remove(one, code=RemovalCode.OWN_WISH, now=NOW)
    service.erase(one, tmp_path)

    apart = service.place_of_original(other, tmp_path)
    assert apart is not None
    assert apart.read_bytes() == PDF


def test_a_photo_that_lacks_only_the_mark_of_its_end_is_taken(world: None, tmp_path: Path) -> None:
    sent = (CASES / "g17_no_last_two_bytes.jpg").read_bytes()

    stored = keep(sent, "foto", tmp_path)

    with Image.open(service.place(stored, tmp_path)) as kept, Image.open(BytesIO(sent)) as taken:
        assert kept.size == taken.size


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photo_of_which_a_piece_is_missing_is_refused(
    world: None, tmp_path: Path, *, progressive: bool
) -> None:
    out = BytesIO()
    Image.effect_noise((200, 100), 60).save(out, "JPEG", progressive=progressive)

    for lacking in (3, 4, 40, 400):
        with pytest.raises(Unreadable):
            keep(out.getvalue()[:-lacking], "foto", tmp_path)

    assert not list(tmp_path.iterdir())


def test_the_text_of_a_scan_of_sixteen_bits_can_be_read(world: None, tmp_path: Path) -> None:
    stored = keep((CASES / "g15_scan16.png").read_bytes(), "foto", tmp_path)

    with Image.open(service.place(stored, tmp_path)) as kept:
        levels = kept.convert("L").tobytes()
    assert (min(levels) < 64, max(levels) > 192) == (True, True)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\0",
        b"<html><script>alert(1)</script>",
        b"GIF89a" + b"\0" * 40,
        photo()[:300],
        photo("PNG")[:60],
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 50,
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"MZ" + b"\0" * 100,
    ],
    ids=range(9),
)
def test_what_is_neither_photo_nor_pdf_is_refused(world: None, tmp_path: Path, sent: bytes) -> None:
    with pytest.raises(Unreadable):
        keep(sent, "foto.jpg", tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_file_too_large_is_refused(world: None, tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        keep(b"%PDF-" + b"0" * service.LARGEST, "plano.pdf", tmp_path)


def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused(
    world: None, tmp_path: Path
) -> None:
    out = BytesIO()
    Image.new("1", (12000, 9000)).save(out, "PNG")

    with pytest.raises(Unreadable):
        keep(out.getvalue(), "bomba.png", tmp_path)


def test_a_file_of_another_thing_is_not_found(world: None, tmp_path: Path) -> None:
    stored = keep(photo(), "foto.jpg", tmp_path)

    assert queries.on(1, stored.id) is None


def test_a_pdf_is_saved_and_a_photo_shown(app: Flask, world: None) -> None:
    document, picture = keep(PDF, "plano.pdf", folder()), keep(photo(), "pozo.jpg", folder())

    with app.test_request_context():
        saved, shown = send(document), send(picture)
    saved.close()
    shown.close()

    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert shown.headers["Content-Disposition"].startswith("inline")
    for answer in (saved, shown):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "private" in answer.headers["Cache-Control"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]
