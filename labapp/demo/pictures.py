"""Photos and papers of the demonstration: drawn here, with EJEMPLO across them."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from labapp.domain.folding import without_marks

_WIDTH, _HEIGHT = 960, 640
_SKY, _EARTH, _INK = (206, 224, 228), (133, 118, 96), (36, 58, 64)


def photo(words: str, shade: int) -> bytes:
    """Return a JPEG that says what it would show.

    Args:
        words: what a real photo would show.
        shade: any number; it varies the drawing.
    """
    image = Image.new("RGB", (_WIDTH, _HEIGHT), _SKY)
    draw = ImageDraw.Draw(image)
    horizon = 380 + (shade * 37) % 80
    draw.rectangle((0, horizon, _WIDTH, _HEIGHT), fill=_EARTH)
    left = 160 + (shade * 53) % 300
    draw.rectangle((left, horizon - 190, left + 340, horizon + 60), fill=(168, 176, 176))
    draw.rectangle((left, horizon - 210, left + 340, horizon - 190), fill=(120, 130, 132))
    draw.text(
        (40, _HEIGHT - 90), without_marks(words), fill="white", font=ImageFont.load_default(34)
    )
    draw.text((40, 30), "EJEMPLO", fill=_INK, font=ImageFont.load_default(90))
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def paper(words: str) -> bytes:
    """Return a PDF of one page that says EJEMPLO and these words."""
    page = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    draw.text((120, 140), "EJEMPLO", fill=_INK, font=ImageFont.load_default(110))
    draw.text((120, 340), without_marks(words), fill=_INK, font=ImageFont.load_default(44))
    out = BytesIO()
    page.save(out, "PDF", resolution=150)
    return out.getvalue()
