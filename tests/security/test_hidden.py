"""What is not public has no side door: no address, list, number or file gives it away."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import select, update

from labapp.db import db
from labapp.domain.policy import may
from labapp.problems.models import Problem
from labapp.thread.models import Thing
from tests.house.addresses import paths
from tests.security.addresses import Address, Map
from tests.security.conftest import Watch
from tests.security.town import OTHER, OWN, STRANGER, VISITOR, WAITING, Town
from tests.security.writing import overwrite

Watched = Callable[[], AbstractContextManager[Watch]]
SECRET = "xsecretox"
#: Whoever holds the token or the code in the address is told; nobody else knows the address.
HOLDERS = ("/c/", "/e/", "/recover/")
#: Told on purpose: that a review is owed and by what role, and why a problem was rejected.
TOLD = frozenset({"duty.owed_by", "duty.basis", "problem.reason"})


def of_nobody(address: Address) -> bool:
    return not address.path.startswith(HOLDERS)


@pytest.mark.parametrize("who", [VISITOR, STRANGER])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_published_is_not_there(
    town: Town, watched: Watched, who: str, method: str
) -> None:
    places, client = Map(town), town.client(who)
    hidden = set(db.session.scalars(select(Thing.id).where(Thing.published_at.is_(None))))
    asked = [
        address
        for address in places.all(method, labs=(OWN, OTHER))
        if address.thing_id in hidden and of_nobody(address)
    ]
    wrong: dict[str, object] = {}
    with watched() as changed:
        for address in asked:
            lab = places.lab(address.lab)
            assert address.act is not None
            opens = may(town.actor(who, lab), address.act, lab.stage if lab else None)
            answer = client.open(address.path, method=method, data={"reason": "Algo"})
            if answer.status_code not in ({404} if opens else {302, 403, 404}) or changed():
                wrong[address.path] = answer.status_code
            elif answer.status_code == 302 and not answer.location.startswith("/sign-in"):
                wrong[address.path] = answer.location

    assert len({address.sort for address in asked}) >= 3
    assert wrong == {}


@pytest.mark.parametrize("who", [VISITOR, STRANGER])
def test_nothing_of_what_is_not_published_is_told_anywhere(town: Town, who: str) -> None:
    hidden = select(Thing.id).where(Thing.published_at.is_(None))
    written = overwrite(SECRET, things=db.session.scalars(hidden).all(), but=TOLD)
    db.session.execute(
        update(Problem).where(Problem.returned_at.is_not(None)).values(reason=SECRET)
    )
    db.session.commit()
    client = town.client(who)

    told = [
        address.path
        for address in Map(town).few("GET", labs=(OWN, OTHER))
        if of_nobody(address) and SECRET.encode() in client.get(address.path).data
    ]

    assert {"thing.title", "problem.what", "version.body", "agreement.what"} <= written
    assert told == []


@pytest.mark.parametrize("who", [VISITOR, STRANGER])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_lab_not_approved_is_not_there_in_any_of_its_pages(
    town: Town, watched: Watched, who: str, method: str
) -> None:
    client = town.client(who)
    asked = [
        path
        for _, path in paths(town.app, method, slug=WAITING)
        if path.startswith(f"/labs/{WAITING}/")
    ]

    with watched() as changed:
        got = {path: client.open(path, method=method).status_code for path in asked}
        wrote = changed()
    told = [
        address.path
        for address in Map(town).each("GET")
        if of_nobody(address) and WAITING.encode() in client.get(address.path).data
    ]

    assert len(got) > 30
    assert {path: status for path, status in got.items() if status != 404} == {}
    assert not wrote
    assert told == []
