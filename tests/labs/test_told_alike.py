"""Nobody is silently two lines, however the name is written; and a hundred are compared quickly."""

from itertools import islice, product
from time import process_time

import pytest

from labapp.db import db
from labapp.domain.errors import Conflict
from labapp.domain.policy import Actor, Role
from labapp.labs import queries
from labapp.labs.models import JoinRequest, Lab
from labapp.labs.queries.lines import ListedPerson
from labapp.labs.queries.recognition import Newcomer, recognize, twice
from labapp.labs.service import members, registering
from labapp.record.acting import Acting
from labapp.sessions.models import Sector
from labapp.sessions.service import attendance
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.sessions import make as sessions

WRITTEN = (
    ("陈伟", "陈伟"),
    ("María Pérez", "Мария Перес"),
    ("María Pérez", "М\u0430r\u00eda Р\u00e9rez"),
    ("María Pérez", "Mar\u200bía Pé\u00adrez"),
    ("María Pérez", "Ma. Pérez"),
    ("María Pérez", "M. Pérez"),
    ("María Pérez", "Maria P."),
    ("María Pérez", "MARIAPEREZ"),
    ("Guadalupe Ríos", "Lupe Ríos"),
    ("¿?", "¿?"),
)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab()


@pytest.fixture
def host(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.FACILITATOR)


@pytest.mark.parametrize(("there", "typed"), WRITTEN)
def test_whoever_may_be_on_the_list_is_asked_about_by_every_door(
    make: Make, lab: Lab, host: Actor, client: Client, there: str, typed: str
) -> None:
    acting = Acting(lab, host, NOW)
    registering.register(acting, [Newcomer(there)])
    person = make.person()
    person.name = typed
    asked = make.keep(JoinRequest(lab_id=lab.id, person_id=person.id, asked_at=NOW))
    meeting = sessions.meeting(make, lab)
    db.session.commit()

    with pytest.raises(Conflict, match="sounds like"):
        members.admit(acting, asked)
    with pytest.raises(Conflict, match="sounds like"):
        attendance.check_in(
            acting, meeting=meeting, sector=Sector.COMMUNITY, who=Newcomer(typed), people=1
        )
    db.session.rollback()
    sign_in(client, host)
    page = client.post(f"/labs/{lab.slug}/people/requests/{asked.id}/admit")
    assert page.status_code == 422
    assert there in page.text
    assert len(queries.member_ids(lab.id)) == 1


def test_one_name_typed_twice_with_a_sign_unseen_is_typed_twice() -> None:
    assert twice([Newcomer("María Pérez"), Newcomer("Mar\u200bía Р\u00e9rez")])
    assert not twice([Newcomer("陈伟"), Newcomer("王芳")])


def test_a_hundred_names_against_two_thousand_people_take_a_moment() -> None:
    firsts = ("María", "José", "Ana", "Luis", "Rosa", "Elena", "Juan", "Marta", "Iván", "Yadira")
    parts = [one + two for one in "bcdflmnprt" for two in "aeiou"]
    lasts = [(one + two + three).title() for one, two, three in product(parts[::3], repeat=3)]
    whole = (f"{first} {last} {lasts[-n]}" for n, last in enumerate(lasts) for first in firsts[:1])
    people = [
        ListedPerson(n, n, n, name, "", False, NOW, None, n)
        for n, name in enumerate(islice(whole, 2000))
    ]
    typed = [Newcomer(f"{first} {last} Ng") for first in firsts for last in lasts[::400][:10]]
    assert (len(people), len(typed)) == (2000, 100)

    begun = process_time()
    recognized = recognize(typed, people, by_name=True)

    assert process_time() - begun < 1.5
    assert len(recognized) == 100
