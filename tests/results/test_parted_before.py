"""The migration parts names and turnout of the votes that had ended before it."""

from pathlib import Path

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, text

from labapp.cli.migrations import prepare
from labapp.db import db
from labapp.factory import create_app
from tests.conftest import SETTINGS, Opener
from tests.databases import KINDS, disposed

#: Vote -> whether it opened, was published, was annulled.
VOTES = {1: (True, True, False), 2: (True, False, True), 3: (True, False, False)}


_DAY = {"day": "2026-01-01 00:00:00"}
_PARENTS = """
INSERT INTO person (id, name, lang, created_at) VALUES (1, 'x', 'es', :day), (2, 'x', 'es', :day);
INSERT INTO lab (id, slug, name, motto, kind, community, stage, stage_since, pending, drafted_at,
    stirred_at, verdict_reason, example)
    VALUES (1, 'x', 'x', '', 'new', '', 'prioritization', :day, false, :day, :day, '', false);
INSERT INTO thing (id, lab_id, kind, number, title, state, lang)
    VALUES (1, 1, 'vote', 1, 'x', 'x', 'es'), (2, 1, 'vote', 2, 'x', 'x', 'es'),
    (3, 1, 'vote', 3, 'x', 'x', 'es')
"""


def fill(connection: Connection) -> None:
    """Keep three votes in which two people took part, and what they cannot stand without."""
    for statement in _PARENTS.split(";"):
        connection.execute(text(statement), _DAY if ":day" in statement else {})
    for vote, (_opened, published, annulled) in VOTES.items():
        connection.execute(
            text(
                "INSERT INTO consultation (id, subject, question, max_marks, seats, quorum,"
                " tie_rule, opens_at, closes_at, announced_at, opened_at, closed_at,"
                " published_at, annulled_at, annulled_why, roll_size)"
                " VALUES (:id, 'free', 'x', 1, 1, 0, 'x', :day, :later, :day, :day, :later,"
                " :published, :annulled, 'x', 2)"
            ),
            {
                "id": vote,
                "day": "2026-01-01 00:00:00",
                "later": "2026-01-02 00:00:00",
                "published": "2026-01-03 00:00:00" if published else None,
                "annulled": "2026-01-03 00:00:00" if annulled else None,
            },
        )
        for person in (1, 2):
            connection.execute(
                text(
                    "INSERT INTO turnout (id, consultation_id, person_id, channel)"
                    " VALUES (:key, :vote, :person, :way)"
                ),
                {
                    "key": f"{vote}{person}".zfill(32),
                    "vote": vote,
                    "person": person,
                    "way": ("account", "card")[person - 1],
                },
            )


@pytest.mark.parametrize("kind", KINDS)
def test_votes_that_ended_before_keep_their_counts_and_lose_their_names(
    kind: str, opener: Opener, tmp_path: Path
) -> None:
    with opener(kind) as database:
        settings = {**SETTINGS, "DATABASE_URL": database.url, "INSTANCE": str(tmp_path)}
        app = prepare(create_app(settings))
        with app.app_context(), disposed(db.engine) as engine:
            upgrade(revision="0016")
            with engine.connect() as connection:
                fill(connection)
                connection.commit()
            upgrade()
            downgrade(revision="0016")
            upgrade()
            with engine.connect() as connection:
                rows = connection.execute(
                    text(
                        "SELECT consultation_id, channel, person_id, id FROM turnout"
                        " ORDER BY consultation_id, channel"
                    )
                ).all()
                waiting = connection.execute(
                    text("SELECT consultation_id FROM unwiped_vote ORDER BY 1")
                ).all()

    assert [tuple(row[:3]) for row in rows] == [
        *((vote, way, None) for vote in (1, 2) for way in ("account", "card")),
        (3, "account", 1),
        (3, "card", 2),
    ]
    assert [row[3] for row in rows[4:]] == ["31".zfill(32), "32".zfill(32)]
    assert not [row[3] for row in rows[:4] if row[3].startswith("0" * 20)]
    assert [row[0] for row in waiting] == [1, 2]
