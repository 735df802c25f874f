"""Nothing odd in an address or its questions breaks a page, reaches the database or comes back."""

import re
from urllib.parse import quote, urljoin

import pytest

from labapp.domain.policy import Role
from labapp.web.safe_redirect import local_path
from tests.house.test_addresses import ODD, QUESTIONS, SCRIPT
from tests.security.addresses import Map
from tests.security.town import VISITOR, Town

#: What may stand in a path where a name or a code is expected.
NAMES = ("'--", "%00", "..%2f..%2fetc%2fpasswd", quote(SCRIPT), quote("ñ😀"), "%ff")
NUMBERS = ("0", "2147483648", "99999999999999999999", "1'")
#: Where a browser could be sent by mistake: two slashes, a backslash, a blank that is dropped.
ELSEWHERE = (
    "//elsewhere.example/",
    "https://elsewhere.example/",
    "///elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "/\t/elsewhere.example/",
    "https:elsewhere.example",
    "http://localhost@elsewhere.example/",
    "javascript:alert(1)",
    " //elsewhere.example/",
    "/%5celsewhere.example@x",
    "//elsewhere.example\\@localhost/",
)


@pytest.mark.parametrize("who", [VISITOR, Role.FACILITATOR])
def test_odd_questions_break_nothing_and_do_not_come_back(either_town: Town, who: str) -> None:
    client = either_town.client(who)
    wrong: dict[str, object] = {}
    for turn, address in enumerate(Map(either_town).each("GET")):
        asked = {name: ODD[(turn + n) % len(ODD)] for n, name in enumerate(QUESTIONS)}
        answer = client.get(address.path, query_string=asked)
        if answer.status_code >= 500 or (answer.location and _leaves(answer.location)):
            wrong[address.path] = answer.status_code
        elif answer.mimetype == "text/html" and SCRIPT in answer.text:
            wrong[address.path] = asked

    assert wrong == {}


def test_odd_parts_of_an_address_lead_nowhere(either_town: Town) -> None:
    client, places = either_town.client(Role.FACILITATOR), Map(either_town)
    asked = {
        f"{path[: found.start(1)]}{odd}{path[found.end(1) :]}"
        for path in (address.path for address in places.each("GET"))
        for found in re.finditer(r"/(\d+)(?=/|$)", path)
        for odd in NUMBERS
    }
    asked |= {
        f"/{'/'.join([*parts[:2], odd, *parts[3:]])}".replace("//", "/")
        for parts in ({tuple(a.path.split("/")) for a in places.each("GET")})
        if len(parts) > 2
        for odd in NAMES
    }

    wrong = {path: got for path in sorted(asked) if (got := client.get(path).status_code) >= 500}

    assert len(asked) > 100
    assert wrong == {}


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_sent_elsewhere_after_signing_in(town: Town, elsewhere: str) -> None:
    shown = town.client().get("/sign-in", query_string={"next": elsewhere})
    sent = town.client(Role.MEMBER).get("/sign-in", query_string={"next": elsewhere})

    assert shown.status_code == 200
    assert 'value="//' not in shown.text
    assert sent.status_code == 302
    assert not _leaves(sent.location)
    assert not _leaves(local_path(elsewhere, "localhost"))


def _leaves(location: str) -> bool:
    """Tell whether a browser would leave the site: it reads a backslash as a slash."""
    whole = urljoin("http://localhost/", re.sub(r"[\t\r\n]", "", location).replace("\\", "/"))
    return not whole.startswith("http://localhost/")
