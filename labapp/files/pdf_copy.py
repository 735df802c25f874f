"""The public copy of a PDF, made in a process of its own: a document may hold anything."""

import os
import signal
import subprocess
import sys
from threading import BoundedSemaphore

from labapp.domain.errors import Unreadable
from labapp.files.pdf_fault import PdfFault

#: Seconds; a hundred pages take a fifth of one.
PATIENCE = 12
#: At once, in one process of the server: each has memory of its own.
_TURNS = BoundedSemaphore(2)
#: What the process is told of where it runs; it needs nothing else, and no secret of the site.
_TOLD = ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT")
#: It used up its memory, its seconds, or somebody ended it.
_ENDED = {-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGSEGV, -signal.SIGABRT}


def public_copy(sent: bytes) -> bytes:
    """Return a PDF without author, place, script, form or attachment: what its pages show.

    Args:
        sent: what somebody calls a PDF.

    Returns:
        The same bytes for the same document.

    Raises:
        Unreadable: it is locked, cut or empty, does not open, or takes too much to be opened.
        RuntimeError: the process could not work: a mistake of ours.
    """
    if not _TURNS.acquire(timeout=PATIENCE):
        raise Unreadable(PdfFault.TOO_MUCH.sentence)
    try:
        done = subprocess.run(  # our own module, and nothing sent in its arguments
            [sys.executable, "-m", "labapp.files.pdf_copy_process"],
            input=sent,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env={name: os.environ[name] for name in _TOLD if name in os.environ},
        )
    except subprocess.TimeoutExpired as late:
        raise Unreadable(PdfFault.TOO_MUCH.sentence) from late
    finally:
        _TURNS.release()
    if done.returncode in _ENDED:
        raise Unreadable(PdfFault.TOO_MUCH.sentence)
    if done.returncode in set(PdfFault):
        raise Unreadable(PdfFault(done.returncode).sentence)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
