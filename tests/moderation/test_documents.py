"""A published act that holds what was blacked out is withdrawn, and another takes its place."""

from collections.abc import Iterable

from sqlalchemy import select

from labapp.db import db, utcnow
from labapp.domain.blackout import BLOCK
from labapp.domain.policy import Role
from labapp.domain.removal import RemovalScope
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import VISITOR
from labapp.files.models import StoredFile
from labapp.labs.models import Lab
from labapp.moderation import service
from labapp.moderation.models import Removal
from labapp.moderation.removal_draft import RemovalDraft
from labapp.moderation.service import appeals
from labapp.record.acting import Acting
from labapp.results.queries import acts
from labapp.results.tasks import documents
from labapp.voting.models import Vote
from tests.client import Client
from tests.make import Make
from tests.results.test_few_on_paper import counted
from tests.voting import make as voting

PAPER = "Una papeleta se perdió"
WORDS = RemovalDraft(RemovalScope.WORDS, RemovalCode.INSULT, "Insulta.", "", [PAPER])


def black_out(make: Make, lab: Lab, vote: Vote) -> Removal:
    """Black words of the act out, as two people of ANTAI."""
    first, second = (Acting(lab, make.actor(lab, Role.REVIEWER), utcnow()) for _ in range(2))
    removal = service.take_away(first, WORDS, thing=vote.thing)
    db.session.commit()
    assert removal.decided_at is None
    service.confirm(second, removal=removal, agrees=True)
    db.session.commit()
    return removal


def hashes(files: Iterable[StoredFile]) -> set[str]:
    return {file.sha256 for file in files}


def test_the_old_act_is_withdrawn_a_new_one_made_and_its_hash_says_when(
    make: Make, client: Client
) -> None:
    lab, vote = counted(make, accounts=25, papers=9)
    documents.print_act(vote.id, utcnow())
    here, old = voting.address(lab, vote), hashes(acts.documents(vote.id))
    assert PAPER in client.get(here + "act").text

    black_out(make, lab, vote)

    assert hashes(acts.documents(vote.id)) == set()
    assert client.get(here + "act.pdf").status_code == 302
    assert documents.print_due(utcnow()) == 1
    new = hashes(acts.documents(vote.id))
    page = client.get(here + "act").text
    assert (PAPER in page, BLOCK in page) == (False, True)
    for sha256 in old - new:
        answer = client.get(f"/verify/{sha256}").text
        assert "insulta a alguien" in answer
        assert "se retiró el" in answer
    for sha256 in new:
        assert "Sí: se publicó aquí" in client.get(f"/verify/{sha256}").text
    assert old != new


def test_an_appeal_that_wins_brings_the_same_bytes_back(make: Make, client: Client) -> None:
    lab, vote = counted(make, accounts=25, papers=9)
    documents.print_act(vote.id, utcnow())
    old = hashes(acts.documents(vote.id))
    removal = black_out(make, lab, vote)
    documents.print_due(utcnow())
    between = hashes(acts.documents(vote.id))

    third = Acting(lab, make.actor(lab, Role.REVIEWER), utcnow())
    appeals.appeal(Acting(lab, VISITOR, utcnow()), removal=removal, words="No insulta.", days=10)
    appeals.rule(third, removal=removal, upheld=False, words="Es cierto.")
    db.session.commit()
    documents.print_due(utcnow())

    assert hashes(acts.documents(vote.id)) == old
    for sha256 in between - old:
        assert "se cambió por otro" in client.get(f"/verify/{sha256}").text
    assert len(db.session.scalars(select(StoredFile)).all()) == len(old | between)


def test_one_person_of_antai_alone_and_the_team_take_nothing_of_a_vote(make: Make) -> None:
    lab, vote = counted(make, accounts=25, papers=9)
    first = Acting(lab, make.actor(lab, Role.REVIEWER), utcnow())

    removal = service.take_away(first, WORDS, thing=vote.thing)

    assert removal.decided_at is None
    assert vote.thing.removed_at is None
