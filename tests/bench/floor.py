"""The floors: what bare Flask on bare SQLite does, served as the product is.

``/p`` lists 25 of 10,000 with Jinja. ``POST /p/<n>/vote`` is one insert and a counter, with a
signed session. ``POST /plain`` is a handler with session, CSRF seal and the inserts of our vote.
"""

import os
import secrets
import sqlite3
import threading
from pathlib import Path

from flask import Flask, abort, render_template_string, request, session
from flask_wtf import CSRFProtect

SECRET = "a secret of the benches"
ROWS = 10_000

_LIST = """<!doctype html><html lang=es><meta charset=utf-8>
<meta name=viewport content="width=device-width"><title>Propuestas</title>
<link rel=stylesheet href=/static/s.css><body><header><a href=/>Labs</a>
<nav><a href=/p>Propuestas</a> <a href=/new>Proponer</a></nav></header>
<main><h1>{{ n }} propuestas</h1><form><input name=q><select name=sort><option>recientes
<option>apoyadas</select><button>OK</button></form><ul>{% for r in rows %}
<li class=card><h2><a href="/p/{{ r.id }}">{{ r.title }}</a></h2><p>{{ r.body[:280] }}…</p>
<p class=meta><span>{{ r.author }}</span> <time>{{ r.created }}</time>
<b>{{ r.votes }}</b> votos · {{ r.comments }} comentarios</p></li>{% endfor %}</ul>
<nav>{% for i in range(1, 8) %}<a href="?page={{ i }}">{{ i }}</a> {% endfor %}</nav></main>
<footer>pie</footer></body></html>"""
_KEPT = """<!doctype html><html lang=es><meta charset=utf-8><title>Su voto se guardó</title>
<body><main><h1>Su voto se guardó</h1><p>{{ receipt }}</p><a href="/p">Volver</a></main></html>"""

_TABLES = """
CREATE TABLE p (id INTEGER PRIMARY KEY, title TEXT, body TEXT, author TEXT, created TEXT,
  votes INT DEFAULT 0, comments INT DEFAULT 0);
CREATE INDEX pc ON p (created DESC);
CREATE TABLE v (p INT, u INT, PRIMARY KEY (p, u)) WITHOUT ROWID;
CREATE TABLE counts (n INT);
CREATE TABLE turnout (id TEXT PRIMARY KEY, vote INT, person INT,
  UNIQUE (vote, person)) WITHOUT ROWID;
CREATE TABLE ballot (id TEXT PRIMARY KEY, vote INT, marks TEXT) WITHOUT ROWID;
CREATE INDEX bc ON ballot (vote, marks);
CREATE TABLE receipt (code TEXT PRIMARY KEY, vote INT) WITHOUT ROWID;
CREATE INDEX rc ON receipt (vote);
"""
_local = threading.local()


def connected(path: str) -> sqlite3.Connection:
    """Return this thread's connection."""
    if not hasattr(_local, "connection"):
        made = sqlite3.connect(path, isolation_level=None, timeout=15)
        made.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000"):
            made.execute(f"PRAGMA {pragma}")
        _local.connection = made
    return _local.connection  # type: ignore[no-any-return]  # a thread's own, untyped


def fill(path: Path, texts: list[tuple[str, str]]) -> None:
    """Make the database anew."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as link:
        link.executescript(_TABLES)
        link.executemany(
            "INSERT INTO p (title, body, author, created, comments) VALUES (?, ?, ?, ?, 2)",
            (
                (*texts[n % len(texts)], f"user{n % 1000}", f"2026-{1 + n % 12:02}-01T{n:06}")
                for n in range(ROWS)
            ),
        )
        link.execute("INSERT INTO counts VALUES (?)", (ROWS,))
    link.close()


def create_app(path: str) -> Flask:
    """Build the bare application on the database at ``path``."""
    app = Flask(__name__)
    app.secret_key = SECRET
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf = CSRFProtect(app)

    @app.get("/p")
    def rows() -> str:
        link = connected(path)
        page = int(request.args.get("page", 1))
        query = (
            "SELECT id, title, body, author, created, votes, comments FROM p"
            " ORDER BY created DESC LIMIT 25 OFFSET ?"
        )
        return render_template_string(
            _LIST,
            n=link.execute("SELECT n FROM counts").fetchone()[0],
            rows=link.execute(query, ((page - 1) * 25,)).fetchall(),
        )

    @app.post("/p/<int:number>/vote")
    def vote(number: int) -> tuple[dict[str, bool], int]:
        who, link = session.get("u") or abort(401), connected(path)
        link.execute("BEGIN IMMEDIATE")
        kept = link.execute(
            "INSERT INTO v (p, u) VALUES (?, ?) ON CONFLICT DO NOTHING", (number, who)
        ).rowcount
        if kept:
            link.execute("UPDATE p SET votes = votes + 1 WHERE id = ?", (number,))
        link.execute("COMMIT")
        return {"ok": bool(kept)}, 201 if kept else 200

    @app.post("/plain")
    def plain() -> str:
        csrf.protect()
        who, link = session.get("u") or abort(401), connected(path)
        receipt, marks = request.form["receipt"], request.form["marks"]
        link.execute("BEGIN IMMEDIATE")
        link.execute("INSERT INTO turnout VALUES (?, 1, ?)", (secrets.token_hex(16), who))
        link.execute("INSERT INTO ballot VALUES (?, 1, ?)", (secrets.token_hex(16), marks))
        link.execute("INSERT INTO receipt VALUES (?, 1)", (receipt,))
        link.execute("COMMIT")
        return render_template_string(_KEPT, receipt=receipt)

    return app


def served() -> Flask:
    """Build it on the database that the environment names, for gunicorn."""
    return create_app(os.environ["BENCH_FLOOR"])
