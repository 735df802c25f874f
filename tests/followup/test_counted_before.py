"""The migration counts steps anew that were met before, and leaves their lateness as it was."""

from pathlib import Path

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, text

from labapp.cli.migrations import prepare
from labapp.db import db
from labapp.factory import create_app
from tests.conftest import SETTINGS, Opener
from tests.databases import KINDS, disposed

_DAY = {"day": "2026-01-01 00:00:00", "on": "2026-01-01", "due": "2026-02-01", "met": "2026-03-01"}
#: Step 3 was met late by two neighbours, with nothing shown; 2 of them was once of the entity.
_ROWS = """
INSERT INTO person (id, name, lang, created_at) VALUES (1, 'x', 'es', :day), (2, 'x', 'es', :day);
INSERT INTO lab (id, slug, name, motto, kind, community, stage, stage_since, pending, drafted_at,
    stirred_at, verdict_reason, example)
    VALUES (1, 'x', 'x', '', 'new', '', 'followup', :day, false, :day, :day, '', false);
INSERT INTO organization (id, slug, name, kind, example)
    VALUES (1, 'x', 'Alcaldía', 'municipality', false);
INSERT INTO thing (id, lab_id, kind, number, title, state, lang)
    VALUES (2, 1, 'agreement', 1, 'x', 'accepted', 'es'), (3, 1, 'milestone', 1, 'x', 'met', 'es');
INSERT INTO agreement (id, organization_id, what, has_work, accepted_on, accepted_how, drafted_at)
    VALUES (2, 1, 'x', false, :on, 'meeting-1', :day);
INSERT INTO milestone (id, agreement_id, position, title, weight, due_on, declared, verified,
    disputed) VALUES (3, 2, 1, 'x', 10, :due, 0, 100, false);
INSERT INTO question (id, milestone_id, position, text) VALUES (1, 3, 1, 'x');
INSERT INTO verification (id, milestone_id, watcher, person_id, verified_at)
    VALUES (1, 3, 'neighbour', 1, :day), (2, 3, 'neighbour', 2, :day);
INSERT INTO seen (verification_id, question_id, yes, note)
    VALUES (1, 1, true, ''), (2, 1, true, '');
INSERT INTO lab_grant (lab_id, person_id, role, source, organization_id, granted_at, ended_at)
    VALUES (1, 2, 'ally', 'x', 1, :day, :day);
INSERT INTO duty (thing_id, lab_id, what, owed_by, due_on, basis, met_on)
    VALUES (3, 1, 'step', 'Alcaldía', :due, '', :met)
"""


def _fill(connection: Connection) -> None:
    for statement in _ROWS.split(";"):
        given = {key: value for key, value in _DAY.items() if f":{key}" in statement}
        connection.execute(text(statement), given)


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_met_late_of_which_nothing_was_shown_is_owed_anew_beside_its_lateness(
    kind: str, opener: Opener, tmp_path: Path
) -> None:
    with opener(kind) as database:
        settings = {**SETTINGS, "DATABASE_URL": database.url, "INSTANCE": str(tmp_path)}
        app = prepare(create_app(settings))
        with app.app_context(), disposed(db.engine) as engine:
            upgrade(revision="0023")
            with engine.connect() as connection:
                _fill(connection)
                connection.commit()
            upgrade()
            with engine.connect() as connection:
                step = connection.execute(text("SELECT verified, looked FROM milestone")).one()
                state = connection.scalar(text("SELECT state FROM thing WHERE id = 3"))
                duties = connection.execute(
                    text("SELECT met_on IS NULL, met_on > due_on FROM duty ORDER BY id")
                ).all()
            downgrade(revision="0023")

    assert (step.verified, bool(step.looked), state) == (0, False, "open")
    assert [tuple(map(bool, row)) for row in duties] == [(False, True), (True, False)]
