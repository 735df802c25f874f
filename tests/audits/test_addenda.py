"""A visit is never edited: what was wrong or missing is added below it."""

import pytest

from labapp.audits import service
from labapp.domain.errors import Denied
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from tests.audits import make as audits
from tests.client import Client
from tests.followup.make import evidence
from tests.make import NOW, Make, sign_in


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def test_an_addendum_stands_below_the_visit_and_changes_no_answer(
    make: Make, client: Client, lab: Lab
) -> None:
    made = audits.watch(make, lab)
    evidence(make, lab, made.step)
    audits.visit(made, True, False)
    at = f"/labs/{lab.slug}/visits/1/"
    assert "addendum" not in client.get(at).text
    sign_in(client, made.members[1])

    assert client.post(f"{at}addendum", data={"text": ""}).status_code == 422
    sent = client.post(f"{at}addendum", data={"text": "Fuimos por la tarde. <b>"})

    assert sent.headers["Location"] == at
    page = client.get(at).text
    assert page.index("app-yesno") < page.index("Fuimos por la tarde. &lt;b&gt;")
    assert made.step.verified == 66
    assert client.get(f"/labs/{lab.slug}/visits/9/addendum").status_code == 404


def test_only_members_without_a_tie_add_to_a_visit(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    visit = audits.visit(made)
    tied = audits.seated(make, made, tie="primo")
    other = audits.watch(make, lab)

    stranger = make.actor(lab, Role.MEMBER)
    for who in (made.facilitator, made.entity, tied, other.members[0], stranger):
        with pytest.raises(Denied):
            service.add_addendum(Acting(lab, who, NOW), visit, text="Otra cosa")
