"""A form comes from our own page, shown to the same browser; no other method does anything."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from labapp.domain.policy import Role
from tests.security.addresses import Map
from tests.security.conftest import Watch
from tests.security.town import OTHER, OWN, Town

Watched = Callable[[], AbstractContextManager[Watch]]


@pytest.mark.parametrize("seal", ["missing", "forged", "of-another"])
@pytest.mark.parametrize("who", [Role.FACILITATOR, Role.ADMINISTRATOR])
def test_no_form_is_taken_without_its_own_seal(
    town: Town, watched: Watched, monkeypatch: pytest.MonkeyPatch, who: str, seal: str
) -> None:
    monkeypatch.setitem(town.app.config, "WTF_CSRF_ENABLED", True)
    client, form = town.client(who), {"reason": "Lo que escribí"}
    if seal != "missing":
        form["csrf_token"] = seal if seal == "forged" else _of_another(town)
    wrong = {}
    with watched() as changed:
        for address in Map(town).few("POST", labs=(OWN, OTHER)):
            answer = client.post(address.path, data=form)
            back = "Lo que escribí" in answer.text
            if (answer.status_code, answer.mimetype, back) != (400, "text/html", True) or changed():
                wrong[address.path] = answer.status_code

    assert wrong == {}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "PROPFIND"])
def test_no_other_method_does_anything(town: Town, watched: Watched, method: str) -> None:
    client, places = town.client(Role.FACILITATOR), Map(town)
    asked = {a.path for way in ("GET", "POST") for a in places.each(way)}

    with watched() as changed:
        got = {client.open(path, method=method).status_code for path in asked}
        wrote = changed()

    assert got == {405}
    assert not wrote


def _of_another(town: Town) -> str:
    page = town.client(Role.REVIEWER).get("/account/").text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]
