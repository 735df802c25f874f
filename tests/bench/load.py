"""A small load generator: a few kept-alive connections over loopback, each request timed."""

import socket
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

HOST = "127.0.0.1"
#: Sent with every request.
AGENT = "labapp-bench"
_PATIENCE = 30.0


@dataclass(slots=True)
class Load:
    """What came of one run.

    Attributes:
        seconds: from the first request to the last answer.
        latencies: of each answer, in seconds, ascending once the run is over.
        statuses: how many answers of each status.
        sent: bytes of all answers, headers included.
    """

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    sent: int = 0

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: int) -> float:
        """Return the latency, in ms, that this percent of the answers did not exceed."""
        return 1000 * self.latencies[min(len(self.latencies) * share // 100, len(self) - 1)]

    def __len__(self) -> int:
        return len(self.latencies)


def get(path: str, *, headers: str = "") -> bytes:
    """Write a GET request."""
    return f"GET {path} HTTP/1.1\r\n{_head(headers)}\r\n".encode()


def post(path: str, body: str, *, cookie: str = "") -> bytes:
    """Write a form sent by POST."""
    more = f"Cookie: {cookie}\r\n" if cookie else ""
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    length = f"Content-Length: {len(body.encode())}\r\n"
    return f"POST {path} HTTP/1.1\r\n{_head(more)}{kind}{length}\r\n{body}".encode()


def _head(more: str) -> str:
    return f"Host: {HOST}\r\nUser-Agent: {AGENT}\r\n{more}"


def run(port: int, requests: Iterable[bytes], *, connections: int = 8, most: float = 20.0) -> Load:
    """Send every request once, several at a time, for at most ``most`` seconds.

    Raises:
        OSError: the server closed or did not answer.
    """
    load, source, lock = Load(), iter(requests), threading.Lock()
    errors: list[OSError] = []
    begun = time.perf_counter()

    def visitor() -> None:
        try:
            _visit(port, _shared(source, lock, begun + most), load, lock)
        except OSError as error:
            errors.append(error)

    threads = [threading.Thread(target=visitor) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    load.seconds = time.perf_counter() - begun
    load.latencies.sort()
    return load


def _shared(source: Iterator[bytes], lock: threading.Lock, until: float) -> Iterator[bytes]:
    while time.perf_counter() < until:
        with lock:
            request = next(source, None)
        if request is None:
            return
        yield request


def _visit(port: int, requests: Iterator[bytes], load: Load, lock: threading.Lock) -> None:
    link: socket.socket | None = None
    try:
        for request in requests:
            begun = time.perf_counter()
            link = link or _connect(port)
            link.sendall(request)
            status, length, kept = _answer(link)
            with lock:
                load.latencies.append(time.perf_counter() - begun)
                load.statuses[status] = load.statuses.get(status, 0) + 1
                load.sent += length
            if not kept:
                link.close()
                link = None
    finally:
        if link is not None:
            link.close()


def _connect(port: int) -> socket.socket:
    link = socket.create_connection((HOST, port), timeout=_PATIENCE)
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return link


def _answer(link: socket.socket) -> tuple[int, int, bool]:
    """Read one answer: its status, its bytes, and whether the connection stays open."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += _more(link)
    head = got[: got.index(b"\r\n\r\n")].lower()
    lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    whole = len(head) + 4 + int(lines.get(b"content-length", b"0"))
    length = len(got)
    while length < whole:
        length += len(_more(link))
    return int(head[9:12]), whole, lines.get(b"connection") != b"close"


def _more(link: socket.socket) -> bytes:
    piece = link.recv(65536)
    if not piece:
        raise ConnectionResetError("the server closed before it had answered")
    return piece
