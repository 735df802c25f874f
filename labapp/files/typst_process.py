"""The press: a process of its own that typesets one document and ends, its memory with it.

It reads JSON ``{"source": path, "data": text}`` from its input and writes the PDF to its output.
"""

import json
import sys
from pathlib import Path

import typst


def main() -> None:
    """Typeset what the input says. No font of the system, no date: same input, same bytes."""
    asked = json.load(sys.stdin)
    made = typst.compile(
        asked["source"],
        root=str(Path(asked["source"]).parent),
        sys_inputs={"data": asked["data"]},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
