"""Votes of the demonstration: announced, opened, voted by account, closed and counted."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from labapp.accounts.models import Person
from labapp.counting import ballot_text
from labapp.db import db
from labapp.demo.script import Story
from labapp.domain.channel import Channel
from labapp.polling import card_code
from labapp.polling.models import CardState
from labapp.polling.queries import cards as card_queries
from labapp.polling.service import cards, roll
from labapp.record.acting import Acting
from labapp.results import service as results
from labapp.results import tasks
from labapp.results.tasks.documents import print_act
from labapp.voting import service
from labapp.voting.models import Vote
from labapp.voting.queries.voter import by_person
from labapp.voting.service import ballot_box
from labapp.voting.service.vote_draft import VoteDraft

TIE_RULE = (
    "El primer premio del primer sorteo de la lotería nacional después del cierre, miércoles o "
    "domingo (ejemplo)."
)


def marks(counts: Sequence[int], papers: int, most: int) -> list[tuple[int, ...]]:
    """Return ``papers`` ballots that give option 1, 2, 3 ... these counts, ``most`` marks a paper.

    Marks are dealt round the table, so that no paper gets one option twice.
    """
    dealt: list[list[int]] = [[] for _ in range(papers)]
    place = 0
    for option, count in enumerate(counts, start=1):
        for _ in range(count):
            dealt[place % papers].append(option)
            place += 1
    if max(map(len, dealt)) > most:
        raise ValueError("more marks than a paper takes")
    return [tuple(paper) for paper in dealt]


def announce(story: Story, draft: VoteDraft, now: datetime) -> Vote:
    """Announce the vote and open it at its hour."""
    vote = service.announce(Acting(story.lab, story.guide, now), draft)
    if vote.opened_at is None and draft.opens_at is not None:
        service.open_vote(Acting(story.lab, story.guide, draft.opens_at), vote)
    return vote


def cast(
    story: Story, vote: Vote, people: Sequence[Person], papers: Sequence[tuple[int, ...]]
) -> None:
    """Let these people vote by account, each with one of the papers.

    Whoever has none yet gets one whose password nobody knows.
    """
    for person, paper in zip(people, papers, strict=True):
        person.username = person.username or f"ejemplo{person.id}"
        receipt = ballot_box.new_receipt()
        voter = by_person(story.lab.slug, _number(vote), person_id=person.id, receipt=receipt)
        if voter is None:
            raise ValueError("the vote was announced before it is cast")
        content = ballot_text.write_marks(voter.terms, paper)
        ballot_box.cast(voter, content, receipt=receipt, now=vote.opens_at)


def use_cards(
    story: Story,
    vote: Vote,
    people: Sequence[Person],
    papers: Sequence[tuple[int, ...]],
    *,
    count: int,
) -> None:
    """Print so many cards, void one as lost, and let these people vote with the first of the rest.

    The codes are known to nobody: whoever tries the demonstration prints cards of their own.
    """
    now, guide, unknown = vote.opens_at, story.guide, secrets.token_hex()
    printed = cards.issue(Acting(story.lab, guide, now), vote, count=count, secret=unknown)
    cards.withdraw(
        Acting(story.lab, guide, now), vote, first=count, last=count, state=CardState.VOIDED
    )
    for person, card, paper in zip(people, printed, papers, strict=False):
        roll.take(Acting(story.lab, guide, now), vote, person_id=person.id, channel=Channel.CARD)
        receipt, hashed = (
            ballot_box.new_receipt(),
            card_code.hash_code(unknown, card_code.read(card.code)),
        )
        holder = card_queries.holder(
            story.lab.slug, _number(vote), code_hash=hashed, receipt=receipt
        )
        if holder is None:
            raise ValueError("the vote was announced before it is cast")
        content = ballot_text.write_marks(holder.voter.terms, paper)
        cards.cast(holder, hashed, content, receipt=receipt, now=now)


def close(story: Story, vote: Vote) -> None:
    """Close the vote at its hour. Commits."""
    results.close(Acting(story.lab, story.guide, vote.closes_at), vote)
    db.session.commit()


def finish(story: Story, vote: Vote, draw: str, now: datetime) -> None:
    """Shuffle the ballot box of a closed vote, publish the count and print its act. Commits.

    Args:
        story: of the lab.
        vote: closed, its hall reconciled.
        draw: what the announced draw gave, if there is a tie.
        now: after that draw.
    """
    db.session.commit()
    if not tasks.finish(vote.id, now):
        results.publish(Acting(story.lab, story.guide, now), vote, seed=draw)
    db.session.commit()
    print_act(vote.id, now)


def _number(vote: Vote) -> int:
    if vote.thing.number is None:
        raise ValueError("a vote has its number from its announcement")
    return vote.thing.number
