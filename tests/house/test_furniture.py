"""Whoever writes knows nothing of the request and ends nothing; whoever commits is an edge."""

from tests.house.furniture import EDGE_PACKAGES, FURNITURE, REQUEST, File, house, offenders, read
from tests.house.tree import PACKAGE, name


def test_who_writes_imports_no_flask_and_commits_nothing_and_who_commits_is_an_edge() -> None:
    found = list(offenders(house()))

    assert not found, "\n".join(found)


def test_no_writer_of_any_room_may_know_the_request_end_a_transaction_or_send_mail() -> None:
    writers = [file for file in house() if file.writes]
    told = list(offenders(_with(writers, "\n".join(line for line, _ in TRIALS))))
    silent = [
        f"{name(writer.path)}: {fault}"
        for writer in writers
        for _, fault in TRIALS
        if not any(each.startswith(name(writer.path)) and fault in each for each in told)
    ]

    assert {"proposals", "audits", "problems"} <= {writer.room for writer in writers}
    assert not silent, "nothing was said of these:\n" + "\n".join(silent)


def test_a_transaction_is_ended_by_no_other_name() -> None:
    writer = next(file for file in house() if file.writes and not file.is_edge)
    silent = [
        line
        for line in ROUNDABOUT
        if not any("ends a transaction" in each for each in offenders(_with([writer], line)))
    ]

    assert not silent, "nothing was said of these:\n" + "\n".join(silent)


def test_a_helper_of_a_writer_may_do_no_more_than_the_writer() -> None:
    helpers = [file for file in house() if file.path.stem == "queries" and file.room == "proposals"]
    told = list(offenders(_with(helpers, "from flask import g")))

    assert any("queries.py is imported by what writes in its room" in each for each in told)


def test_only_an_edge_may_commit_though_it_writes_nothing() -> None:
    readers = [file for file in house() if "queries" in file.path.with_suffix("").parts]
    told = list(offenders(_with(readers, "def trial() -> None:\n    db.session.commit()")))

    assert {name(file.path) for file in readers} <= {each.partition(":")[0] for each in told}


def test_beside_its_furniture_a_room_has_pure_modules_alone() -> None:
    found = _beside(house())

    assert not found, "\n".join(found)


def test_a_pure_module_that_reads_the_database_or_knows_the_request_is_named() -> None:
    pure = [file for file in house() if file.path.stem in {"card_code", "review_clock", "diff"}]
    for line in (
        "from flask import g",
        "from sqlalchemy import select",
        "from labapp.db import db",
    ):
        assert len(_beside(_with(pure, line))) == len(pure) > 1


#: What is put into a writer, and what must be said of it.
TRIALS = (
    ("from flask import g", "imports flask.g"),
    ("from flask_babel import gettext as trial", "imports flask_babel.gettext"),
    ("def trial_of_a_commit() -> None:\n    db.session.commit()", "ends a transaction"),
    ("from smtplib import SMTP", "sends mail"),
)

#: Ways of ending a transaction without saying ``db.session.commit()``.
ROUNDABOUT = (
    "here = db.session\nhere.commit()",
    "end = db.session.commit",
    'getattr(db.session, "commit")()',
    "db.session().commit()",
    "db.session.connection().rollback()",
    "object_session(row).commit()",
    "with Session(db.engine) as here:\n    here.commit()",
    'db.session.execute(text("COMMIT"))',
    "db.session.close()",
    "db.session.remove()",
)


def _with(changed: list[File], lines: str) -> list[File]:
    """Return the house as if these lines stood in those files. Nothing is written."""
    paths = {file.path for file in changed}
    return [
        read(file.path, f"{file.path.read_text(encoding='utf-8')}\n{lines}\n")
        if file.path in paths
        else file
        for file in house()
    ]


def _beside(files: list[File]) -> list[str]:
    """Name what stands beside the furniture of its room and is not pure."""
    return [
        f"{name(file.path)} imports {', '.join(brought)}: make it furniture, or keep it pure"
        for file in files
        if file.room not in EDGE_PACKAGES
        and file.path.relative_to(PACKAGE).with_suffix("").parts[1] not in FURNITURE | {"__init__"}
        and (brought := file.brings(REQUEST | {"sqlalchemy"}) + _database(file))
    ]


def _database(file: File) -> list[str]:
    return sorted(each for each in set(file.names.values()) if each.startswith("labapp.db."))
