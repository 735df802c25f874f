"""Whoever acts: asked before the act at the lab's own stage, and recorded in its own chain."""

import pytest
from sqlalchemy import select

from labapp.db import db
from labapp.domain.errors import Denied
from labapp.domain.policy import Act, Actor, Relation, Role
from labapp.domain.stage import Stage
from labapp.record.acting import Acting
from labapp.record.models import Entry
from tests.make import NOW, Make

ANTAI = Actor(None, frozenset({Role.REVIEWER}))


def test_an_act_in_a_lab_leaves_all_it_knows_in_the_chain_of_the_lab(make: Make) -> None:
    lab = make.lab()
    actor = make.actor(lab, Role.FACILITATOR)
    Acting(lab, actor, NOW).record(
        Act.LAB_MOVE, before={"stage": "call"}, after={"stage": "closed"}, reason="Se acabó"
    )
    db.session.commit()

    entry = db.session.scalars(select(Entry)).one()

    assert (entry.chain, entry.lab_id, entry.at) == (f"lab:{lab.id}", lab.id, NOW)
    assert (entry.act, entry.role, entry.person_id) == (
        Act.LAB_MOVE,
        Role.FACILITATOR,
        actor.person_id,
    )
    assert (entry.before, entry.after) == ('{"stage":"call"}', '{"stage":"closed"}')
    assert entry.reason == "Se acabó"


def test_an_act_of_no_lab_is_recorded_in_the_chain_of_the_site(make: Make) -> None:
    Acting(None, ANTAI, NOW).record(Act.PLAN_EDIT)
    db.session.commit()

    entry = db.session.scalars(select(Entry)).one()

    assert (entry.chain, entry.lab_id, entry.thing_id) == ("site", None, None)


def test_an_act_is_asked_for_at_the_stage_where_the_lab_stands(make: Make) -> None:
    lab = make.lab(Stage.PREPARATION)
    acting = Acting(lab, ANTAI, NOW)
    acting.require(Act.LAB_APPROVE)
    lab.stage = Stage.CALL

    with pytest.raises(Denied, match="present stage"):
        acting.require(Act.LAB_APPROVE)


def test_what_the_actor_is_to_the_object_is_asked_too(make: Make) -> None:
    lab = make.lab(Stage.IDEATION)
    acting = Acting(lab, make.actor(lab, Role.MEMBER), NOW)
    acting.require(Act.PROPOSAL_EDIT, frozenset({Relation.AUTHOR}))

    with pytest.raises(Denied, match="who wrote it"):
        acting.require(Act.PROPOSAL_EDIT, frozenset())
