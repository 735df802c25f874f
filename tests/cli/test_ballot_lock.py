"""One ballot at a time in each process, and nobody waits for a slow line or another page."""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from labapp.cli.ballot_lock import Turnstile

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BALLOT = "/labs/san-miguel/votes/1/ballot"


class Site:
    """Answers with what was sent; notes how many requests were inside at once."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self.lock = threading.Lock()
        self.together = threading.Event()

    def __call__(self, environ: "WSGIEnvironment", _start: "StartResponse") -> Iterable[bytes]:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        if self.inside > 1:
            self.together.set()
        self.together.wait(0.01)
        with self.lock:
            self.inside -= 1
        return [environ["wsgi.input"].read()]


def asked(path: str, body: bytes = b"marks=1", **more: Any) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        **more,
    }


def started(_status: str, _headers: list[tuple[str, str]], _fault: Any = None) -> Any:
    return None


@pytest.mark.parametrize(
    "path", [BALLOT, "/labs/a/votes/2/card/ABCD", "/labs/a/votes/2/kiosk/paper"]
)
def test_ballots_go_through_one_at_a_time_with_their_forms(path: str) -> None:
    site = Site()
    gate = Turnstile(site)

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda n: list(gate(asked(path, b"marks=%d" % n), started)), range(16))
        )

    assert answers == [[b"marks=%d" % n] for n in range(16)]
    assert site.most == 1


@pytest.mark.parametrize(
    "request_",
    [
        asked("/labs/san-miguel/votes/1/close"),
        asked(BALLOT, REQUEST_METHOD="GET"),
        asked(BALLOT, CONTENT_LENGTH=""),
        asked(BALLOT, CONTENT_LENGTH="many"),
        asked(BALLOT, CONTENT_LENGTH=str(10**6)),
    ],
    ids=["another page", "reading", "no length", "odd length", "too long for a ballot"],
)
def test_other_requests_wait_for_none(request_: dict[str, Any]) -> None:
    both = threading.Barrier(2, timeout=60)

    def meets(_environ: "WSGIEnvironment", _start: "StartResponse") -> Iterable[bytes]:
        both.wait()
        return [b"met"]

    gate = Turnstile(meets)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: list(gate(dict(request_), started)), range(2)))

    assert answers == [[b"met"]] * 2


def test_a_ballot_that_comes_in_slowly_keeps_nobody_waiting() -> None:
    site, arrives = Site(), threading.Event()
    gate = Turnstile(site)

    class Slow(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert arrives.wait(60)
            return super().read(size)

    slow = asked(BALLOT) | {"wsgi.input": Slow(b"marks=2")}
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: list(gate(slow, started)))
        quick = list(gate(asked(BALLOT), started))
        arrives.set()

        assert quick == [b"marks=1"]
        assert waiting.result(60) == [b"marks=2"]
