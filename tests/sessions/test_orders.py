"""What is owed of contributions after two acts, in every order: each with its sentence."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest

from labapp.db import db
from labapp.domain.errors import Conflict
from labapp.domain.policy import Role
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.responses import queries as responses
from labapp.responses import service
from labapp.responses.models import Decision
from labapp.sessions import queries
from labapp.sessions.models import Contribution
from labapp.sessions.service import contributions, joining
from tests.make import NOW, Make
from tests.sessions import make as sessions


class Told:
    """Two contributions, A and B, and what is done to them."""

    def __init__(self, make: Make, lab: Lab) -> None:
        self.lab, self.actor = lab, make.actor(lab, Role.FACILITATOR)
        meeting = sessions.meeting(make, lab)
        self.hours = 0
        self.a, self.b = contributions.note(
            self.acting, meeting=meeting, lines=["A y más", "B y más"], due_days=30
        )

    @property
    def acting(self) -> Acting[Lab]:
        """The facilitator, an hour later each time."""
        self.hours += 1
        return Acting(self.lab, self.actor, NOW + timedelta(hours=self.hours))

    def answer(self, said: Contribution) -> None:
        service.answer(
            self.acting,
            thing=said.thing,
            decision=Decision.PARTLY,
            reason="Porque sí.",
            office="Equipo",
            signer="Facilitadora",
        )

    def edit(self, said: Contribution) -> None:
        text = f"{said.text}, corregido"
        contributions.edit(
            self.acting, contribution=said, base=said.version, text=text, why="Se escribió mal"
        )

    def divide(self, said: Contribution) -> None:
        contributions.divide(
            self.acting, contribution=said, base=said.version, lines=["Uno", "Dos"]
        )

    def join(self, said: Contribution, into: Contribution) -> None:
        joining.join(self.acting, joined=[said], into=into, why="Dicen lo mismo")

    def separate(self, said: Contribution) -> None:
        joining.separate(self.acting, contribution=said)

    def withdraw(self, said: Contribution) -> None:
        contributions.withdraw(self.acting, contribution=said, notice="Retirado")


class Order(NamedTuple):
    """What is done one after the other, and what is owed then.

    Attributes:
        sentence: what was decided.
        first: what is done.
        then: what is done after it; refused where ``refused``.
        waiting: how many contributions wait for an answer in the end.
        refused: whether the second act is.
    """

    sentence: str
    first: Callable[[Told], object]
    then: Callable[[Told], object]
    waiting: int
    refused: bool = False


def both(*does: Callable[[Told], object]) -> Callable[[Told], object]:
    return lambda told: [do(told) for do in does]


def answer_a(told: Told) -> None:
    told.answer(told.a)


def answer_b(told: Told) -> None:
    told.answer(told.b)


def edit_a(told: Told) -> None:
    told.edit(told.a)


def divide_a(told: Told) -> None:
    told.divide(told.a)


def divide_b(told: Told) -> None:
    told.divide(told.b)


def join_a(told: Told) -> None:
    told.join(told.a, told.b)


def separate_a(told: Told) -> None:
    told.separate(told.a)


def withdraw_a(told: Told) -> None:
    told.withdraw(told.a)


def withdraw_b(told: Told) -> None:
    told.withdraw(told.b)


ORDERS = (
    Order("an answer to corrected words answers them", edit_a, answer_a, 1),
    Order("an answer stands when the words are corrected after it", answer_a, edit_a, 1),
    Order("each part is owed an answer where none was given", divide_a, answer_a, 2),
    Order("the answer stays with the first part, the other is owed one", answer_a, divide_a, 2),
    Order("one joined is answered with the one that stays", join_a, answer_b, 0),
    Order("one joined with one that was answered has that answer", answer_b, join_a, 0),
    Order("one that was answered keeps its own answer", answer_a, join_a, 1, True),
    Order("one joined has no answer of its own", join_a, answer_a, 1, True),
    Order("its words are corrected where it is joined too", join_a, edit_a, 1),
    Order("corrected words are joined like any", edit_a, join_a, 1),
    Order("one joined is separated before it is divided", join_a, divide_a, 1, True),
    Order("the first part is joined, the other waits alone", divide_a, join_a, 2),
    Order("who stays is divided: what was joined stays with the first", join_a, divide_b, 2),
    Order("one separated is owed its own answer", join_a, separate_a, 2),
    Order("also after the other was answered", both(join_a, answer_b), separate_a, 1),
    Order("one withdrawn is owed nothing", edit_a, withdraw_a, 1),
    Order("what was answered and then withdrawn keeps its answer", answer_a, withdraw_a, 1),
    Order("one withdrawn is not answered any more", withdraw_a, answer_a, 1, True),
    Order("an answer to one withdrawn can be put right", both(answer_a, withdraw_a), answer_a, 1),
    Order("one joined is withdrawn alone", join_a, withdraw_a, 1),
    Order("who is withdrawn unanswered frees what was joined", join_a, withdraw_b, 1),
    Order(
        "who is withdrawn answered leaves its answer to what was joined",
        both(join_a, answer_b),
        withdraw_b,
        0,
    ),
    Order(
        "what was joined with one withdrawn and answered can still leave it",
        both(join_a, answer_b, withdraw_b),
        separate_a,
        1,
    ),
    Order("nothing is joined with one withdrawn", withdraw_b, join_a, 1, True),
    Order("one withdrawn is joined with nothing", withdraw_a, join_a, 1, True),
    Order("the other parts of one withdrawn stay", divide_a, withdraw_a, 2),
    Order("one withdrawn is not divided", withdraw_a, divide_a, 1, True),
    Order("one withdrawn is not corrected", withdraw_a, edit_a, 1, True),
)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.sentence)
def test_what_is_owed_is_right_in_every_order(make: Make, order: Order) -> None:
    lab = make.lab()
    told = Told(make, lab)
    order.first(told)
    answered = len(responses.of(told.a.id)), len(responses.of(told.b.id))

    if order.refused:
        with pytest.raises(Conflict):
            order.then(told)
    else:
        order.then(told)
    db.session.commit()

    waiting = queries.contributions(lab.id, None, waiting=True).rows
    unmet = {key for key, due in queries.dues(_ids(lab)).items() if due.met_on is None}
    assert queries.unanswered_count(lab.id) == len(waiting) == order.waiting
    assert unmet == {said.id for said in waiting}, "the clock runs on those that wait, no other"
    assert len(responses.of(told.a.id)) >= answered[0], "no answer is ever taken away"
    assert len(responses.of(told.b.id)) >= answered[1]
    assert not sessions.faults()


def _ids(lab: Lab) -> list[int]:
    return [said.id for said in queries.contributions(lab.id, None, waiting=False).rows]
