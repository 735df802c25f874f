"""A libel in every text of a thing of every kind is taken away, and looked for everywhere.

In every column of the database, and in every page and file that the site links to, as a visitor and
as who facilitates.
"""

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import Enum, String, select

from labapp import hooks
from labapp.accounts.models import Person
from labapp.cli.migrations import prepare
from labapp.db import Base, db, utcnow
from labapp.demo import loading
from labapp.domain.acts import Act
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Role
from labapp.domain.removal import BY_TWO_OF_ANTAI, RemovalScope
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import CLOCK
from labapp.factory import create_app
from labapp.files.models import StoredFile
from labapp.labs.models import Lab
from labapp.moderation import service
from labapp.moderation.removal_draft import RemovalDraft
from labapp.record.acting import Acting
from labapp.results.tasks import documents
from labapp.thread.models import Thing
from labapp.thread.service import texts
from tests.client import Client
from tests.conftest import SETTINGS, Opener
from tests.databases import KINDS, disposed
from tests.make import Make, sign_in

pytestmark = pytest.mark.heavy
WALKERS = (None, "facilitadora-smi")
LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
#: Where the author and the desk read what was taken away.
DESK = re.compile(r"/removals/\d+/$")
#: Where the words may stay: the entry with its hash, and what moderation keeps apart.
KEPT = {"entry.reason", "kept_text.text", "removal.hidden_words"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_taken_away_is_read_nowhere(kind: str, opener: Opener, tmp_path: Path) -> None:
    with opener(kind) as database:
        settings = {**SETTINGS, "DATABASE_URL": database.url, "INSTANCE": str(tmp_path)}
        app = prepare(create_app(settings))
        app.test_client_class = Client
        with app.app_context(), disposed(db.engine):
            upgrade()
            list(loading.load(local_day(datetime.now(UTC)), tmp_path / "files", lambda _: None))
            planted = [plant(thing) for thing in one_of_each_kind()]
            documents.print_due(utcnow())
            before = {libel for _place, libel in walk(app.test_client())}

            make = Make(first=9000)
            for thing in planted:
                take_away(thing, make)
            documents.print_due(utcnow())

            stored = {(column, libel) for column, libel in columns() if column not in KEPT}
            after = sorted(set(read(app)))

    assert before == {libel_of(one) for one in Kind}, "planted, and readable by somebody"
    assert stored == set()
    assert after == []


def libel_of(kind: Kind) -> str:
    return f"zz{kind.value}zz"


def one_of_each_kind() -> list[Thing]:
    """Return a public thing of each kind, the last of a lab."""
    things = []
    for kind in Kind:
        things.append(
            db.session.scalars(
                select(Thing)
                .where(Thing.kind == kind, Thing.has_place, Thing.lab_id.is_not(None))
                .order_by(Thing.id.desc())
            ).first()
        )
    assert all(things), "the demonstration has none of some kind"
    return [thing for thing in things if thing]


def plant(thing: Thing) -> Thing:
    """Write a libel into every text of a thing, its files and its record."""
    libel = libel_of(thing.kind)
    acting = Acting(db.session.get_one(Lab, thing.lab_id), CLOCK, utcnow())
    acting.record(Act.AGREEMENT_ACCEPT, thing.id, reason=f"Dicen que {libel}")
    if not db.session.scalar(select(StoredFile).where(StoredFile.thing_id == thing.id)):
        db.session.add(
            StoredFile(
                sha256="0" * 64,
                media_type="image/jpeg",
                name=f"{libel}.jpg",
                size=1,
                alt=libel,
                thing_id=thing.id,
                stored_at=utcnow(),
            )
        )
        db.session.flush()
    planted = {
        text.key: f"{text.text[:60]} {libel}"
        for text in texts.all_of(thing)
        if not text.key.startswith("entry.")
    }
    texts.rewrite(thing, planted)
    hooks.on_rewritten.call(thing.id, utcnow())
    db.session.commit()
    return thing


def take_away(thing: Thing, make: Make) -> None:
    """Take it away whole, or of a vote each word; by two of ANTAI where two must agree."""
    lab = db.session.get_one(Lab, thing.lab_id)
    by_two = thing.kind in BY_TWO_OF_ANTAI
    scope = RemovalScope.WORDS if thing.kind is Kind.VOTE else RemovalScope.WHOLE
    words = [libel_of(thing.kind)] if thing.kind is Kind.VOTE else []
    draft = RemovalDraft(scope, RemovalCode.INSULT, "Insulta.", f"Quitado ({thing.id})", words)
    first, second = (Acting(lab, make.actor(lab, Role.REVIEWER), utcnow()) for _ in range(2))
    removal = service.take_away(first, draft, thing=thing)
    if by_two:
        service.confirm(second, removal=removal, agrees=True)
    db.session.commit()


def columns() -> Iterator[tuple[str, str]]:
    """Yield each column of the database in which a libel stands, and which."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String) and not isinstance(column.type, Enum):
                for (text,) in db.session.execute(select(column).where(column.like("%zz%"))):
                    for libel in re.findall(r"zz[a-z]+zz", str(text)):
                        yield f"{table.name}.{column.name}", libel


def read(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield each address at which somebody reads a libel, and which."""
    for walker in WALKERS:
        client = app.test_client()
        if walker:
            sign_in(client, db.session.scalars(select(Person).filter_by(username=walker)).one())
        yield from walk(client)


def walk(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Follow each link and picture once."""
    seen, waiting = {"/"}, deque(["/"])
    while waiting:
        path = waiting.popleft()
        with client.get(path) as answer:
            page = words_of(answer)
            mimetype = answer.mimetype
        if not DESK.search(path):
            for libel in re.findall(r"zz[a-z]+zz", page):
                yield path, libel
        for link in map(unescape, LINK.findall(page) if mimetype == "text/html" else ()):
            if link not in seen and "lang=" not in link and not link.startswith("//"):
                seen.add(link)
                waiting.append(link)


def words_of(answer: Any) -> str:
    """Return the words of an answer: of a page, a table, a PDF's text, or all files of a zip."""
    if answer.mimetype == "application/zip":
        with zipfile.ZipFile(io.BytesIO(answer.data)) as bundle:
            return " ".join(bundle.read(name).decode(errors="ignore") for name in bundle.namelist())
    head = " ".join(str(value) for value in answer.headers.values())
    return f"{head} {answer.data.decode(errors='ignore')}"
