"""Cards: printed once, cast once, withdrawn only unused; of each code only a hash is kept."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.code_alphabet import LETTERS, in_groups
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Act, Role
from labapp.polling import card_code
from labapp.polling.models import Card, CardState, Reconciliation
from labapp.polling.queries import cards as card_queries
from labapp.polling.service import cards
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.voting.models import Ballot, Receipt
from tests.make import Make
from tests.polling import make as polling
from tests.voting import make as voting


def states() -> list[CardState]:
    return list(db.session.scalars(select(Card.state).order_by(Card.serial)))


def test_a_code_has_55_random_bits_and_no_letter_taken_for_another() -> None:
    made = {card_code.new() for _ in range(200)}

    assert len(made) == 200
    assert len(LETTERS) ** card_code.LENGTH > 2**55
    assert not set("01OIL") & set(LETTERS)
    group = f"[{LETTERS}]{{4}}"
    assert all(re.fullmatch(f"{group}-{group}-{group}", each) for each in made)


@pytest.mark.parametrize(
    "typed",
    ["abcd-efgh-jkmn", " ABCD EFGH JKMN ", "ABCDEFGHJKMN", "ａｂｃｄ–EFGH—JKMN", "abcd.\0efghjkmn"],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert in_groups(card_code.read(typed)) == "ABCD-EFGH-JKMN"


def test_codes_alike_are_one_slip_away() -> None:
    found = card_code.similar_codes("A8CD")

    assert "ABCD" in found
    assert "8ACD" in found
    assert "A8CD" not in found


def test_serials_go_on_and_only_hashes_are_kept(make: Make) -> None:
    lab = voting.lab(make)
    vote, _ = polling.vote(make, lab, crowd=5)

    codes = polling.cards(make, lab, vote, 3) + polling.cards(make, lab, vote, 2)

    assert list(db.session.scalars(select(Card.serial).order_by(Card.serial))) == [1, 2, 3, 4, 5]
    kept = str([tuple(row) for row in db.session.execute(select(Card.__table__))])
    kept += str([tuple(row) for row in db.session.execute(select(Entry.__table__))])
    assert not [each for each in codes if each in kept or card_code.read(each) in kept]
    printed = select(Entry.after).where(Entry.act == Act.CARD_PRINT).order_by(Entry.id)
    said = db.session.scalars(printed).all()
    assert said == ['{"count":3,"first":1,"last":3}', '{"count":2,"first":4,"last":5}']


def test_a_card_casts_one_ballot_with_its_receipt(make: Make) -> None:
    lab = voting.lab(make)
    vote, _ = polling.vote(make, lab, crowd=5)
    (one,) = polling.given(make, lab, vote)
    entries = db.session.scalar(select(func.count()).select_from(Entry))

    receipt = polling.cast(lab, vote, one.lower(), [2, 1])

    assert db.session.scalars(select(Ballot.marks)).all() == ["1 2"]
    assert db.session.scalars(select(Receipt.code)).all() == [receipt]
    assert states() == [CardState.USED]
    assert db.session.scalar(select(func.count()).select_from(Entry)) == entries
    with pytest.raises(Conflict, match="already"):
        polling.cast(lab, vote, one, [1])


@pytest.mark.parametrize("when", ["before", "after", "annulled"])
def test_a_card_votes_only_while_the_vote_is_open(make: Make, when: str) -> None:
    lab = voting.lab(make)
    vote, _ = polling.vote(make, lab, crowd=5)
    (one,) = polling.given(make, lab, vote)
    now = {"before": vote.opens_at - timedelta(hours=1)}.get(when, vote.closes_at)
    if when == "annulled":
        now = vote.opens_at
        voting.annul(make, lab, vote, now=utcnow())

    with pytest.raises(Conflict):
        polling.cast(lab, vote, one, [1], now=now)
    assert states() == [CardState.PRINTED]


@pytest.mark.parametrize("state", [CardState.VOIDED, CardState.RETURNED])
def test_a_withdrawn_card_does_not_vote_and_the_record_says_only_how_many(
    make: Make, state: CardState
) -> None:
    lab = voting.lab(make)
    vote, _ = polling.vote(make, lab, crowd=5)
    codes, teller = polling.given(make, lab, vote, 4), make.actor(lab, Role.TELLER)
    polling.cast(lab, vote, codes[1], [1])

    done = cards.withdraw(Acting(lab, teller, vote.opens_at), vote, first=1, last=3, state=state)
    db.session.commit()

    assert done == 2
    assert states() == [state, CardState.USED, state, CardState.PRINTED]
    with pytest.raises(Conflict, match=r"voided|handed back"):
        polling.cast(lab, vote, codes[0], [1])
    (said,) = db.session.scalars(select(Entry.after).where(Entry.act == Act.CARD_VOID))
    assert said == f'{{"as":"{state}","count":2}}'


def test_what_cannot_be_withdrawn_says_why(make: Make) -> None:
    lab = voting.lab(make)
    vote, _ = polling.vote(make, lab, crowd=5)
    codes, teller = polling.given(make, lab, vote, 3), make.actor(lab, Role.TELLER)
    polling.cast(lab, vote, codes[0], [1])

    def void(first: int, last: int, state: CardState = CardState.VOIDED) -> None:
        cards.withdraw(
            Acting(lab, teller, vote.opens_at), vote, first=first, last=last, state=state
        )

    void(2, 2, CardState.RETURNED)
    for first, last, why in [(1, 1, "cast"), (2, 2, "handed"), (9, 9, "number"), (1, 2, "All")]:
        with pytest.raises(Conflict, match=why):
            void(first, last)
    void(3, 3)
    with pytest.raises(Conflict, match="voided before"):
        void(3, 3)
    make.keep(
        Reconciliation(
            vote_id=vote.id, channel=Channel.CARD, issued=0, used=0, returned=0, voided=0,
            reconciled_at=vote.opens_at,
        )
    )  # fmt: skip
    with pytest.raises(Conflict, match="counted already"):
        void(1, 3)


def test_cards_are_printed_by_a_facilitator_of_a_vote_that_takes_them(make: Make) -> None:
    lab = voting.lab(make)
    vote, _ = polling.vote(make, lab, crowd=5)
    other, _ = polling.vote(make, lab, channels=(Channel.ACCOUNT,))
    facilitator = make.actor(lab, Role.FACILITATOR)

    def issue(by: Role, where: object = vote, **late: int) -> None:
        actor = facilitator if by is Role.FACILITATOR else make.actor(lab, by)
        now = vote.opens_at + timedelta(**late)
        cards.issue(Acting(lab, actor, now), where, count=1, secret="x")  # type: ignore[arg-type]  # a vote

    for role in (Role.TELLER, Role.MEMBER, Role.REVIEWER):
        with pytest.raises(Denied):
            issue(role)
    with pytest.raises(Conflict, match="does not offer"):
        issue(Role.FACILITATOR, other)
    with pytest.raises(Conflict, match="ended"):
        issue(Role.FACILITATOR, days=30)
    assert card_queries.counts(vote.id) == dict.fromkeys(CardState, 0)


def test_a_card_of_another_vote_or_another_secret_is_no_card_here(make: Make) -> None:
    lab = voting.lab(make)
    vote, _ = polling.vote(make, lab, crowd=5)
    other, _ = polling.vote(make, lab, crowd=1, question="¿Qué nombre le ponemos?")
    (one,) = polling.given(make, lab, other)
    code_hash = card_code.hash_code(polling.SECRET, card_code.read(one))

    here = card_queries.holder(lab.slug, vote.thing.number or 0, code_hash=code_hash)
    there = card_queries.elsewhere(code_hash)

    assert here is not None
    assert here.state is None
    assert there is not None
    assert tuple(there) == (other.question, lab.slug, other.thing.number)
    assert card_queries.elsewhere(card_code.hash_code("another", card_code.read(one))) is None
