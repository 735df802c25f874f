"""A lab asked to close with things owed, agreed to, and a debt of it paid."""

from datetime import datetime

from labapp.domain.panama_time import local_day
from labapp.domain.policy import Role
from labapp.followup import service as followup
from labapp.followup.models import Letter, LetterAnswer
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.stages.models import ClosingRequest
from labapp.stages.service import closing
from tests.make import NOW, Make


def ask(make: Make, lab: Lab, now: datetime = NOW) -> ClosingRequest:
    """Have a facilitator ask to close."""
    acting = Acting(lab, make.actor(lab, Role.FACILITATOR), now)
    return closing.ask(acting, reason="No contestan.", own={})


def agree(make: Make, lab: Lab, request: ClosingRequest, now: datetime = NOW) -> None:
    """Have somebody of ANTAI agree."""
    closing.agree(Acting(lab, make.actor(lab, Role.REVIEWER), now), request)


def answer(make: Make, lab: Lab, letter: Letter, now: datetime) -> None:
    """Have a facilitator type the answer to a letter."""
    followup.answer_letter(
        Acting(lab, make.actor(lab, Role.FACILITATOR), now),
        letter,
        answer=LetterAnswer.ACCEPTED,
        text="Sí.",
        reference="",
        answered_on=local_day(now),
    )
