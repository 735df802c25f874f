"""Typeset documents as tagged PDF (PDF/UA-1), in a process of their own."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from labapp.domain.errors import Conflict, mark

_SOURCES = Path(__file__).parent.parent / "typst"
#: Seconds; a sheet of forty cards takes one.
_PATIENCE = 60


def pdf(source: str, data: Mapping[str, Any]) -> bytes:
    """Return the PDF that a source of ``labapp/typst/`` makes of some data.

    Args:
        source: its name, without ``.typ``. It reads ``json(bytes(sys.inputs.data))``; what people
            wrote enters that way alone, as text.
        data: what JSON can hold; images as SVG text.

    Returns:
        The same bytes for the same source, data and version of typst.

    Raises:
        Conflict: it took too long.
        RuntimeError: the source and the data do not go together: a mistake of ours.
    """
    asked = json.dumps(
        {"source": str(_SOURCES / f"{source}.typ"), "data": json.dumps(data, ensure_ascii=False)}
    )
    try:
        done = subprocess.run(  # our own module, and nothing typed in its arguments
            [sys.executable, "-m", "labapp.files.typst_process"],
            input=asked.encode(),
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Conflict(
            mark("The document could not be made in time. Try again in a minute.")
        ) from late
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
