"""What members propose passes the queue of the lab before the public reads it."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied
from labapp.domain.kinds import Kind
from labapp.domain.policy import Role
from labapp.domain.proposal import ProposalState
from labapp.domain.removal_code import RemovalCode
from labapp.domain.stage import Stage
from labapp.followup.queries import origins
from labapp.labs.models import Lab
from labapp.proposals import queries, service
from labapp.proposals.models import Proposal
from labapp.proposals.room import room
from labapp.proposals.service import assessment, review, withdrawal
from labapp.record.acting import Acting
from labapp.stages import service as stages
from labapp.thread.queries import review_queue
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.problems.make import problem
from tests.proposals import make as rows

NEW = service.VersionDraft(base=1, title="Otro tanque", body="De metal.", change="De metal")


class Team:
    """A lab looking for solutions: a member who wrote a draft, and two who facilitate."""

    def __init__(self, make: Make, state: ProposalState = ProposalState.DRAFT) -> None:
        self.make = make
        self.lab: Lab = make.lab(Stage.IDEATION)
        self.author = make.actor(self.lab, Role.MEMBER)
        self.guide, self.other = (make.actor(self.lab, Role.FACILITATOR) for _ in range(2))
        self.row: Proposal = rows.proposal(
            make, self.lab, author_id=self.author.person_id, state=state
        )
        self.at = f"/labs/{self.lab.slug}/proposals/{self.row.thing.number}/"

    def writing(self) -> Acting[Lab]:
        return Acting(self.lab, self.author, NOW)

    def guiding(self, days: int = 0) -> Acting[Lab]:
        return Acting(self.lab, self.guide, NOW + timedelta(days=days))

    def send(self) -> None:
        service.send(self.writing(), proposal=self.row, days=3)


def test_what_is_sent_waits_and_only_its_author_and_the_desk_see_it(
    make: Make, client: Client
) -> None:
    team = Team(make)
    team.send()
    db.session.commit()

    assert team.row.state is ProposalState.WAITING
    assert team.row.thing.published_at is None
    for stranger in (None, make.actor(team.lab, Role.MEMBER), make.actor(team.lab, Role.ALLY)):
        if stranger is not None:
            sign_in(client, stranger)
        for page in ("", "versions/1", "thread"):
            assert client.get(team.at + page).status_code == 404
        assert team.row.thing.title not in client.get(f"/labs/{team.lab.slug}/proposals/").text
        assert team.row.thing.title not in client.get(f"/labs/{team.lab.slug}/").text
    for insider in (team.author, team.guide, make.actor(team.lab, Role.REVIEWER)):
        sign_in(client, insider)
        assert "Lo estamos revisando" in client.get(team.at).text
    queue = client.get(f"/labs/{team.lab.slug}/problems/received/").text
    assert team.row.thing.title in queue
    review.publish(team.guiding(), proposal=team.row)
    assert team.row.published_at == team.row.thing.published_at == NOW
    assert review_queue.count(team.lab.id) == 0
    assert not list(faults_of(room))


def test_the_queue_is_one_and_the_panel_counts_it_all(make: Make, client: Client) -> None:
    team = Team(make)
    told = problem(make, team.lab, published=False)
    team.send()
    sign_in(client, team.guide)

    queue = client.get(f"/labs/{team.lab.slug}/problems/received/").text
    panel = client.get(f"/labs/{team.lab.slug}/").text

    assert told.thing.title in queue
    assert team.row.thing.title in queue
    assert "Por revisar antes de publicar (2)" in panel


def test_a_lab_may_let_its_members_publish_at_once(make: Make, client: Client) -> None:
    team = Team(make)
    sign_in(client, team.guide)
    url = f"/labs/{team.lab.slug}/edit"
    facts = {"name": team.lab.name, "motto": "", "kind": "new", "plan": ""}

    assert client.post(url, data={**facts, "proposals_at_once": "yes"}).status_code == 302
    switched_on = team.lab.proposals_at_once
    team.send()
    service.edit(team.writing(), NEW, proposal=team.row, days=3)

    assert team.row.state is ProposalState.SENT
    assert (team.row.version, team.row.thing.title) == (2, "Otro tanque")
    assert review_queue.count(team.lab.id) == 0
    client.post(url, data=facts)
    assert (switched_on, team.lab.proposals_at_once) == (True, False)
    assert not list(faults_of(room))


def test_what_is_returned_is_corrected_sent_again_and_not_returned_twice(
    make: Make, client: Client
) -> None:
    team = Team(make)
    team.send()
    review.give_back(team.guiding(), proposal=team.row, words="¿Con qué plata?")
    sign_in(client, team.author)

    assert "¿Con qué plata?" in client.get(team.at).text
    assert queries.facts(team.lab.id).undecided == 0
    service.edit(team.writing(), NEW, proposal=team.row, days=3)
    team.send()
    with pytest.raises(Conflict):
        review.give_back(team.guiding(), proposal=team.row, words="Otra vez")
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE proposal SET returns = 2"))
    db.session.rollback()


def test_what_is_not_published_shows_its_code_and_no_word(make: Make, client: Client) -> None:
    team = Team(make)
    team.send()
    review.reject(
        team.guiding(), proposal=team.row, code=RemovalCode.NAMES_PERSON, words="Quite a Juan."
    )
    db.session.commit()
    title, base = team.row.thing.title, f"/labs/{team.lab.slug}/"

    for page in ("", "proposals/", "proposals/not-published/"):
        shown = client.get(base + page).text
        assert title not in shown
        assert "Quite a Juan." not in shown
        assert "nombra a una persona" in shown or page == "proposals/"
    sign_in(client, team.author)
    assert "Quite a Juan." in client.get(team.at).text
    assert queries.facts(team.lab.id) == (0, 0, 0)
    with pytest.raises(Conflict):
        withdrawal.withdraw(team.writing(), proposal=team.row, notice="Retirado")
    assert not list(faults_of(room))


def test_the_public_reads_the_standing_version_until_the_new_one_is_published(
    make: Make, client: Client
) -> None:
    team = Team(make, ProposalState.SENT)
    first = team.row.thing.title
    service.edit(team.writing(), NEW, proposal=team.row, days=3)
    db.session.commit()

    assert first in client.get(team.at).text
    assert "Otro tanque" not in client.get(team.at).text
    assert client.get(f"{team.at}versions/2").status_code == 404
    with pytest.raises(Blocked):
        assessment.admit(team.guiding(), proposal=team.row)
    sign_in(client, team.author)
    assert client.get(f"{team.at}versions/2").status_code == 200
    assert "De metal." in client.get(f"{team.at}edit").text
    review.decline_version(
        team.guiding(), proposal=team.row, code=RemovalCode.INSULT, words="Sin insultos."
    )
    assert "Sin insultos." in client.get(team.at).text
    assert team.row.version == 1
    service.edit(team.writing(), NEW, proposal=team.row, days=3)
    review.publish_version(team.guiding(1), proposal=team.row)

    assert (team.row.version, team.row.thing.title) == (2, "Otro tanque")
    assert [version.number for version in team.row.versions] == [1, 2]
    assert first in client.get(f"{team.at}versions/1").text
    assert not list(faults_of(room))


def test_a_facilitators_own_proposal_is_reviewed_by_another_if_there_is_one(make: Make) -> None:
    team = Team(make)
    own = rows.proposal(make, team.lab, author_id=team.guide.person_id, state=ProposalState.DRAFT)
    service.send(team.guiding(), proposal=own, days=3)

    assert own.state is ProposalState.WAITING
    with pytest.raises(Conflict, match="Another person"):
        review.publish(team.guiding(), proposal=own)
    review.publish(Acting(team.lab, team.other, NOW), proposal=own)

    alone = make.lab(Stage.IDEATION)
    guide = make.actor(alone, Role.FACILITATOR)
    single = rows.proposal(make, alone, author_id=guide.person_id, state=ProposalState.DRAFT)
    service.send(Acting(alone, guide, NOW), proposal=single, days=3)
    assert single.state is ProposalState.SENT


def test_antai_decides_on_a_proposal_only_once_the_term_has_passed(make: Make) -> None:
    team = Team(make)
    team.send()
    reviewer = make.actor(team.lab, Role.REVIEWER)

    for days in (0, 3):
        early = Acting(team.lab, reviewer, NOW + timedelta(days=days))
        with pytest.raises(Denied, match="term"):
            review.publish(early, proposal=team.row)
        with pytest.raises(Denied, match="term"):
            review.give_back(early, proposal=team.row, words="¿Dónde?")
    review.reject(
        Acting(team.lab, reviewer, NOW + timedelta(days=4)),
        proposal=team.row,
        code=RemovalCode.LAW,
        words="La ley no deja.",
    )

    assert team.row.state is ProposalState.REJECTED


def test_its_author_takes_back_what_is_not_decided(make: Make, client: Client) -> None:
    team = Team(make)
    team.send()
    withdrawal.withdraw(team.writing(), proposal=team.row, notice="Retirado")
    assert team.row.state is ProposalState.DRAFT
    assert review_queue.count(team.lab.id) == 0
    sign_in(client, team.author)

    assert client.get(f"{team.at}withdraw").status_code == 200
    assert client.post(f"{team.at}withdraw").status_code == 302
    assert client.get(team.at).status_code == 404
    assert "Reparar" not in client.get(f"/labs/{team.lab.slug}/proposals/").text
    assert not list(faults_of(room))


def test_a_published_proposal_withdrawn_leaves_its_place_and_owes_nothing(
    make: Make, client: Client
) -> None:
    team = Team(make, ProposalState.SENT)
    service.edit(team.writing(), NEW, proposal=team.row, days=3)
    withdrawal.withdraw(team.writing(), proposal=team.row, notice="Retirado")
    db.session.commit()

    for page in ("", "thread"):
        assert "Reparar el tanque" not in client.get(team.at + page).text
    assert client.get(f"{team.at}versions/1").status_code == 404
    assert "Retirada por quien la escribió" in client.get(team.at).text
    assert queries.facts(team.lab.id) == (0, 0, 0)
    with pytest.raises(Conflict):
        assessment.admit(team.guiding(), proposal=team.row)
    assert team.row.thing not in origins.sources(team.lab.id, [Kind.PROPOSAL])
    assert not list(faults_of(room))


@pytest.mark.parametrize(
    "state", [ProposalState.ADMITTED, ProposalState.REFUSED, ProposalState.WITHDRAWN]
)
def test_what_is_decided_is_not_taken_back(make: Make, state: ProposalState) -> None:
    team = Team(make, state)

    with pytest.raises(Conflict):
        withdrawal.withdraw(team.writing(), proposal=team.row, notice="Retirado")


def test_a_lab_does_not_go_to_the_vote_while_a_proposal_waits(make: Make) -> None:
    team = Team(make)
    for _ in range(2):
        rows.proposal(make, team.lab, state=ProposalState.ADMITTED)
    team.send()

    with pytest.raises(Blocked, match="Decide on the proposals"):
        stages.move(team.guiding(), target=Stage.PRIORITIZATION)
    withdrawal.withdraw(team.writing(), proposal=team.row, notice="Retirado")
    stages.move(team.guiding(), target=Stage.PRIORITIZATION)

    assert team.lab.stage is Stage.PRIORITIZATION


@pytest.mark.parametrize("verb", ["publish", "return", "reject", "new-version/publish"])
def test_a_member_decides_on_nothing(make: Make, client: Client, verb: str) -> None:
    team = Team(make, ProposalState.WAITING)
    sign_in(client, team.author)

    assert client.post(team.at + verb, data={"words": "No", "code": "law"}).status_code == 403
