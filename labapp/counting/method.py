"""Methods of a vote: what each is called, and what one ballot of it holds."""

from enum import StrEnum

from labapp.counting.errors import mark


class Paper(StrEnum):
    """What a ballot holds."""

    ONE = "one"
    MARKS = "marks"
    RANKS = "ranks"
    POINTS = "points"


class Method(StrEnum):
    """How ballots become a result; the values are the names that ``labapp count`` knows."""

    APPROVAL = "approval"
    EQUAL_SHARES = "equal-shares"
    PLURALITY = "plurality"
    SCORE = "score"
    POINTS = "points"
    BORDA = "borda"
    IRV = "irv"
    STV = "stv"
    SCHULZE = "schulze"
    GREEDY = "greedy"
    GREEDY_STOP = "greedy-stop"

    @property
    def label(self) -> str:
        """The words for this method, for gettext."""
        return _LABELS[self]

    @property
    def paper(self) -> Paper:
        """What one ballot of this method holds."""
        return _PAPERS.get(self, Paper.MARKS)

    @property
    def has_budget(self) -> bool:
        """Whether options have costs and a budget decides what is chosen."""
        return self in (Method.EQUAL_SHARES, Method.GREEDY, Method.GREEDY_STOP)

    @property
    def allows_hands(self) -> bool:
        """Whether totals of a show of hands can be added to the ballots."""
        return self in (Method.PLURALITY, Method.APPROVAL)


_PAPERS = {
    Method.PLURALITY: Paper.ONE,
    Method.SCORE: Paper.POINTS,
    Method.POINTS: Paper.POINTS,
    Method.BORDA: Paper.RANKS,
    Method.IRV: Paper.RANKS,
    Method.STV: Paper.RANKS,
    Method.SCHULZE: Paper.RANKS,
}

_LABELS = {
    Method.APPROVAL: mark("Approval: each person marks those they support"),
    Method.EQUAL_SHARES: mark("Sharing a budget: each person's support pays an equal part"),
    Method.PLURALITY: mark("One mark: the option with most marks"),
    Method.SCORE: mark("Score: each option gets points up to a top"),
    Method.POINTS: mark("Points to share among the options"),
    Method.BORDA: mark("Ranking, counted by places (Borda)"),
    Method.IRV: mark("Ranking, the last falls each round (instant runoff)"),
    Method.STV: mark("Ranking for several places (single transferable vote)"),
    Method.SCHULZE: mark("Ranking, compared two by two (Schulze)"),
    Method.GREEDY: mark("Budget by votes, skipping what does not fit"),
    Method.GREEDY_STOP: mark("Budget by votes, stopping at what does not fit"),
}
