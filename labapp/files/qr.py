"""QR codes: the address of a page, for whoever points a telephone at a paper."""

import re
from io import BytesIO

import segno


def svg(address: str, *, border: int) -> str:
    """Return a QR code as SVG text without a size of its own.

    Args:
        address: a whole address.
        border: the empty modules around it.
    """
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=border, light="#fff", xmldecl=False, omitsize=True
    )
    return re.sub(r' class="[^"]*"', "", drawn.getvalue().decode())
