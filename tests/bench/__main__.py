"""``python -m tests.bench``: measure the site at several sizes beside its floors.

CPU ms per request (server tree, and PostgreSQL where it is used) hardly moves with what else the
machine does: compare that. Rates and p95 come from the quietest runs.
"""

import argparse
import json
import tempfile
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import aims, cases, floor, load, machine, site, statements, words

OUT = Path(__file__).parent / "out"
_WARM = 60
_CONNECTIONS = 8
Figures = dict[str, Any]
#: A case, and the process and the port that serve it.
Served = tuple[cases.Case, int, int]
VOTES = ("vote (POST)", "card (POST)")


def main() -> None:
    """Measure, print the table and keep it as JSON."""
    asked = _arguments()
    OUT.mkdir(exist_ok=True)
    texts = words.texts(asked.texts)
    found: Figures = {"begun": datetime.now(UTC).isoformat(), "load": machine.load_average()}
    with tempfile.TemporaryDirectory(dir=OUT, prefix="run-") as name:
        folder = Path(name)
        path = folder / "floor.sqlite3"
        floor.fill(path, texts)
        bare = cases.of_floors(floor.create_app(str(path)))
        with site.floors(path) as served:
            print("Floors")
            found["floors"] = _measured([(case, *served) for case in bare], runs=asked.runs)
            found["sizes"] = {}
            for rows in asked.sizes:
                print(f"\n{rows:,} proposals")
                votes = [(case, *served) for case in bare if "vote" in case.name]
                found["sizes"][rows] = _size(asked, folder / str(rows), texts, rows, votes)
    found["aims"] = aims.of(found)
    print()
    for sentence in found["aims"]:
        print(sentence)
    kept = OUT / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    kept.write_text(json.dumps(found, indent=1))
    print(f"\nkept in {kept}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--texts", type=Path, help="a CSV with title,description")
    parser.add_argument("--database-url", help="a PostgreSQL server where databases may be made")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--runs", type=int, default=4, help="runs of each case")
    parser.add_argument("--voters", type=int, default=4_000)
    return parser.parse_args()


def _size(
    asked: argparse.Namespace,
    folder: Path,
    texts: list[tuple[str, str]],
    rows: int,
    beside: list[Served],
) -> Figures:
    """Measure one size; its votes in turn with those of the floors, ``beside``."""
    folder.mkdir()
    with site.database(asked.database_url, folder) as url:
        here = site.made(url, folder, texts, rows=rows, voters=asked.voters)
        counts = statements.of_site(here)
        with site.product(here) as (pid, port):
            load.run(port, [load.get("/healthz")] * _WARM, connections=_CONNECTIONS)
            found: Figures = {"idle MiB": machine.pss(pid)}
            own = [(case, pid, port) for case in cases.of_site(here, asked.runs)]
            postgres = asked.database_url is not None
            for group in (
                *([each] for each in own if each[0].name not in VOTES),
                [*beside, *(each for each in own if each[0].name in VOTES)],
            ):
                found |= _measured(group, runs=asked.runs, postgres=postgres)
            for name, statements_ in counts.items():
                found[name]["statements"] = statements_
            found["busy MiB"] = machine.pss(pid)
            print(f"  PSS at rest {found['idle MiB']}, after the runs {found['busy MiB']}")
    return found


def _measured(served: list[Served], *, runs: int, postgres: bool = False) -> Figures:
    """Return by name the figures of some cases, run in turn.

    A machine that others use is now fast, now slow: what is compared is measured side by side.
    """
    sources = [case.source() for case, _, _ in served]
    for source, (_, _, port) in zip(sources, served, strict=True):
        load.run(port, islice(source, _WARM), connections=_CONNECTIONS)
    found: dict[str, list[Figures]] = {case.name: [] for case, _, _ in served}
    for _ in range(runs):
        for source, (case, pid, port) in zip(sources, served, strict=True):
            asked = list(islice(source, case.most))
            watch = machine.Watch(pid, postgres=postgres)
            run = load.run(port, asked, connections=_CONNECTIONS)
            found[case.name].append(watch.figures(run))
            if set(run.statuses) != {case.status}:
                raise RuntimeError(f"{case.name}: expected {case.status} alone, got {run.statuses}")
    return {name: _told(name, of_runs) for name, of_runs in found.items()}


def _told(name: str, found: list[Figures]) -> Figures:
    """Print and return the median of the quietest half of the runs."""
    runs = len(found)
    quiet = sorted(found, key=lambda run: run["foreign cores"])[: max(1, (runs + 1) // 2)]
    figures = {name: round(median(run[name] for run in quiet), 3) for name in quiet[0]}
    print(
        f"  {name:18} {figures['rate']:8.1f}/s  p95 {figures['p95 ms']:7.2f} ms"
        f"  CPU {figures['cpu ms']:7.3f} ms  {figures['bytes']:7,.0f} B"
        f"  others {figures['foreign cores']:.2f} cores",
        flush=True,
    )
    return figures


if __name__ == "__main__":
    main()
