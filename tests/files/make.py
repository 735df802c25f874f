"""Photos and documents to send in tests."""

from io import BytesIO
from pathlib import Path

from PIL import Image

#: Small files that people who do this work sent elsewhere, each by its name.
CASES = Path(__file__).parent / "data"


def pdf(
    *more: str,
    root: str = "",
    page: str = "",
    trailer: str = "",
    drawn: bytes = b"0 0 m",
    at: int = 0,
) -> bytes:
    """Return a whole PDF of one page.

    Args:
        more: its objects from the fifth on, as they stand in it.
        root: what else its catalogue says.
        page: what else its page says.
        trailer: what else its trailer says.
        drawn: what is drawn on the page.
        at: by how many bytes its table of contents is wrong.
    """
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{root}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R{page}>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        *(one.encode("latin-1") for one in more),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out) + at)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


PDF = pdf()


def photo(
    kind: str = "JPEG", size: tuple[int, int] = (40, 30), *, gps: bool = False, turned: bool = False
) -> bytes:
    """Return the bytes of a photo; with ``gps`` it says where it was taken."""
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x010F] = "Maker of phones"
    if turned:
        exif[0x0112] = 6
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, exif=exif)
    return out.getvalue()
