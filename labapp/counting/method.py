"""Method: what is to be known of one way to count, all of it asked of one object."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.explain.chart import Chart
from labapp.counting.explain.sentence import Sentence, Teller
from labapp.counting.lot import Lot
from labapp.counting.outcome import Amount, Count, Outcome, Tie
from labapp.counting.parameters import Options


class BallotKind(StrEnum):
    """What a ballot holds; of other methods, those whose ballots say least are asked first."""

    ONE = "one"
    RANKS = "ranks"
    POINTS = "points"
    MARKS = "marks"

    @property
    def example(self) -> str:
        """How a ballot of this kind is written in one line, marked."""
        return _EXAMPLES[self]


_EXAMPLES = {
    BallotKind.ONE: mark("Write the number of the option that is marked, such as: 3"),
    BallotKind.RANKS: mark("Write the numbers of the options from first to last, such as: 3 1 2"),
    BallotKind.POINTS: mark("Write each option with its points, such as: 1:5 3:2"),
    BallotKind.MARKS: mark("Write the numbers of the options that are marked, such as: 1 3"),
}


class Basis(StrEnum):
    """What follows from one total for each option, which is all that is published of few ballots.

    From ``SUMS`` the result follows; from ``SPENDING`` too, with the costs; from ``DUELS`` with
    the table of who was put before whom; from ``NOTHING`` it does not.
    """

    SUMS = "sums"
    SPENDING = "spending"
    DUELS = "duels"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class MethodQuestion:
    """An option of a method that whoever sets a vote decides, or that is told of it.

    Attributes:
        name: as ``labapp count`` takes it.
        told: what it is called where the rules of a vote are stated, marked.
        asked: the question, marked; empty where it is worked out and nobody is asked.
        choices: answer -> its words, marked; none where the answer is an amount of money.
        usual: the answer where none is given.
    """

    name: str
    told: str
    asked: str = ""
    choices: Mapping[str, str] | None = None
    usual: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """A project funded: what its supporters paid; None where votes gave it what was left over."""

    option: str
    cost: Amount
    left: Amount
    price: Amount | None = None
    in_full: int = 0
    supporters: int = 0


@dataclass(frozen=True, slots=True)
class Payments:
    """What each voter had to pay with, at first and at the end, and what was paid, in order."""

    first: Fraction
    last: Fraction
    raises: int
    increment: int
    funded: Sequence[Payment]


@dataclass(frozen=True, slots=True)
class Variant:
    """Another count that ballots allow when they are read anew: its words, method and ballots."""

    label: str
    method: "Method"
    election: Election


class Method(ABC):
    """One way in which ballots become a result. There is one object of each: see ``METHODS``.

    Attributes:
        name: as stored, published, and typed after ``--rule``.
        label: its words, marked.
        paper: what one ballot of it holds.
        basis: what follows of it from totals alone.
        has_budget: whether options have costs and a budget decides what is chosen.
        has_seats: whether it is told how many to choose.
        allows_hands: whether totals of a show of hands can be added to the ballots.
        is_plain: whether it is used where nobody asks for another.
        adds: whether each option has one sum of votes or points, and these decide.
        stops: whether it ends at the first project that does not fit.
        spoils: whether a ballot may be valid on paper and spoilt for it.
        most_options: with more it takes over ten seconds, or much memory, on a laptop.
        most_scored: the most options whose points a ballot of 200 characters holds.
        top_scale: the most points that may be asked for; None where ballots hold no points.
        usual_scale: the points where nobody says how many.
        shares_points: whether the points of a ballot are bounded together, and not one by one.
        questions: its options that a form asks.
        recount: its options when it counts the ballots of another method.
        ties_over: what its ties may be about, where the totals do not tell.
        ties_by: what may resolve them.
        pabulib: Pabulib's own names for it -> the options that they mean (pabulib.org/format).
        vote_type: what Pabulib calls its ballots.
        limit: what Pabulib calls the bound of a ballot.
        reads_threshold: whether a threshold in Pabulib's metadata is an option of it.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    paper: ClassVar[BallotKind]
    basis: ClassVar[Basis]
    has_budget: ClassVar[bool] = False
    has_seats: ClassVar[bool] = True
    allows_hands: ClassVar[bool] = False
    is_plain: ClassVar[bool] = False
    adds: ClassVar[bool] = False
    stops: ClassVar[bool] = False
    spoils: ClassVar[bool] = False
    most_options: ClassVar[int | None] = None
    most_scored: ClassVar[int | None] = None
    top_scale: ClassVar[int | None] = None
    usual_scale: ClassVar[int | None] = None
    shares_points: ClassVar[bool] = False
    questions: ClassVar[tuple[MethodQuestion, ...]] = ()
    recount: ClassVar[Mapping[str, str]] = {}
    ties_over: ClassVar[tuple[str, ...]] = ()
    ties_by: ClassVar[tuple[str, ...]] = ("lot",)
    pabulib: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    vote_type: ClassVar[str] = "approval"
    limit: ClassVar[str] = "max_length"
    reads_threshold: ClassVar[bool] = False

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __str__(self) -> str:
        return self.name

    @property
    def marks_one(self) -> bool:
        """Whether a ballot marks one option and no more."""
        return self.paper is BallotKind.ONE

    @property
    def marks(self) -> bool:
        """Whether a ballot marks as many options as are allowed."""
        return self.paper is BallotKind.MARKS

    @property
    def ranks(self) -> bool:
        """Whether a ballot puts options in order."""
        return self.paper is BallotKind.RANKS

    @property
    def gives_points(self) -> bool:
        """Whether a ballot gives options points."""
        return self.paper is BallotKind.POINTS

    @property
    def chooses_one(self) -> bool:
        """Whether it never chooses several."""
        return not (self.has_seats or self.has_budget)

    @abstractmethod
    def count(self, election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Any]:
        """Count.

        Raises:
            Uncountable: the ballots are not such as it needs, or an option of it will not do.
        """

    @abstractmethod
    def stop(self, outcome: Outcome[str, Any], met: tuple[Tie[str], ...]) -> Outcome[str, Any]:
        """Return the outcome as far as it goes when nobody draws these ties, in which it is met."""

    @abstractmethod
    def chart(self, election: Election, counted: Count, *, few: bool) -> Chart:
        """Return the chart of a count; ``few``: so few voted that only totals are shown."""

    @abstractmethod
    def reasons(self, teller: Teller) -> list[Sentence]:
        """Say of each option why it won or lost."""

    def totals(self, election: Election, counted: Count) -> Mapping[str, Amount]:
        """Return the votes or points of each option; of rankings, first places."""
        if election.rankings is None:
            return ballot_kinds.worth(election)
        return ballot_kinds.first_places(election, counted.rule)

    def tells_rounds(self, _outcome: Outcome[str, Any]) -> bool:
        """Whether the rounds of few ballots can be published, for no ballot follows from them."""
        return True

    def payments(self, _counted: Count) -> Payments | None:
        """Return who paid what, where voters pay."""
        return None

    def raises_shares(self, _parameters: Mapping[str, str]) -> bool:
        """Whether a count with these options raises everybody's share, which may take long."""
        return False

    def points_of(self, worths: Sequence[int]) -> int:
        """Return the points of one ballot that its scale bounds."""
        return sum(worths) if self.shares_points else max(worths, default=0)

    def of_one_ballot(self, options: int, most: int, scale: int | None) -> tuple[int, int, int]:
        """Return what one ballot gives: the least and the most in all, and the most to one option.

        Args:
            options: how many are on the paper.
            most: options that it may mark.
            scale: its points, where it gives points.

        Returns:
            The least is of a ballot that is not blank.
        """
        del options, most, scale
        return 1, 1, 1

    def wins_unnamed(self, _parameters: Mapping[str, str]) -> bool:
        """Whether an option may be chosen that no ballot puts first."""
        return True

    def least_people(self, hands: Sequence[int]) -> int:
        """Return how few people can have raised these hands, option by option."""
        return max(hands, default=0)

    def most_named(self, asked: int, options: int) -> int:
        """Return the most of ``options`` that a ballot may name when ``asked`` are allowed."""
        if self.marks:
            return min(asked, options)
        return 1 if self.marks_one else options

    def parameters(
        self, _answers: Mapping[str, str], *, budget: int | None, members: int
    ) -> dict[str, str]:
        """Return the options of a vote from the answers to its questions.

        Args:
            _answers: name of a question -> what was answered, perhaps nothing.
            budget: whole balboas, if they are said.
            members: how many may vote, as far as is known.
        """
        del budget, members
        return {}

    def recounts(self, _election: Election, _seats: int) -> bool:
        """Whether the ballots of another method, as they are, say enough for this one."""
        return False

    def variants(self, _election: Election, _seats: int) -> Sequence[Variant]:
        """Return the counts by others that its own ballots allow when they are read anew."""
        return ()
