"""What opened a door once opens none after its end: expired, used, revoked, left behind."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import update

from labapp.accounts.models import Person, Recovery, SignIn
from labapp.db import Base, db, utcnow
from labapp.domain.policy import Role
from labapp.followup.models.entity_link import EntityLink
from tests.house.addresses import rules
from tests.security.addresses import Map
from tests.security.conftest import Watch
from tests.security.town import OWN, Town

Watched = Callable[[], AbstractContextManager[Watch]]
PAST = utcnow() - timedelta(days=400)
#: How each table that keeps a token ends one: column, and the instant written in it.
ENDINGS: dict[type[Base], dict[str, str]] = {
    EntityLink: {"revoked": "revoked_at", "expired": "expires_at"},
    Recovery: {"used": "used_at", "expired": "expires_at"},
    SignIn: {"ended": "ended_at", "old": "began_at"},
}
LINKS = [(table, how) for table in (EntityLink, Recovery) for how in ENDINGS[table]]


def end(table: type[Base], how: str) -> None:
    """End every token of a table."""
    db.session.execute(update(table).values({ENDINGS[table][how]: PAST}))
    db.session.commit()


def test_every_table_with_a_token_is_ended_here() -> None:
    keeps = {table.name for table in Base.metadata.sorted_tables if "token_hash" in table.columns}

    assert keeps == {table.__tablename__ for table in ENDINGS}


@pytest.mark.parametrize(("table", "how"), LINKS, ids=lambda part: getattr(part, "__name__", part))
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_ended_opens_nothing(
    town: Town, watched: Watched, table: type[Base], how: str, method: str
) -> None:
    client, places = town.client(), Map(town)
    here = {rule.endpoint for rule in rules(town.app, method) if "<token>" in rule.rule}
    asked = [address.path for address in places.all(method) if address.endpoint in here]
    alive = {path for path in asked if client.get(path).status_code == 200}
    end(table, how)

    with watched() as changed:
        got = {path: client.open(path, method=method, data=_whole()).status_code for path in asked}
        wrote = changed()

    dead = {path for path in asked if got[path] in (404, 410)}
    ours = {path for path in alive if path.startswith("/recover/") == (table is Recovery)}
    assert ours
    assert ours <= dead
    assert not wrote or (method == "POST" and alive - ours)


@pytest.mark.parametrize("how", ["ended", "old", "left", "unknown"])
def test_a_session_that_ended_is_nobody_s(town: Town, watched: Watched, how: str) -> None:
    client, places = town.client(Role.FACILITATOR), Map(town)
    if how == "left":
        db.session.execute(update(Person).values(deleted_at=PAST))
        db.session.commit()
    elif how == "unknown":
        with client.session_transaction() as cookie:
            cookie["_user_id"] = str(town.people[Role.FACILITATOR])
    else:
        end(SignIn, how)
    wrong = {}
    with watched() as changed:
        for method in ("GET", "POST"):
            for address in places.each(method, labs=(OWN,)):
                if address.act is None or address.act.row.roles is None:
                    continue
                answer = client.open(address.path, method=method)
                closed = answer.status_code == 302 and answer.location.startswith("/sign-in")
                if not (closed or answer.status_code == 403) or changed():
                    wrong[address.path] = answer.status_code

    assert wrong == {}


def _whole() -> dict[str, str]:
    """Return what each of these forms would take."""
    return {"new": "una clave larga y rara 77", "again": "una clave larga y rara 77"} | {
        "answer": "refused", "text": "No hay fondos.", "percent": "3", "note": "Algo.",
    }  # fmt: skip
