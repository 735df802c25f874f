"""PublishedVote: what is published of a vote once it is closed and counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from labapp.counting.method import Method
from labapp.counting.methods import METHODS

#: With fewer ballots than this only totals are published: a rare ballot would name its voter.
FEW = 20


@dataclass(frozen=True, slots=True)
class PublishedOption:
    """One option: its position as p1, p2, …, its words, and its cost if there is money."""

    key: str
    label: str
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Roll:
    """Who could vote: how many, and the hash that fixes their names without telling them."""

    count: int
    hash: str


@dataclass(frozen=True, slots=True)
class RaisedHands:
    """A show of hands: who stood, the hands raised for each option by its key, the witnesses."""

    people: int
    votes: Mapping[str, int]
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedReconciliation:
    """What was handed out in one channel, and what became of it."""

    issued: int
    used: int
    returned: int
    voided: int
    explained: str = ""


@dataclass(frozen=True, slots=True)
class PublishedVote:
    """A vote that is closed.

    Attributes:
        lab: the name of the lab.
        question: as printed on the paper.
        rule: a name that ``labapp count`` knows.
        parameters: options of the rule as ``labapp count`` takes them, without seats and seed.
        options: in the order of the paper; labels distinct.
        seats: how many are chosen, where the rule has seats.
        most: most options that one ballot may mark or rank.
        scale: score: most points of an option; points: those of one ballot together.
        budget: what there is to spend, in the unit of the costs.
        tie_rule: which public draw orders a tie, in words; ``seed`` is what it gave.
        roll: who could vote.
        quorum: voters needed; 0 where none is asked.
        turnout: channels -> ballots received, spoilt ones and people standing for hands
            included; channels under five already joined, as "card+paper".
        ballots: what a ballot holds, by positions -> how many hold exactly this; marks "1 3", a
            ranking "3 1 2", points "1:5 3:2", a blank ballot "".
        spoilt: ballots received that nobody can read, which are not in ``ballots``; None where
            very few voted on paper, and such ballots are in no number here.
        hands: a show of hands, if one took place.
        receipts: the codes of the ballots by account and by card.
        reconciled: channel -> what was handed out.
        witnesses: of the count, by office.
        differences: sentences that explain each difference found.
        opened_at: when it opened.
        closed_at: when it closed.
        raised: how often the shares were raised in an earlier count; it is not published, so that
            whoever checks the vote searches for it anew.
    """

    lab: str
    question: str
    rule: str
    parameters: Mapping[str, str]
    options: tuple[PublishedOption, ...]
    seats: int
    most: int
    roll: Roll
    turnout: Mapping[str, int]
    ballots: Mapping[str, int]
    receipts: tuple[str, ...]
    tie_rule: str
    opened_at: datetime
    closed_at: datetime
    seed: str = ""
    scale: int | None = None
    budget: int | None = None
    quorum: int = 0
    spoilt: int | None = 0
    hands: RaisedHands | None = None
    reconciled: Mapping[str, PublishedReconciliation] = field(default_factory=dict)
    witnesses: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    raised: int = 0

    @property
    def method(self) -> Method:
        """By which it is counted."""
        return METHODS[self.rule]

    @property
    def cast(self) -> int:
        """How many ballots are counted, blank ones included."""
        return sum(self.ballots.values())

    @property
    def few(self) -> bool:
        """Whether so few voted, or so few beside raised hands, that only totals are published."""
        return self.cast < FEW or self.joins_hands

    @property
    def joins_hands(self) -> bool:
        """Whether a show of hands is told as one with what few voted in secret."""
        return any("hands" in group.split("+")[1:] for group in self.turnout)

    @property
    def voters(self) -> int:
        """How many took part: ballots received, and people who stood for hands."""
        return sum(self.turnout.values())

    @property
    def undrawn(self) -> bool:
        """Whether no tie was drawn, because fewer voted than were needed."""
        return self.voters < self.quorum and not self.seed
