"""The last sign of life of a lab: moved by what the public can see, and by nothing else."""

from datetime import timedelta

import pytest

from labapp.domain.acts import ACTS
from labapp.domain.policy import Act, Actor
from labapp.record.acting import Acting
from tests.make import NOW, Make

LATER = NOW + timedelta(days=3)


@pytest.mark.parametrize("act", ACTS)
def test_an_act_moves_the_last_sign_of_life_if_the_public_sees_the_lab_by_it(
    make: Make, act: Act
) -> None:
    lab, other = make.lab(), make.lab()

    Acting(lab, Actor(None), LATER).record(act)

    assert lab.stirred_at == (LATER if act.row.stirs else NOW)
    assert other.stirred_at == NOW
