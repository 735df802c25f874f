"""How long counts take and how much memory: ``python -m tests.bench.count``.

Processes, each for one figure: equal shares of 10,000 ballots on 50 projects (limit 0.5 s
for the count), 84,611 ballots on 77 projects read and counted (3 s each from the command to the
answer, 200 MB), a bundle of 200,000 ballots, most of them distinct, verified (200 MB), and 200,000
approval ballots counted (2 s, ballots already read).
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from labapp.counting.bundle.write import publish
from labapp.counting.count import count_election
from labapp.counting.formats import by_extension
from labapp.counting.methods.approval import approval
from tests.counting.bundle import votes

LARGE, PROJECTS = 84_611, 77


def budget(path: Path, *, ballots: int, projects: int) -> None:
    """Write a random budget, in which some projects are much more wanted than others."""
    chance = random.Random(4821)  # noqa: S311  # a draw for a test
    wanted = [1 / (place + 3) for place in range(projects)]
    with path.open("w", encoding="utf-8") as out:
        out.write(f"META\nkey;value\nbudget;{projects * 10_000}\nvote_type;approval\nrule;greedy\n")
        out.write("PROJECTS\nproject_id;cost;name\n")
        for place in range(projects):
            out.write(f"{place};{chance.randint(1_000, 60_000)};Project {place}\n")
        out.write("VOTES\nvoter_id;vote;age\n")
        for voter in range(ballots):
            chosen = set(chance.choices(range(projects), wanted, k=chance.randint(1, 15)))
            out.write(f"{voter};{','.join(map(str, sorted(chosen)))};{chance.randint(16, 90)}\n")


def command(*words: str) -> tuple[float, float, int]:
    """Run ``labapp``; return its seconds, those of the processor, and its memory in MB."""
    started = time.perf_counter()
    run = subprocess.Popen(
        [sys.executable, "-m", "labapp", *words],
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise SystemExit(run.returncode)
    seconds = time.perf_counter() - started
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def shares(path: Path) -> float:
    """Return the seconds of an equal-shares count of a file, without the reading."""
    with path.open("rb") as stream:
        election = by_extension.election(stream, path.name)
    started = time.perf_counter()
    count_election(election, "equal-shares", {})
    return time.perf_counter() - started


def approvals() -> float:
    """Return the seconds of an approval count of 200,000 ballots of up to 3 marks of 12."""
    chance = random.Random(4821)  # noqa: S311  # a draw for a test
    papers = [frozenset(chance.sample(range(12), chance.randint(0, 3))) for _ in range(200_000)]
    started = time.perf_counter()
    approval(range(12), Counter(papers))
    return time.perf_counter() - started


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        middle, large = Path(folder) / "middle.pb", Path(folder) / "large.pb"
        budget(middle, ballots=10_000, projects=50)
        budget(large, ballots=LARGE, projects=PROJECTS)
        print(f"equal shares, 10,000 ballots x 50 projects: {shares(middle):.2f} s")
        for rule in ("greedy", "equal-shares"):
            seconds, work, memory = command("count", str(large), "--rule", rule, "--json")
            print(
                f"{rule}, {LARGE:,} ballots x {PROJECTS} projects read and counted: "
                f"{seconds:.2f} s ({work:.2f} s of processor), {memory} MB"
            )
        bundle = Path(folder) / "bundle.zip"
        bundle.write_bytes(publish(votes.large(200_000)))
        seconds, work, memory = command("verify", str(bundle))
        print(f"a bundle of 200,000 ballots verified: {seconds:.2f} s ({work:.2f} s), {memory} MB")
    print(f"approval, 200,000 ballots: {approvals():.2f} s")


if __name__ == "__main__":
    main()
