"""A proposal is written, sent, studied and decided, each step once and by whose step it is."""

from datetime import timedelta

import pytest

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.descents import DescentKind
from labapp.domain.errors import Blocked, Conflict, Denied
from labapp.domain.kinds import Kind
from labapp.domain.policy import Actor, Role
from labapp.domain.proposal import ProposalState
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.proposals import queries, service
from labapp.proposals.models import Feasible, Proposal
from labapp.proposals.room import room
from labapp.proposals.service import assessment, review
from labapp.record.acting import Acting
from labapp.responses import queries as responses
from labapp.responses.models import Decision
from labapp.sessions import queries as sessions
from labapp.thread import service as thread
from labapp.thread.models import Descent
from labapp.voting.models import Subject
from labapp.voting.queries import ballot_options
from tests.make import NOW, Make
from tests.proposals import make as proposals
from tests.sessions import make as meetings


def ideas(make: Make, *roles: Role) -> tuple[Lab, Actor]:
    """Return a lab looking for solutions and somebody in it."""
    lab = make.lab(Stage.IDEATION)
    return lab, make.actor(lab, *(roles or (Role.MEMBER,)))


def edited(lab: Lab, actor: Actor, row: Proposal, *, base: int = 1, days: int = 0) -> None:
    service.edit(
        Acting(lab, actor, NOW + timedelta(days=days)),
        service.VersionDraft(
            base=base,
            title="Reparar el tanque y la toma",
            body="Losa, paredes, tapas y cerca.",
            change="Se suma la toma.",
        ),
        proposal=row,
        days=3,
    )


def opined(
    lab: Lab, actor: Actor, row: Proposal, feasible: Feasible = Feasible.YES, days: int = 0
) -> None:
    assessment.opine(
        Acting(lab, actor, NOW + timedelta(days=days)),
        assessment.OpinionDraft(
            feasible=feasible,
            cost=4800,
            competent="Junta Comunal",
            given_by="Ingeniera",
            reasons="Se puede.",
        ),
        proposal=row,
    )


def refused(lab: Lab, actor: Actor, row: Proposal) -> None:
    assessment.refuse(
        Acting(lab, actor, NOW),
        proposal=row,
        decision=Decision.OUT_OF_SCOPE,
        reason="No le toca al laboratorio.",
        office="Equipo de facilitación",
        signer="Facilitador",
    )


def test_a_proposal_goes_from_a_problem_to_the_vote(make: Make) -> None:
    lab, author = ideas(make)
    facilitator = make.actor(lab, Role.FACILITATOR)
    problem, said = proposals.problem(make, lab), meetings.contribution(make, lab)

    row = service.write(
        Acting(lab, author, NOW),
        title="Reparar el tanque",
        body="Losa.",
        origins=[problem.thing, said.thing],
    )
    edited(lab, author, row)
    service.send(Acting(lab, author, NOW), proposal=row, days=3)
    review.publish(Acting(lab, facilitator, NOW), proposal=row)
    edited(lab, author, row)
    review.publish_version(Acting(lab, facilitator, NOW), proposal=row)
    opined(lab, facilitator, row)
    assessment.admit(Acting(lab, facilitator, NOW), proposal=row)
    db.session.commit()

    assert row.version == 2
    assert queries.current(row).change == "Se suma la toma."
    assert {o.kind for o in queries.origins(row.id)} == {Kind.PROBLEM, Kind.CONTRIBUTION}
    assert db.session.get_one(Descent, (row.id, problem.id)).why == "answers"
    ((choice, cost),) = ballot_options.candidates(lab.id, Subject.PROPOSALS)
    assert (choice.id, cost) == (row.id, 4800)
    assert choice.title == "Reparar el tanque y la toma"
    assert queries.facts(lab.id) == (1, 0, 1)
    assert not list(faults_of(room))


def test_a_proposal_answers_something_of_its_own_lab(make: Make) -> None:
    lab, author = ideas(make)
    elsewhere = proposals.problem(make, make.lab(Stage.IDEATION)).thing

    for origins in ([], [elsewhere], [proposals.proposal(make, lab).thing]):
        with pytest.raises(Conflict):
            service.write(Acting(lab, author, NOW), title="T", body="B", origins=origins)


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.IDEATION}))
def test_proposals_are_written_while_solutions_are_looked_for(make: Make, stage: Stage) -> None:
    lab = make.lab(stage)
    origins = [proposals.problem(make, lab).thing]

    with pytest.raises(Denied):
        service.write(
            Acting(lab, make.actor(lab, Role.MEMBER), NOW), title="T", body="B", origins=origins
        )


def test_only_its_author_edits_and_sends(make: Make) -> None:
    lab, author = ideas(make, Role.MEMBER, Role.FACILITATOR)
    row = proposals.proposal(make, lab, state=ProposalState.DRAFT)

    with pytest.raises(Denied):
        edited(lab, author, row)
    with pytest.raises(Denied):
        service.send(Acting(lab, author, NOW), proposal=row, days=3)


def test_a_version_written_on_an_old_one_is_refused(make: Make) -> None:
    lab, author = ideas(make)
    lab.proposals_at_once = True
    row = proposals.proposal(make, lab, author_id=author.person_id)
    edited(lab, author, row)

    with pytest.raises(Conflict):
        edited(lab, author, row)


def test_a_proposal_is_sent_once(make: Make) -> None:
    lab, author = ideas(make)
    row = proposals.proposal(make, lab, author_id=author.person_id)

    with pytest.raises(Conflict):
        service.send(Acting(lab, author, NOW), proposal=row, days=3)


def test_nothing_is_admitted_without_an_opinion_on_the_version_that_stands(make: Make) -> None:
    lab, author = ideas(make)
    facilitator = make.actor(lab, Role.FACILITATOR)
    row = proposals.proposal(make, lab, author_id=author.person_id)

    with pytest.raises(Blocked):
        assessment.admit(Acting(lab, facilitator, NOW), proposal=row)
    opined(lab, facilitator, row, Feasible.NO)
    with pytest.raises(Blocked):
        assessment.admit(Acting(lab, facilitator, NOW), proposal=row)
    opined(lab, facilitator, row)
    edited(lab, author, row, days=1)
    with pytest.raises(Blocked):
        assessment.admit(Acting(lab, facilitator, NOW), proposal=row)
    review.publish_version(Acting(lab, facilitator, NOW + timedelta(days=1)), proposal=row)
    with pytest.raises(Blocked):
        assessment.admit(Acting(lab, facilitator, NOW), proposal=row)
    opined(lab, facilitator, row, Feasible.STUDY, days=2)
    assessment.admit(Acting(lab, facilitator, NOW), proposal=row)

    assert row.thing.state == "admitted"


def test_what_is_refused_has_its_public_reason_and_its_answer(make: Make) -> None:
    lab, facilitator = ideas(make, Role.FACILITATOR)
    row = proposals.proposal(make, lab)

    refused(lab, facilitator, row)

    assert row.reason == "No le toca al laboratorio."
    assert responses.of(row.id)[0].decision is Decision.OUT_OF_SCOPE
    assert queries.facts(lab.id) == (0, 0, 0)


@pytest.mark.parametrize("state", sorted(set(ProposalState) - {ProposalState.SENT}))
def test_what_was_not_sent_or_is_decided_is_not_studied(make: Make, state: ProposalState) -> None:
    lab, facilitator = ideas(make, Role.FACILITATOR)
    row = proposals.proposal(make, lab, state=state)

    with pytest.raises(Conflict):
        opined(lab, facilitator, row)
    with pytest.raises(Conflict):
        assessment.admit(Acting(lab, facilitator, NOW), proposal=row)
    with pytest.raises(Conflict):
        refused(lab, facilitator, row)


@pytest.mark.parametrize("state", [ProposalState.ADMITTED, ProposalState.REFUSED])
def test_what_is_decided_is_not_rewritten(make: Make, state: ProposalState) -> None:
    lab, author = ideas(make)
    row = proposals.proposal(make, lab, author_id=author.person_id, state=state)

    with pytest.raises(Conflict):
        edited(lab, author, row)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COMMITTEE, Role.REVIEWER])
def test_others_give_no_opinion_and_decide_nothing(make: Make, role: Role) -> None:
    lab, actor = ideas(make, role)
    row = proposals.proposal(make, lab)

    with pytest.raises(Denied):
        opined(lab, actor, row)
    with pytest.raises(Denied):
        assessment.admit(Acting(lab, actor, NOW), proposal=row)
    with pytest.raises(Denied):
        refused(lab, actor, row)


def test_what_the_vote_leaves_out_is_owed_an_answer(make: Make) -> None:
    lab = make.lab(Stage.PROTOTYPE)
    won, lost = (proposals.proposal(make, lab, state=ProposalState.ADMITTED) for _ in range(2))

    service.mark_adopted(won, now=NOW)
    service.mark_left_out(won, due_days=30, now=NOW)
    service.mark_left_out(lost, due_days=30, now=NOW)
    db.session.commit()

    assert (won.thing.state, lost.thing.state) == ("adopted", "left_out")
    assert list(sessions.dues([won.id, lost.id])) == [lost.id]
    assert queries.facts(lab.id) == (2, 0, 1)
    assert [each.adopted_at for each in (won, lost)] == [NOW, None]
    with pytest.raises(Conflict):
        service.mark_adopted(proposals.proposal(make, lab), now=NOW)


def test_what_went_by_letter_is_answered_by_its_letter(make: Make) -> None:
    lab = make.lab(Stage.PROTOTYPE)
    row = proposals.proposal(make, lab, state=ProposalState.ADMITTED)
    letter = thread.add(Kind.LETTER, title="Carta", state="sent", lab_id=lab.id)

    thread.descend(letter.id, row.id, DescentKind.CAME_FROM)

    assert queries.facts(lab.id).unanswered == 0
