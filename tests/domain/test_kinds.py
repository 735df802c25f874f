"""The kinds of thing: what is stored and what is printed on posters stays as it is."""

import pytest

from labapp.domain.kinds import KIND_AT, Kind

#: Stored in the database and hashed in the record, or printed on posters: never another word.
KEPT = {
    "problem": "problems",
    "meeting": "sessions",
    "contribution": "contributions",
    "proposal": "proposals",
    "consultation": "votes",
    "letter": "letters",
    "agreement": "agreements",
    "milestone": "milestones",
    "evidence": "documents",
    "work": "works",
    "committee": "committees",
    "visit": "visits",
    "finding": "findings",
    "review": "reviews",
}


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_keeps_its_stored_word_and_its_address(kind: Kind) -> None:
    assert KEPT[kind.value] == kind.address
    assert KIND_AT[kind.address] is kind
    assert Kind(kind.value) is kind


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_has_its_noun_and_its_plural(kind: Kind) -> None:
    assert kind.label
    assert kind.many
    assert kind.label != kind.many
