"""Every answer carries its headers; what visitors read may be kept, what is one's own may not."""

import pytest

from labapp.domain.policy import Role
from labapp.web.headers import POLICY
from tests.security.addresses import Map
from tests.security.town import OTHER, OWN, VISITOR, Town

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: Pages a visitor reads with a form in them that another view takes: what the code opens is
#: corrected; the shared tablet asks for a card's code.
FORM_IN_IT = {"tracking.show", "polling.kiosk"}


@pytest.fixture(autouse=True)
def _sealed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms carry their seal, as on a server."""
    monkeypatch.setitem(town.app.config, "WTF_CSRF_ENABLED", True)


def test_what_a_visitor_reads_may_be_kept_and_marks_nobody(town: Town) -> None:
    places = Map(town)
    takes = {address.endpoint for address in places.all("POST")} | FORM_IN_IT
    wrong, kept = {}, 0
    for address in places.few("GET"):
        client = town.client()
        answer = client.get(address.path)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        if address.endpoint in takes:
            continue
        kept += 1
        tag = answer.headers.get("ETag", "")
        again = client.get(address.path, headers={"If-None-Match": tag})
        if (
            not tag
            or again.status_code != 304
            or answer.headers.getlist("Set-Cookie")
            or "csrf_token" in answer.text
        ):
            wrong[address.path] = (tag, again.status_code, answer.headers.getlist("Set-Cookie"))

    assert kept > 30
    assert wrong == {}


@pytest.mark.parametrize("who", [VISITOR, Role.FACILITATOR, Role.ADMINISTRATOR])
def test_every_answer_carries_its_headers(town: Town, who: str) -> None:
    client, wrong = town.client(who), {}
    for address in Map(town).each("GET", labs=(OWN, OTHER)):
        answer = client.get(address.path)
        own = answer.mimetype != "text/html"
        bare = [
            name
            for name, value in HEADERS.items()
            if answer.headers.get(name) != value and not (own and name == "Content-Security-Policy")
        ]
        if bare or "default-src 'none'" not in answer.headers["Content-Security-Policy"]:
            wrong[address.path] = bare
        if who != VISITOR and not own:
            keeps = answer.headers["Cache-Control"]
            if "ETag" in answer.headers or keeps != "private, no-store":
                wrong[address.path] = [keeps]

    assert wrong == {}


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(town: Town) -> None:
    cookies = town.client().get("/sign-in").headers.getlist("Set-Cookie")

    assert cookies
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
