"""What the machine says of a run: CPU of a server's processes and of all others, memory."""

import os
import re
import time
from pathlib import Path

import psutil

from tests.bench.load import Load

#: Cores in use by others, above which a run is not called quiet.
QUIET = 0.3


def tree(pid: int) -> list[psutil.Process]:
    """Return a process and all below it."""
    top = psutil.Process(pid)
    return [top, *top.children(recursive=True)]


def cpu(pid: int, *, postgres: bool = False) -> float:
    """Return the CPU seconds used by a server's tree, and by PostgreSQL where asked."""
    total = 0.0
    found = tree(pid)
    if postgres:
        found += [p for p in psutil.process_iter(["name"]) if p.info["name"] == "postgres"]
    for process in found:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def pss(pid: int) -> dict[str, float]:
    """Return the proportional set size of a server, in MiB: its master, and all others."""
    master, *others = (_pss(process.pid) for process in tree(pid))
    return {"master": round(master, 1), "workers and job": round(sum(others), 1)}


def _pss(pid: int) -> float:
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(found[1]) / 1024 if found else 0.0


class Watch:
    """Measures the CPU around one run."""

    def __init__(self, pid: int, *, postgres: bool = False) -> None:
        self._pid, self._postgres = pid, postgres
        self._begun = self._read()

    def _read(self) -> tuple[float, float, float, float]:
        every = psutil.cpu_times()
        busy = every.user + every.nice + every.system + every.irq + every.softirq
        own = time.process_time()
        return time.perf_counter(), busy, own, cpu(self._pid, postgres=self._postgres)

    def figures(self, load: Load) -> dict[str, float]:
        """Return the figures of the run that just ended."""
        then, now = self._begun, self._read()
        elapsed, busy, own, server = (b - a for a, b in zip(then, now, strict=True))
        return {
            "requests": len(load),
            "rate": round(load.rate, 1),
            "p50 ms": round(load.percentile(50), 2),
            "p95 ms": round(load.percentile(95), 2),
            "cpu ms": round(1000 * server / len(load), 3),
            "bytes": round(load.sent / len(load)),
            "foreign cores": round(max(0.0, busy - own - server) / elapsed, 2),
        }


def load_average() -> float:
    """Return the load of the last minute."""
    return os.getloadavg()[0]
