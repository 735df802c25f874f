"""Photos and documents to send in tests."""

from io import BytesIO

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


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
