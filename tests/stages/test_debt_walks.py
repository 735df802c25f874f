"""No sequence of closes, payments and openings loses a debt or the day it was paid."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from labapp.db import db
from labapp.domain.errors import Refusal
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup.models import Letter
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.stages import queries, service
from labapp.stages.service import closing
from tests.followup import make as delivery
from tests.make import NOW, Make
from tests.stages.make import answer


@dataclass
class Walk:
    """A lab that closes and opens, and what was noted of its debts."""

    lab: Lab
    guide: Actor
    antai: Actor
    letters: list[Letter]
    now: datetime = NOW
    kept: dict[int, date | None] = field(default_factory=dict)

    def step(self, make: Make, act: str) -> None:
        """Do one act, if it is the time for it."""
        request = queries.waiting_request(self.lab.id)
        ours, theirs = (Acting(self.lab, who, self.now) for who in (self.guide, self.antai))
        if act == "ask":
            closing.ask(ours, reason="Ya.", own={})
        elif act == "reopen":
            service.move(ours, target=Stage.FOLLOWUP, reason="Sí")
        elif act == "owe" and self.lab.stage is Stage.FOLLOWUP:
            self.letters.append(delivery.letter(make, self.lab))
        elif act in ("agree", "back") and request is not None:
            closing.agree(theirs, request) if act == "agree" else closing.withdraw(ours, request)
        elif act == "pay" and self.silent:
            answer(make, self.lab, self.silent[0], self.now)

    @property
    def silent(self) -> list[Letter]:
        """The letters without an answer."""
        return [letter for letter in self.letters if letter.answer is None]

    def look(self) -> None:
        """Compare the debts of every close with what was noted before and with what is owed."""
        rows = [row for row, _thing in queries.all_closing_debts(self.lab.id)]
        paid = {row.id: row.paid_on for row in rows}
        assert self.kept.keys() <= paid.keys()
        assert all(on is None or paid[key] == on for key, on in self.kept.items())
        silent = {letter.id for letter in self.silent}
        assert all(
            (row.paid_on is None) == (row.thing_id in silent) for row in rows if row.thing_id
        )
        self.kept = paid


WALK = st.lists(
    st.sampled_from(["ask", "agree", "pay", "reopen", "owe", "back"]), min_size=4, max_size=14
)


def test_no_sequence_of_closes_and_payments_loses_a_debt(make: Make) -> None:
    closes = count()

    @settings(
        max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(walk=WALK)
    @example(walk=["ask", "agree", "pay", "reopen", "owe", "ask", "agree", "pay"])
    def walked(walk: list[str]) -> None:
        lab = make.lab(Stage.FOLLOWUP)
        guide, antai = make.actor(lab, Role.FACILITATOR), make.actor(lab, Role.REVIEWER)
        one = Walk(lab, guide, antai, [delivery.letter(make, lab)])
        for act in walk:
            one.now += timedelta(days=11)
            with suppress(Refusal):
                one.step(make, act)
            one.look()
        if one.kept:
            next(closes)
        db.session.rollback()

    walked()

    assert next(closes) >= 1
