"""A difference is settled when both who typed it say the same of the paper, never by one alone."""

import pytest
from sqlalchemy import select

from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.polling.models import Batch, ProposedReading, TypedBallot
from labapp.polling.queries import batches as batch_queries
from labapp.polling.service import batches, discrepancies
from labapp.polling.transcription import TypedPaper
from labapp.record.acting import Acting
from labapp.voting.models import Ballot, Vote
from tests.make import NOW, Make
from tests.polling import table
from tests.voting import make as voting

Pile = tuple[Lab, Vote, tuple[Actor, Actor], Batch]


@pytest.fixture
def pile(make: Make) -> Pile:
    """Give a pile of two papers, of which the second was typed as 2 and as 3."""
    lab = voting.lab(make)
    voting.voters(make, lab, 2)
    vote, by = table.vote(make, lab), table.tellers(make, lab)
    return lab, vote, by, table.pile(lab, vote, by, ["1", "2"], ["1", "3"])


def say(pile: Pile, who: int, content: str, why: str = "Otra fila.") -> bool:
    lab, vote, by, _batch = pile
    return discrepancies.settle(
        Acting(lab, by[who], NOW), vote, number=1, place=2, line=TypedPaper(content), why=why
    )


def confirm(pile: Pile, who: int) -> None:
    lab, vote, by, _batch = pile
    discrepancies.confirm(Acting(lab, by[who], NOW), vote, number=1, place=2)


def drop(pile: Pile, who: int) -> None:
    lab, vote, by, _batch = pile
    batches.put_into_box(Acting(lab, by[who], NOW), vote, number=1)


def waiting() -> list[tuple[int, str]]:
    return [(row.turn, row.content) for row in db.session.scalars(select(ProposedReading))]


@pytest.mark.parametrize("who", [0, 1])
def test_one_of_the_two_alone_settles_nothing(pile: Pile, who: int) -> None:
    stands = [say(pile, who, "2"), say(pile, who, "2")]

    with pytest.raises(Conflict, match="yourself"):
        confirm(pile, who)
    for actor in (0, 1):
        with pytest.raises(Conflict, match="do not agree"):
            drop(pile, actor)

    assert stands == [False, False]
    assert waiting() == [(who + 1, "2")]
    assert (pile[3].differences, pile[3].explained) == (0, "")


@pytest.mark.parametrize("who", [0, 1])
def test_the_other_confirms_and_it_stands_with_the_words_of_who_said_it(
    pile: Pile, who: int
) -> None:
    say(pile, who, "4", why="Una  mancha.")

    confirm(pile, 1 - who)
    drop(pile, who)

    assert sorted(db.session.scalars(select(Ballot.marks))) == ["1", "4"]
    assert (pile[3].differences, pile[3].explained) == (1, "2. Una mancha.")
    assert waiting() == []
    assert db.session.scalars(select(TypedBallot)).all() == []


def test_whoever_reads_something_else_makes_the_first_look_again(pile: Pile) -> None:
    stands = [say(pile, 0, "2"), say(pile, 1, "3", why="Dice 3.")]
    with pytest.raises(Conflict, match="yourself"):
        confirm(pile, 1)

    confirm(pile, 0)

    assert stands == [False, False]
    assert batch_queries.differences(pile[3].id) == []
    assert (pile[3].differences, pile[3].explained) == (1, "2. Dice 3.")


def test_saying_the_same_is_as_good_as_confirming(pile: Pile) -> None:
    assert not say(pile, 1, "2", why="Leí mal.")

    assert say(pile, 0, "2", why="Sí.")

    assert pile[3].explained == "2. Leí mal."


def test_nobody_else_confirms_nor_what_nobody_said(make: Make, pile: Pile) -> None:
    lab, vote, by, _batch = pile
    with pytest.raises(Conflict, match="Nobody has said"):
        confirm(pile, 0)
    say(pile, 0, "2")

    for actor, refusal in ((make.actor(lab, Role.TELLER), Conflict), (Actor(None), Denied)):
        with pytest.raises(refusal):
            discrepancies.confirm(Acting(lab, actor, NOW), vote, number=1, place=2)
    with pytest.raises(Conflict, match="typed the same"):
        discrepancies.confirm(Acting(lab, by[1], NOW), vote, number=1, place=1)


def test_what_was_said_goes_with_a_paper_that_is_not_there(pile: Pile) -> None:
    lab, vote, by, _batch = pile
    say(pile, 0, "2")

    batches.recount(Acting(lab, by[0], NOW), vote, number=1, sheets=1)

    assert waiting() == []
