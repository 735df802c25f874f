"""Whatever can be done is said in words on the page "who may do what"."""

from labapp.domain.act_words import GROUPS, LABELS
from labapp.domain.acts import Act
from labapp.domain.policy import TABLE


def test_every_act_has_its_words() -> None:
    assert sorted(LABELS) == sorted(Act), "say it in labapp/domain/act_words.py"


def test_every_act_has_its_rule() -> None:
    assert sorted(TABLE) == sorted(Act), "give it a row in labapp/domain/policy.py"


def test_every_act_is_printed_once_in_a_group() -> None:
    printed = [act for _heading, acts in GROUPS for act in acts]

    assert sorted(printed) == sorted(Act), "name its object in a group of act_words.py"
