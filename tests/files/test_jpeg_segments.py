"""A JPEG loses its notes and what stands behind it, and none of its pixels."""

from io import BytesIO

import pytest
from PIL import Image

from labapp.files.jpeg_segments import without_notes
from tests.files.make import photo

NOTE = b"\xff\xe1\x00\x0aExif\0\0GP"


def pixels(sent: bytes) -> bytes:
    with Image.open(BytesIO(sent)) as opened:
        return opened.tobytes()


def drawn(mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    noise = Image.effect_noise((120, 90), 60).convert(mode)
    noise.save(out, "JPEG", comment=b"SECRET", **options)
    return out.getvalue()


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_the_notes_go_and_the_pixels_stay(mode: str, *, progressive: bool) -> None:
    sent = drawn(mode, progressive=progressive)
    noted = sent[:2] + NOTE + sent[2:]

    clean = without_notes(noted + b"MZ behind it")

    assert b"SECRET" in noted
    for told in (b"SECRET", b"Exif", b"behind"):
        assert told not in clean
    assert pixels(clean) == pixels(sent)


def test_the_place_that_a_phone_wrote_goes() -> None:
    assert b"Maker" in photo(gps=True)
    assert b"Maker" not in without_notes(photo(gps=True))


@pytest.mark.parametrize("sent", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"GIF89a", b"\xff\xd8" + NOTE])
def test_what_is_no_whole_jpeg_makes_no_fault(sent: bytes) -> None:
    assert without_notes(sent) == sent.replace(NOTE, b"") or sent == b"\xff\xd8\xff"
