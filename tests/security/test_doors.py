"""Each page opens to whom the table says, in the lab where they are who they are, and no other."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import select

from labapp.db import db
from labapp.domain.policy import Act, Actor, Relation, Role, may
from labapp.files.models import StoredFile
from labapp.labs.models import Lab
from tests.security.addresses import Address, Map
from tests.security.conftest import Watch
from tests.security.town import EVERYBODY, OTHER, OWN, STRANGER, VISITOR, Town

Watched = Callable[[], AbstractContextManager[Watch]]
BOTH = (OWN, OTHER)
#: What a person of the town is to nothing there: they wrote nothing, sit on no committee, answer
#: for an entity without agreements, and came after every roll was closed.
LACKED = {Relation.AUTHOR, Relation.SEATED, Relation.RESPONSIBLE, Relation.ON_ROLL}
#: Where anybody may send something, each with its reason. All else is closed to visitors.
OPEN_TO_VISITORS = {
    "accounts.recover": "the link is its gate",
    "accounts.sign_in": "to become somebody",
    "accounts.sign_out": "to be nobody again",
    "accounts.sign_up": "to become somebody",
    "followup.entity": "the expiring link is its gate",
    "followup.entity_step": "the expiring link is its gate",
    "moderation.appeal": "anybody appeals for what was said in a hall; the service asks whose",
    "moderation.appeal_by_code": "whoever holds the code",
    "problems.new": "anybody tells a problem",
    "tracking.correct": "whoever holds the code",
    "tracking.details": "whoever holds the code",
    "tracking.amend": "whoever holds the code",
    "tracking.withdraw": "whoever holds the code",
    "tracking.remove_photo": "whoever holds the code",
    "polling.card": "whoever holds a voting card",
    "polling.card_cast": "whoever holds a voting card",
    "polling.kiosk_cast": "whoever holds a voting card",
    "polling.kiosk_code": "whoever holds a voting card",
}
#: Where anybody with an account may, besides: their own account, a support, asking to join, taking
#: back what they wrote, even once they are no member any more, and objecting to a list of a vote,
#: or to a join of their own line, of which the service asks.
OPEN_TO_ACCOUNTS = {
    Act.ACCOUNT_KEEP,
    Act.DISMISSAL_APPEAL,
    Act.INTEREST_DECLARE,
    Act.MEMBER_ASK,
    Act.PEOPLE_AGREE,
    Act.PEOPLE_OBJECT,
    Act.PROBLEM_SUPPORT,
    Act.PROPOSAL_WITHDRAW,
    Act.ROLL_OBJECT,
    Act.BALLOT_CAST,
}


def _refused(act: Act, got: tuple[int, str | None]) -> bool:
    """Tell whether somebody was refused for no relation they might lack."""
    return got[0] == 403 and not act.row.relation


def allowed(actor: Actor, act: Act, lab: Lab | None) -> bool:
    return bool(may(actor, act, lab.stage if lab else None))


def refusal(actor: Actor, act: Act, lab: Lab | None) -> tuple[int, str | None]:
    """Return how somebody who may not is answered: a visitor is sent to sign in if that helps."""
    helps = lab is None or any(allowed(Actor(0, frozenset({role})), act, lab) for role in Role)
    return (302, "/sign-in") if actor.person_id is None and helps else (403, None)


def answered(status: int, location: str | None) -> tuple[int, str | None]:
    return status, location.partition("?")[0] if location else None


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_page_opens_to_whom_the_table_says_and_reading_writes_nothing(
    town: Town, watched: Watched, who: str
) -> None:
    with watched() as changed:
        wrong = _wrong_doors(town, who, changed)

    assert wrong == {}


def _wrong_doors(town: Town, who: str, changed: Watch) -> dict[str, object]:
    places, client = Map(town), town.client(who)
    wrong: dict[str, object] = {}
    for address in places.each("GET", labs=BOTH):
        if address.act is None or (address.lab == OTHER and address.act.row.roles is None):
            continue
        lab = places.lab(address.lab)
        actor = town.actor(who, lab)
        answer = client.get(address.path)
        got = answered(answer.status_code, answer.location)
        if changed():
            wrong[address.path] = "wrote"
        elif not allowed(actor, address.act, lab):
            if got != refusal(actor, address.act, lab):
                wrong[address.path] = got
        elif answer.status_code >= 500 or got == (302, "/sign-in") or _refused(address.act, got):
            wrong[address.path] = got
    return wrong


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_not_act_is_refused_and_nothing_changes(
    town: Town, watched: Watched, who: str
) -> None:
    places, client = Map(town), town.client(who)
    wrong = {}
    with watched() as changed:
        for address in places.each("POST", labs=BOTH):
            lab = places.lab(address.lab)
            actor = town.actor(who, lab)
            if address.act is None or allowed(actor, address.act, lab):
                continue
            answer = client.post(address.path, data=anything())
            got = answered(answer.status_code, answer.location)
            if got != refusal(actor, address.act, lab) or changed():
                wrong[address.path] = got

    assert wrong == {}


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in (VISITOR, STRANGER)])
def test_a_role_is_not_enough_for_what_is_another_s(town: Town, watched: Watched, who: str) -> None:
    places, client = Map(town), town.client(who)
    wrong = {}
    with watched() as changed:
        for address in places.few("POST", labs=BOTH):
            lab = places.lab(address.lab)
            if address.act is None or address.act.row.relation not in LACKED:
                continue
            if not allowed(town.actor(who, lab), address.act, lab):
                continue
            answer = client.post(address.path, data=anything())
            if answer.status_code not in (403, 404, 409) or changed():
                wrong[address.path] = answer.status_code

    assert wrong == {}


def test_only_what_is_listed_takes_something_from_a_visitor(town: Town) -> None:
    views = town.app.view_functions
    posts = {address.endpoint for address in Map(town).all("POST", labs=BOTH)}
    acts = {page: getattr(views[page], "act", None) for page in posts}

    of_anybody = {page for page, act in acts.items() if act is None or act.row.roles is None}
    of_accounts = {
        act
        for act in acts.values()
        if act is not None and act.row.roles == frozenset({Role.ACCOUNT})
    }

    assert of_anybody == set(OPEN_TO_VISITORS), "say why anybody may, or give it a gate"
    assert of_accounts == OPEN_TO_ACCOUNTS, "say why anybody with an account may"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", [Role.FACILITATOR, Role.REVIEWER, STRANGER])
def test_a_number_of_another_lab_leads_nowhere(
    town: Town, watched: Watched, who: str, method: str
) -> None:
    places, client = Map(town), town.client(who)
    own = {address.path for address in places.all(method)}
    moved = {
        address.path.replace(f"/labs/{OTHER}/", f"/labs/{OWN}/"): address
        for address in places.all(method, labs=[OTHER])
        if address.lab
    }
    wrong = {}
    with watched() as changed:
        for path in moved.keys() - own:
            answer = client.open(path, method=method, data=anything())
            closed = not _may_enter(town, places, who, moved[path])
            if answer.status_code != (403 if closed else 404) or changed():
                wrong[path] = answer.status_code

    assert moved
    assert wrong == {}


@pytest.mark.parametrize("who", [VISITOR, STRANGER, Role.FACILITATOR])
def test_a_file_comes_only_from_what_it_hangs_on(town: Town, who: str) -> None:
    client, every = town.client(who), db.session.scalars(select(StoredFile.id)).all()
    own = [a.path for a in Map(town).all("GET", labs=BOTH) if re.search(r"/photos/\d+$", a.path)]
    guesses = {
        f"{path.rpartition('/')[0]}/{file_id}" for path in own for file_id in [*every, 0, 987654]
    } - set(own)

    got = {client.get(path).status_code for path in guesses}

    assert own
    assert got <= {404, 403, 302}
    assert 404 in got


def _may_enter(town: Town, places: Map, who: str, address: Address) -> bool:
    lab = places.lab(OWN)
    return address.act is None or allowed(town.actor(who, lab), address.act, lab)


def anything() -> dict[str, str]:
    """Return a form that says something wherever something is commonly asked."""
    words = ("reason", "title", "body", "what", "name", "text", "note", "words", "question")
    numbers = ("percent", "marks", "people", "role", "hands", "count")
    return dict.fromkeys(words, "Algo que decir") | dict.fromkeys(numbers, "1")
