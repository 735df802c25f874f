"""The cleaner: a process of its own that opens one PDF and writes its public copy, or says why not.

It reads the document from its input and writes the copy to its output. How it ends is a
``pdf_fault``; it has so much memory and so many seconds, and nothing of the site to read.
"""

import re
import resource
import sys
from io import BytesIO

import pikepdf

from labapp.files.pdf_fault import PdfFault
from labapp.files.pdf_pruning import prune

#: Bytes of memory; a document of 10 MB takes a tenth of it.
_MEMORY = 1024 * 1024 * 1024
#: Seconds of the processor.
_SECONDS = 8
_MOST_PAGES = 1000
#: Bytes of the copy.
_LARGEST = 20 * 1024 * 1024
_END = b"%%EOF"
_OBJECT = re.compile(rb"\bendobj\b|\b\d{1,10}\s{1,4}\d{1,5}\s{1,4}obj\b")


def main() -> None:
    """Clean what the input holds."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    made = public_copy(sys.stdin.buffer.read())
    if isinstance(made, PdfFault):
        sys.exit(made)
    sys.stdout.buffer.write(made)


def public_copy(sent: bytes) -> bytes | PdfFault:
    """Return what the public may have of a document, or why it may have nothing.

    Returns:
        The same bytes for the same document and version of the library.
    """
    try:
        return _copy(sent)
    except pikepdf.PasswordError:
        return PdfFault.LOCKED
    except (MemoryError, RecursionError):
        return PdfFault.TOO_MUCH
    except (pikepdf.PdfError, pikepdf.DataDecodingError) as fault:
        return PdfFault.TOO_MUCH if "bad_alloc" in str(fault) else PdfFault.BROKEN
    except (AttributeError, KeyError, TypeError, ValueError):  # what it says is of another kind
        return PdfFault.BROKEN


def _copy(sent: bytes) -> bytes | PdfFault:
    with _opened(_to_its_end(sent)) as pdf:
        if _is_cut(sent):
            return PdfFault.CUT
        if not pdf.pages:
            return PdfFault.NO_PAGES
        if len(pdf.pages) > _MOST_PAGES:
            return PdfFault.TOO_MUCH
        pages = len(pdf.pages)
        for page in pdf.pages:
            _require_contents(page.get("/Contents"))
        prune(pdf)
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            encryption=False,
        )
    made = out.getvalue()
    with pikepdf.open(BytesIO(made), attempt_recovery=False) as copy:
        if len(copy.pages) != pages:
            return PdfFault.BROKEN
    return made if len(made) <= _LARGEST else PdfFault.TOO_MUCH


def _opened(whole: bytes) -> pikepdf.Pdf:
    """Open a document, mending a table of contents that does not say where things stand."""
    try:
        return pikepdf.open(BytesIO(whole), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise
    except pikepdf.PdfError:
        return pikepdf.open(BytesIO(whole), suppress_warnings=True)


def _require_contents(contents: pikepdf.Object | None) -> None:
    """Decode what is drawn on a page; a fault of the library tells that it cannot be."""
    for stream in contents if isinstance(contents, pikepdf.Array) else (contents,):
        if isinstance(stream, pikepdf.Stream):
            stream.read_bytes()


def _to_its_end(sent: bytes) -> bytes:
    """Return a document without what stands behind its end."""
    end = sent.rfind(_END)
    return sent if end < 0 else sent[: end + len(_END)]


def _is_cut(sent: bytes) -> bool:
    """Tell whether its end is missing: it has none, or an object begins or ends behind the last."""
    end = max(sent.rfind(_END), sent.rfind(b"startxref"))
    return end < 0 or _OBJECT.search(sent, end) is not None


if __name__ == "__main__":
    main()
