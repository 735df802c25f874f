"""An agreement exists only where somebody accepted, and its steps are then fixed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied
from labapp.domain.kinds import Kind
from labapp.domain.policy import Role
from labapp.domain.proposal import ProposalState
from labapp.domain.stage import Stage
from labapp.followup import queries, service
from labapp.followup.models import AgreedQuestion, Agreement, LetterAnswer
from labapp.followup.room import room
from labapp.labs.models import Lab
from labapp.record import queries as record
from labapp.record.acting import Acting
from labapp.thread.models import Descent, Duty, Thing
from tests.followup.make import TODAY, accept, agreement, letter, source, step_of
from tests.make import NOW, Make
from tests.proposals.make import proposal


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def test_a_draft_is_not_public_and_not_in_force(make: Make, lab: Lab) -> None:
    draft = agreement(make, lab, accepted=False)

    assert draft.thing.published_at is None
    assert draft.milestones[0].thing.published_at is None
    assert queries.facts(lab.id) == (0, 0, 0)


def test_accepting_publishes_the_steps_and_makes_them_due(make: Make, lab: Lab) -> None:
    made = agreement(make, lab, step_of("Uno"), step_of("Dos"))

    duties = db.session.scalars(select(Duty).order_by(Duty.id)).all()
    assert [duty.what for duty in duties] == ["step", "step"]
    assert {duty.owed_by for duty in duties} == {made.organization.name}
    assert all(step.thing.published_at for step in made.milestones)
    assert queries.facts(lab.id) == (1, 0, 2)


def test_steps_weigh_the_same_unless_changed(make: Make, lab: Lab) -> None:
    same = agreement(make, lab, step_of("Uno"), step_of("Dos"))
    changed = agreement(make, lab, step_of("Uno", weight=35), step_of("Dos", weight=20))

    assert len({step.weight for step in same.milestones}) == 1
    assert [step.weight for step in changed.milestones] == [35, 20]


def test_an_agreement_without_steps_cannot_be_accepted(make: Make, lab: Lab) -> None:
    who = make.actor(lab, Role.FACILITATOR)
    bare = service.draft_agreement(
        Acting(lab, who, NOW),
        source=source(lab),
        organization=make.organization(),
        what="Algo",
        has_work=False,
        cost=None,
    )

    with pytest.raises(Blocked):
        accept(lab, who, bare)


def test_a_step_without_questions_is_refused(make: Make, lab: Lab) -> None:
    draft = agreement(make, lab, accepted=False)

    with pytest.raises(Conflict):
        service.add_step(
            Acting(lab, make.actor(lab, Role.FACILITATOR), NOW),
            draft,
            step=step_of("Sin preguntas", questions=0),
        )


def test_accepted_steps_no_longer_change(make: Make, lab: Lab) -> None:
    made, who = agreement(make, lab), make.actor(lab, Role.FACILITATOR)

    with pytest.raises(Conflict):
        service.add_step(Acting(lab, who, NOW), made, step=step_of("Otro"))
    with pytest.raises(Conflict):
        service.edit_step(Acting(lab, who, NOW), made.milestones[0], step=step_of("Otro"))


def test_a_step_of_a_draft_is_written_anew(make: Make, lab: Lab) -> None:
    draft = agreement(make, lab, accepted=False)
    step = draft.milestones[0]

    service.edit_step(
        Acting(lab, make.actor(lab, Role.FACILITATOR), NOW),
        step,
        step=step_of("Otro", questions=2, weight=7),
    )
    db.session.commit()

    assert (step.title, step.thing.title, step.weight) == ("Otro", "Otro", 7)
    assert len(db.session.scalars(select(AgreedQuestion)).all()) == 2


def test_a_step_of_a_draft_is_taken_out_and_the_others_move_up(make: Make, lab: Lab) -> None:
    draft = agreement(make, lab, *map(step_of, ("Uno", "Dos", "Tres", "Cuatro")), accepted=False)
    who, gone = make.actor(lab, Role.FACILITATOR), draft.milestones[1].thing

    service.remove_step(Acting(lab, who, NOW), draft.milestones[1])
    db.session.commit()

    assert [(s.position, s.title) for s in queries.steps(draft.id)] == [
        (1, "Uno"),
        (2, "Tres"),
        (3, "Cuatro"),
    ]
    assert queries.milestone(lab.id, gone.number or 0) is None
    assert gone.published_at is None
    service.add_step(Acting(lab, who, NOW), draft, step=step_of("Otro"))
    accept(lab, who, draft)
    db.session.commit()
    assert list(faults_of(room)) == []
    assert list(record.faults()) == []


def test_a_step_in_force_is_not_taken_out(make: Make, lab: Lab) -> None:
    made, who = agreement(make, lab), make.actor(lab, Role.FACILITATOR)

    with pytest.raises(Conflict):
        service.remove_step(Acting(lab, who, NOW), made.milestones[0])


def test_accepting_twice_is_refused(make: Make, lab: Lab) -> None:
    made = agreement(make, lab)

    with pytest.raises(Conflict):
        accept(lab, make.actor(lab, Role.FACILITATOR), made)


@pytest.mark.parametrize(
    ("answer", "holds"),
    [
        (LetterAnswer.ACCEPTED, True),
        (LetterAnswer.PARTLY, True),
        (LetterAnswer.REFUSED, False),
        (None, False),
    ],
)
def test_a_letter_answered_yes_is_an_acceptance(
    make: Make, lab: Lab, answer: LetterAnswer | None, holds: bool
) -> None:
    body, who = make.organization(), make.actor(lab, Role.FACILITATOR)
    sent = letter(make, lab, organization=body)
    if answer:
        service.answer_letter(
            Acting(lab, who, NOW),
            sent,
            answer=answer,
            text="Dicho.",
            reference="",
            answered_on=TODAY,
        )
    draft = agreement(make, lab, organization=body, accepted=False)

    try:
        service.accept_agreement(Acting(lab, who, NOW), draft, by=sent.thing, accepted_on=TODAY)
    except Conflict:
        assert not holds
    else:
        assert holds
        assert draft.accepted_how == "letter-1"


def test_another_entity_cannot_accept(make: Make, lab: Lab) -> None:
    draft = agreement(make, lab, accepted=False)

    with pytest.raises(Denied):
        accept(lab, make.actor(lab, Role.RESPONSIBLE), draft)


def test_the_line_runs_from_the_step_back_to_the_proposal(make: Make, lab: Lab) -> None:
    made = agreement(make, lab)

    def parents(thing_id: int) -> set[Kind]:
        rows = db.session.scalars(
            select(Thing.kind)
            .join(Descent, Descent.parent_id == Thing.id)
            .where(Descent.child_id == thing_id)
        )
        return set(rows)

    assert parents(made.milestones[0].id) == {Kind.AGREEMENT}
    assert parents(made.id) == {Kind.PROPOSAL, Kind.MEETING}


def test_numbers_count_a_late_step_in_dispute_as_overdue_too(make: Make, lab: Lab) -> None:
    made = agreement(
        make,
        lab,
        *(step_of(title) for title in ("Vencido", "Disputado", "Por hacer", "Hecho")),
    )
    for place, days in ((0, 2), (1, 12), (3, 20)):
        made.milestones[place].due_on = TODAY - timedelta(days=days)
    made.milestones[1].declared, made.milestones[1].verified = 100, 60
    made.milestones[1].disputed = True
    made.milestones[3].declared = made.milestones[3].verified = 100
    agreement(make, lab, accepted=False)

    counted = queries.numbers(TODAY, lab.id)

    assert (counted.agreements, counted.steps, counted.steps_met) == (1, 4, 1)
    assert (counted.steps_overdue, counted.steps_disputed) == (2, 1)
    assert queries.facts(lab.id) == (1, 0, 3)


def test_progress_is_two_numbers(make: Make, lab: Lab) -> None:
    made = agreement(make, lab, *(step_of(str(w), weight=w) for w in (20, 35, 25, 20)))
    for step, (declared, verified) in zip(
        made.milestones, ((100, 100), (100, 60), (0, 0), (0, 0)), strict=True
    ):
        step.declared, step.verified = declared, verified

    far = queries.progress([made.id, 999])

    assert (far[made.id].declared, far[made.id].verified, far[made.id].looked) == (55, 41, False)
    assert far[999].declared == 0


def test_the_record_of_all_this_verifies(make: Make, lab: Lab) -> None:
    agreement(make, lab)
    db.session.commit()

    assert list(record.faults()) == []


def test_the_title_is_the_first_line_of_what(make: Make, lab: Lab) -> None:
    made: Agreement = service.draft_agreement(
        Acting(lab, make.actor(lab, Role.FACILITATOR), NOW + timedelta(days=1)),
        source=source(lab),
        organization=make.organization(),
        what="Reparar el tanque\nLosa, paredes y tapas.",
        has_work=True,
        cost=4800,
    )

    assert made.thing.title == "Reparar el tanque"


@pytest.mark.parametrize("by_letter", [True, False])
def test_what_is_agreed_takes_its_proposal_up(make: Make, lab: Lab, by_letter: bool) -> None:
    adopted = proposal(make, lab, state=ProposalState.LEFT)
    body = make.organization()
    sent = letter(make, lab, organization=body, carried=adopted.thing)
    came_from = sent.thing if by_letter else adopted.thing

    agreement(make, lab, organization=body, came_from=came_from)

    assert adopted.thing.state == ProposalState.ADOPTED
    assert adopted.adopted_at == NOW
