"""A name that hurts is taken from public pages; changing it brings nothing back by itself."""

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from tests.client import Client
from tests.make import Make, sign_in
from tests.proposals.make import proposal

LIBEL = "Alcalde Ladrón"


def test_what_they_wrote_stands_without_a_name_until_antai_shows_it_again(
    client: Client, make: Make
) -> None:
    lab, author = make.lab(Stage.IDEATION), make.person()
    author.name = LIBEL
    written = proposal(make, lab, author_id=author.id)
    antai = make.person(Role.REVIEWER)
    sign_in(client, antai)
    visitor = client.application.test_client()
    page, door = (
        f"/labs/{lab.slug}/proposals/{written.thing.number}/",
        f"/admin/people/{author.id}/",
    )
    assert LIBEL in visitor.get(page).text

    client.post(door + "name", data={"hidden": "yes"})
    hidden = visitor.get(page).text
    db.session.get_one(Person, author.id).name = f"{LIBEL} otra vez"
    db.session.commit()
    renamed = visitor.get(page).text
    client.post(door + "name")

    assert "Ladrón" not in hidden + renamed
    assert f"{LIBEL} otra vez" in visitor.get(page).text


def test_a_neighbour_hides_nobodys_name(client: Client, make: Make) -> None:
    author = make.person()
    sign_in(client, make.person())

    assert client.post(f"/admin/people/{author.id}/name", data={"hidden": "yes"}).status_code == 403
