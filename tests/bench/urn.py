"""How long it takes to count 200,000 approval ballots from the database: the aim is under 2 s.

Run ``python -m tests.bench.urn [ADDRESS]``: a file, or a database of its own on the PostgreSQL
server at that address. The count is done in a process of its own, so that its memory is its own.
"""

import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy import insert, select, text

from labapp.db import db
from labapp.factory import create_app
from labapp.results import queries as results
from labapp.voting.models import Ballot, Vote
from tests.bench.site import SECRET, database, made

BALLOTS, OPTIONS = 200_000, 10
_BATCH = 20_000
_COUNT = "--count"


def ballots(vote_id: int) -> Iterator[dict[str, object]]:
    """Draw ballots of up to three marks, blank ones among them."""
    chance = random.Random(4821)  # noqa: S311  # a draw for a test
    for _ in range(BALLOTS):
        marks = sorted(chance.sample(range(1, OPTIONS + 1), chance.randint(0, 3)))
        yield {
            "id": secrets.token_hex(16),
            "vote_id": vote_id,
            "marks": " ".join(map(str, marks)),
        }


def main(server: str | None) -> None:
    """Fill a database, and print what the count of its ballot box takes."""
    texts = [(f"Opción {n}", "Con turnos de la comunidad.") for n in range(OPTIONS)]
    with (
        tempfile.TemporaryDirectory() as folder,
        database(server, Path(folder)) as url,
    ):
        site = made(url, Path(folder), texts, rows=0, voters=1)
        with site.app.app_context():
            vote_id = db.session.scalars(select(Vote.id)).one()
            drawn = ballots(vote_id)
            while batch := list(islice(drawn, _BATCH)):
                db.session.execute(insert(Ballot), batch)
            db.session.commit()
            db.session.execute(text("ANALYZE"))
            db.session.commit()
            db.engine.dispose()
        run = subprocess.Popen([sys.executable, "-m", "tests.bench.urn", _COUNT, url, folder])
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        print(f"memory of the whole process: {used.ru_maxrss // 1024} MB")
        raise SystemExit(run.returncode)


def tally(url: str, folder: str) -> None:
    """Count the ballot box of the one vote there is, and print how long it took."""
    app = create_app({"DATABASE_URL": url, "INSTANCE": folder, "SECRET_KEY": SECRET})
    with app.app_context():
        vote = db.session.scalars(select(Vote)).one()
        started, worked = time.perf_counter(), time.process_time()
        result = results.result(vote)
        seconds, work = time.perf_counter() - started, time.process_time() - worked
    if result.received != BALLOTS:
        raise SystemExit(f"{result.received} ballots were counted")
    print(f"{BALLOTS:,} ballots counted from the database: {seconds:.2f} s ({work:.2f} s of work)")


if __name__ == "__main__":
    if sys.argv[1:2] == [_COUNT]:
        tally(*sys.argv[2:])
    else:
        main(sys.argv[1] if len(sys.argv) > 1 else None)
