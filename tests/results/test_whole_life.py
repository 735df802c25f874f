"""The whole life of a vote by all its channels at once: what comes in is what is counted."""

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select
from werkzeug.datastructures import MultiDict

from labapp.counting import ballot_text
from labapp.counting.ballot_text import Terms
from labapp.counting.method import BallotKind, Method
from labapp.counting.methods import METHODS
from labapp.db import db
from labapp.domain.channel import Channel, read
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.polling.models import Batch, HandCount, ShowOfHands
from labapp.record.acting import Acting
from labapp.results import queries as results_queries
from labapp.results import service as results_service
from labapp.results import tasks as results
from labapp.voting.forms import ballot
from labapp.voting.models import Ballot, Receipt, Turnout, Vote
from labapp.voting.service import ballot_box
from tests.make import Make
from tests.results.test_by_itself import reconcile
from tests.voting import make as voting
from tests.voting.test_papers import COSTS, LINES, papers

PEOPLE = 9
SOME = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def came(vote: Vote, person_id: int | None, channel: Channel, content: str | None) -> None:
    """Take a person's line of the roll; put a ballot in the box, if there is one of its own."""
    row = {"vote_id": vote.id, "person_id": person_id, "channel": channel}
    db.session.execute(insert(Turnout), [row])
    if content is not None:
        has_receipt = channel in (Channel.ACCOUNT, Channel.CARD)
        ballot_box.put_in(vote.id, content, ballot_box.new_receipt() if has_receipt else None)
    db.session.commit()


def expected(vote: Vote, contents: list[str], raised: Counter[int]) -> Counter[int]:
    """Return what each option must have got, added by hand, where the method adds."""
    total = Counter(raised)
    for content in contents:
        if vote.method.paper is BallotKind.POINTS:
            total.update(dict(ballot_text.read_points(content)))
        else:
            total.update(map(int, content.split()))
    return total


def announced(make: Make, lab: Lab, method: Method) -> Vote:
    """Announce a vote of a method by every channel it allows."""
    ways = tuple(way for way in Channel if method.allows_hands or way is not Channel.HANDS)
    money = method.has_budget
    return voting.vote(
        make,
        lab,
        method=method,
        lines=LINES,
        channels=ways,
        budget=6000 if money else None,
        funder="Junta Comunal" if money else "",
        costs=COSTS if money else (),
        scale=10 if method.paper is BallotKind.POINTS else None,
    )


def live(
    vote: Vote, voters: list[Actor], data: st.DataObject
) -> tuple[Counter[Channel], list[str], Counter[int]]:
    """Let some vote, each by a way of their own; return the ways, the ballots and the hands."""
    terms = Terms(vote.method, len(LINES), vote.max_marks, vote.scale)
    taken: Counter[Channel] = Counter()
    contents: list[str] = []
    for voter in voters[: data.draw(st.integers(0, PEOPLE))]:
        way = data.draw(st.sampled_from(read(vote.channels)))
        sent = data.draw(papers(vote.method, blanks=True))
        content = None if way is Channel.HANDS else ballot.content(terms, MultiDict(sent))
        came(vote, voter.person_id, way, content)
        taken[way] += 1
        contents += [] if content is None else [content]
    people = taken[Channel.HANDS]
    raised = Counter({n: data.draw(st.integers(0, people)) for n in (1, 2)} if people else {})
    if people:
        here = {"vote_id": vote.id}
        witnesses = {"first_witness": "Vecina 1", "second_witness": "Vecina 2"}
        db.session.execute(insert(ShowOfHands), [here | {"people": people} | witnesses])
        rows = [here | {"position": p, "votes": votes} for p, votes in raised.items()]
        db.session.execute(insert(HandCount), rows)
    db.session.commit()
    return taken, contents, raised


def ended(make: Make, lab: Lab, vote: Vote) -> None:
    """Let the clock close and count it, and write the draw where there is a tie."""
    results.close_due(vote.closes_at)
    for way in read(vote.channels)[1:]:
        reconcile(vote, way)
    later = vote.closes_at + timedelta(hours=1)
    results.close_due(later)
    db.session.refresh(vote)
    if not (vote.published_at or vote.annulled_at):
        facilitator = make.actor(lab, Role.FACILITATOR)
        results_service.publish(Acting(lab, facilitator, later), vote, seed="4821")
        db.session.commit()


def rows(vote: Vote) -> list[int | None]:
    return [
        db.session.scalar(select(func.count()).select_from(table).where(table.vote_id == vote.id))
        for table in (Turnout, Ballot, Receipt)
    ]


@SOME
@given(method=st.sampled_from(list(METHODS.values())), data=st.data())
def test_turnout_ballots_receipts_and_result_agree_after_any_life(
    make: Make, method: Method, data: st.DataObject
) -> None:
    lab = voting.lab(make)
    voters = voting.voters(make, lab, PEOPLE)
    vote = announced(make, lab, method)

    taken, contents, raised = live(vote, voters, data)
    ended(make, lab, vote)

    result = results_queries.result(vote)
    receipts = taken[Channel.ACCOUNT] + taken[Channel.CARD]
    assert rows(vote) == [taken.total(), len(contents), receipts]
    assert result.received == taken.total()
    assert result.blank == contents.count("")
    assert result.agrees(results_queries.figures_on_record(vote.id))
    if method.paper is not BallotKind.RANKS:
        got = {line.option.position: line.votes for line in result.lines}
        total = expected(vote, contents, raised)
        assert got == {n: total[n] for n in (1, 2, 3, 4)}
    assert result.patterns == (), "so few ballots are told as totals only"


@SOME
@given(method=st.sampled_from(list(METHODS.values())), data=st.data())
def test_whatever_came_in_an_annulled_vote_is_never_counted(
    make: Make, method: Method, data: st.DataObject
) -> None:
    lab = voting.lab(make)
    voters = voting.voters(make, lab, PEOPLE)
    vote = announced(make, lab, method)

    taken, contents, _ = live(vote, voters, data)
    voting.annul(make, lab, vote, now=vote.opens_at, reason="Papel mal impreso.")
    db.session.commit()
    ended(make, lab, vote)

    assert (vote.published_at, vote.closed_at) == (None, vote.opens_at)
    assert rows(vote)[:2] == [taken.total(), len(contents)]
    assert results_queries.figures_on_record(vote.id) == {}


def test_papers_that_nobody_can_read_count_as_turnout_and_for_nothing(make: Make) -> None:
    lab = voting.lab(make)
    voters = voting.voters(make, lab, 3)
    vote = voting.vote(make, lab, channels=(Channel.ACCOUNT, Channel.PAPER), quorum=3)
    for voter, content in zip(voters, ("1", "1 2", None), strict=True):
        came(vote, voter.person_id, Channel.PAPER, content)
    db.session.add(
        Batch(vote_id=vote.id, number=1, sheets=3, differences=0, explained="", spoilt=1)
    )
    voting.finish(vote)
    reconcile(vote, Channel.PAPER)

    results.close_due(vote.closes_at)

    result = results_queries.result(vote)
    assert (result.received, result.quorum_met) == (3, True)
    assert [line.votes for line in result.lines] == [2, 1, 0, 0]
