"""Every copy and counter that drifted is named; a kind of thing that no room compares is too."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from labapp.cli.checks import faults
from labapp.cli.db_triggers import asleep
from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.domain.policy import Role
from labapp.domain.proposal import ProposalState
from labapp.domain.stage import Stage
from labapp.followup import service as followup
from labapp.followup.models import Agreement
from labapp.house import ROOMS
from labapp.labs.models import Lab
from labapp.problems.service import supports
from labapp.proposals.models import Version
from labapp.record.acting import Acting
from labapp.sessions import service as sessions
from labapp.sessions.models import Meeting, Modality
from labapp.sessions.service import contributions
from labapp.thread.models import Thing
from tests.audits import make as audits
from tests.files.make import PDF
from tests.followup import make as agreed
from tests.make import NOW, Make
from tests.problems.make import problem
from tests.proposals.make import proposal
from tests.review.make import review
from tests.statements import Statements
from tests.voting import make as voting

#: What is written over each copy of a thing.
WRONG = {"title": "Otra cosa", "state": "otro", "published_at": NOW + timedelta(days=1)}
#: A counter, what it is set to, and what the check says of it.
COUNTERS = (
    ("UPDATE problem SET supports = 7", "7 supports are shown, 1 are here"),
    ("UPDATE problem SET hands = 9", "9 hands are shown, 4 were counted"),
    ("UPDATE proposal SET version = 3", "version 3 stands, the last one published is 1"),
    ("UPDATE milestone SET declared = 5", "5 % is shown, 10 % was declared"),
    ("UPDATE milestone SET verified = 5", "5 % is shown, 100 % was seen"),
    ("UPDATE consultation SET roll_size = 9", "9 people are said to be on its roll, 1 are"),
    ("UPDATE counter SET last = 0 WHERE kind = 'visit'", "its counter says 0"),
    ("UPDATE duty SET lab_id = NULL", "is owed in another lab"),
)


@pytest.fixture
def lab(make: Make, tmp_path: Path) -> Lab:
    """A lab with a thing of each kind, each brought about by its own acts."""
    lab = make.lab(Stage.PRIORITIZATION)
    facilitator = make.actor(lab, Role.FACILITATOR)
    told = problem(make, lab)
    supports.give(Acting(lab, make.actor(lab, Role.MEMBER), NOW), problem=told)
    supports.count_hands(Acting(lab, facilitator, NOW), problem=told, hands=4)
    meeting = _meeting(lab, facilitator)
    contributions.note(Acting(lab, facilitator, NOW), meeting=meeting, lines=["Cercar"], due_days=5)
    carried = proposal(make, lab, title="Reparar el tanque", state=ProposalState.ADMITTED)
    voting.vote(make, lab)
    agreed.letter(make, lab, carried=carried.thing)
    agreement = _agreement(make, lab, carried.thing, meeting.thing)
    watch = audits.watch(make, lab, of=audits.work(make, lab, of=agreement))
    audits.visit(watch)
    audits.finding(watch)
    followup.declare(
        Acting(lab, watch.entity, NOW),
        watch.step,
        percent=10,
        note="",
        proof=followup.Proof(PDF),
        folder=tmp_path,
    )
    lab.stage = Stage.FOLLOWUP
    review(make, lab)
    db.session.commit()
    return lab


def test_each_kind_is_compared_by_one_room() -> None:
    compared = Counter(original.kind for room in ROOMS for original in room.originals)

    assert compared == Counter(Kind), "name it among the originals of the room that keeps it"


def test_each_copy_that_drifted_is_named(lab: Lab) -> None:
    before = list(faults())
    things = {thing.kind: thing.id for thing in _published()}

    unseen = [
        f"{kind}.{column}: {named}"
        for kind in Kind
        for column, wrong in WRONG.items()
        for named in [_named(things[kind], {column: wrong})]
        if len(named) != 1 or not named[0].startswith(f"{kind} {things[kind]}: ")
    ]

    assert before == []
    assert unseen == []


@pytest.mark.parametrize(("change", "said"), COUNTERS)
def test_each_counter_that_drifted_is_named(lab: Lab, change: str, said: str) -> None:
    with asleep(db.session.connection()):
        db.session.execute(text(change))

    named = list(faults())
    db.session.rollback()

    assert any(said in sentence for sentence in named), named


def test_a_thing_whose_room_lost_it_is_named_and_a_step_taken_out_is_not(make: Make) -> None:
    lab = make.lab(Stage.IDEATION)
    draft = agreed.agreement(make, lab, agreed.step_of("Losa"), accepted=False)
    facilitator = make.actor(lab, Role.FACILITATOR)
    followup.remove_step(Acting(lab, facilitator, NOW), draft.milestones[0])
    db.session.commit()

    lost = [sentence for sentence in faults() if "has no row" in sentence]

    # Its maker gave the agreement a source that no room keeps.
    source = db.session.scalars(select(Thing).where(Thing.kind == Kind.PROPOSAL)).one()
    assert lost == [f"proposal {source.id}: its room has no row of it"]


def test_a_check_asks_as_much_of_many_rows_as_of_few(
    make: Make, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    counts = []
    for many in (1, 30):
        lab = make.lab(Stage.IDEATION)
        for _ in range(many):
            agreed.agreement(make, lab)
            problem(make, lab)
        db.session.commit()
        with statements() as run:
            list(faults())
        counts.append(run.count)

    assert counts[0] == counts[1]


def _meeting(lab: Lab, facilitator: Any) -> Meeting:
    meeting = sessions.announce(
        Acting(lab, facilitator, NOW),
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=2),
        modality=Modality.IN_PERSON,
        venue="Rancho comunal",
        agenda="Agua limpia\nY lo demás",
    )
    sessions.begin(Acting(lab, facilitator, NOW), meeting=meeting)
    return meeting


def _agreement(make: Make, lab: Lab, source: Thing, by: Thing) -> Agreement:
    facilitator = make.actor(lab, Role.FACILITATOR)
    agreement = followup.draft_agreement(
        Acting(lab, facilitator, NOW),
        source=source,
        organization=make.organization(),
        what="Reparar el tanque\ny pintarlo",
        has_work=True,
        cost=None,
    )
    followup.add_step(Acting(lab, facilitator, NOW), agreement, step=agreed.step_of("Losa"))
    followup.accept_agreement(
        Acting(lab, facilitator, NOW), agreement, by=by, accepted_on=agreed.TODAY
    )
    return agreement


def _published() -> list[Thing]:
    return list(db.session.scalars(select(Thing).where(Thing.published_at.is_not(None))))


def _named(thing_id: int, wrong: dict[str, Any]) -> list[str]:
    """Write over copies of one thing behind the application's back; return what is named."""
    change = update(Thing).where(Thing.id == thing_id).values(**wrong)
    db.session.execute(change.execution_options(synchronize_session=False))
    named = list(faults())
    db.session.rollback()
    return named


def test_a_letter_is_compared_with_its_own_proposal_however_late_that_was_written(
    make: Make,
) -> None:
    first = make.lab(Stage.PRIORITIZATION)
    early = proposal(make, first, state=ProposalState.ADMITTED)
    agreed.letter(make, first, carried=early.thing)
    lab, later = make.lab(Stage.PRIORITIZATION), NOW + timedelta(days=9)
    carried = proposal(make, lab, title="Cercar la toma", state=ProposalState.ADMITTED)
    db.session.execute(
        update(Version).where(Version.proposal_id == carried.id).values(written_at=later)
    )
    facilitator = make.actor(lab, Role.FACILITATOR)
    draft = followup.LetterDraft(
        organization=make.organization(),
        reference="EJ-C-02",
        text="Pedimos cercar la toma.",
        presented_on=later.date(),
    )

    followup.send_letter(
        Acting(lab, facilitator, later + timedelta(hours=1)),
        draft,
        source=carried.thing,
        due_days=30,
    )
    db.session.commit()

    assert [fault for fault in faults() if "letter" in fault] == []
