"""One look is worth the same on every page, in every count, and for every completion value."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from labapp.db import db
from labapp.domain.ogp_completion import OgpCompletion, highest
from labapp.domain.policy import Actor, Role
from labapp.domain.removal_code import RemovalCode
from labapp.domain.stage import Stage
from labapp.files.models import StoredFile
from labapp.followup import queries as followup
from labapp.followup import service
from labapp.followup.models import Declaration, Milestone
from labapp.followup.service import recount
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.review import queries
from labapp.thread.models import Duty
from tests.client import Client
from tests.followup.make import agreement, answers, evidence, step_of
from tests.make import NOW, Make, sign_in
from tests.review.make import review

TODAY = NOW.date()
UNCONFIRMED = ("nada comprobado todavía", "nada está comprobado todavía")


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _yes(make: Make, lab: Lab, step: Milestone) -> None:
    _answer(make, lab, step)


def _no(make: Make, lab: Lab, step: Milestone) -> None:
    _answer(make, lab, step, False, False, False)


def _part(make: Make, lab: Lab, step: Milestone) -> None:
    _answer(make, lab, step, True, True, False)


def _answer(make: Make, lab: Lab, step: Milestone, *yes: bool) -> None:
    who = Acting(lab, make.actor(lab, Role.MEMBER), NOW)
    service.confirm(who, step, answers=answers(step, *yes))


def _show(make: Make, lab: Lab, step: Milestone) -> None:
    evidence(make, lab, step)


def _take_away(make: Make, lab: Lab, step: Milestone) -> None:
    for file in db.session.scalars(select(StoredFile)):
        file.removed_at, file.removed_for = NOW, RemovalCode.LAW
    db.session.flush()
    recount.count_step(step, NOW, looked_again=False)


Happening = Callable[[Make, Lab, Milestone], None]
#: What happens to a step of which 40 % is declared, and the percent that everybody reads then.
STORIES: list[tuple[list[Happening], int | None]] = [
    ([], None),
    ([_show], None),
    ([_yes, _yes], None),
    ([_show, _no], None),
    ([_show, _yes], None),
    ([_show, _yes, _yes], 100),
    ([_yes, _show, _yes], 100),
    ([_show, _part, _yes], 66),
    ([_show, _yes, _yes, _no], 0),
    ([_show, _yes, _yes, _take_away], None),
    ([_show, _yes, _yes, _no, _yes, _yes], 100),
]


@pytest.mark.parametrize(("story", "percent"), STORIES)
def test_every_page_and_count_says_the_same_of_a_step(
    make: Make, client: Client, lab: Lab, story: list[Happening], percent: int | None
) -> None:
    step = agreement(make, lab, step_of("Losa")).milestones[0]
    step.declared = 40
    db.session.add(_declaration(step))
    review(make, lab)
    for happens in story:
        happens(make, lab, step)
    db.session.commit()

    is_done = percent == 100
    duty = db.session.scalars(select(Duty).where(Duty.thing_id == step.id)).one()
    assert (step.thing.state, duty.met_on) == (("met", TODAY) if is_done else ("open", None))
    assert followup.facts(lab.id).milestones_unmet == (not is_done)
    assert followup.numbers(TODAY, lab.id).steps_met == followup.numbers(TODAY).steps_met == is_done
    far = followup.progress([step.agreement_id])[step.agreement_id]
    assert (far.verified, far.looked) == (percent or 0, percent is not None)
    assert [behind.backed for behind in queries.backing(lab.id)] == [percent or 0]
    assert highest(queries.backing(lab.id)) is _value(percent)
    assert list(followup.drift()) == []

    sign_in(client, _reviewer(make, lab))
    at = f"/labs/{lab.slug}"
    pages = ("agreements/", "agreements/1/", "milestones/1/", "reviews/1/")
    for page in [f"{at}/{path}" for path in pages] + ["/desk/gaps"]:
        text = client.get(page).text
        said = [f"{percent}\u00a0%"] if percent is not None else UNCONFIRMED
        assert any(words in text for words in said), page
        assert percent is not None or "100\u00a0%" not in text, page
    assert ("Falta:" in client.get(f"{at}/milestones/1/").text) is not is_done


def _value(percent: int | None) -> OgpCompletion | None:
    if percent == 100:
        return OgpCompletion.COMPLETE
    return OgpCompletion.LIMITED if percent else None


def _reviewer(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.REVIEWER)


def _declaration(step: Milestone) -> Declaration:
    return Declaration(
        milestone_id=step.id, percent=step.declared, note="", declared_at=NOW, person_id=None
    )
