"""A photo is written anew without its data, a PDF is kept, anything else is refused."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from labapp.domain.errors import Unreadable
from labapp.domain.roles import VISITOR
from labapp.files import queries, service
from labapp.files.models import StoredFile
from labapp.files.views import folder, send
from labapp.record.acting import Acting
from tests.files.make import PDF, photo
from tests.make import NOW


def keep(sent: bytes, name: str, folder: Path) -> StoredFile:
    acting = Acting(None, VISITOR, NOW)
    return service.store(acting, sent, name, thing_id=None, alt="", folder=folder)


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


def test_a_pdf_is_kept_as_it_came(world: None, tmp_path: Path) -> None:
    stored = keep(PDF, "plano.pdf", tmp_path)

    assert service.place(stored, tmp_path).read_bytes() == PDF
    assert stored.media_type == "application/pdf"


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


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\fotos\\pozo.PNG", "pozo.jpg"),
        ("a\0b\nc.png", "abc.jpg"),
        ("", "archivo.jpg"),
        ("x" * 400, "x" * 180 + ".jpg"),
    ],
)
def test_a_name_keeps_its_last_part(world: None, tmp_path: Path, given: str, kept: str) -> None:
    assert keep(photo(), given, tmp_path).name == kept


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
