"""What the totals of a small vote do not give: that it is possible, and agrees with the lot."""

from collections.abc import Container, Mapping

from labapp.counting.bundle.differences import Differs, compare
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.read import Fields
from labapp.counting.lot import Lot
from labapp.counting.outcome import Amount, Tie


def check(
    vote: PublishedVote, ballots: int, told: Fields, counts: Mapping[str, Amount], lot: Lot[str]
) -> None:
    """Check that those said to have won could have won with these totals.

    Args:
        vote: the vote, without its ballots.
        ballots: how many there were.
        told: what ``result.json`` holds.
        counts: option -> total: first places, or ballots that support it.
        lot: the public lot.

    Raises:
        Differs: with the first thing that cannot be.
        UnreadableFile: a field is not what it must be.
    """
    require_possible_totals(vote, counts, ballots)
    winners = told.texts("winners")
    _require_known_options(winners, counts, "winners")
    if vote.method.has_budget:
        spent = sum(option.cost or 0 for option in vote.options if option.key in winners)
        if spent > (vote.budget or 0):
            raise Differs(
                "result.json chooses what costs %(spent)s, and the budget is %(budget)s.",
                spent=str(spent),
                budget=str(vote.budget),
            )
    else:
        _check_elected(vote, winners, counts)


def _require_known_options(options: tuple[str, ...], paper: Container[str], where: str) -> None:
    for option in options:
        if option not in paper or options.count(option) > 1:
            raise Differs(
                "result.json differs at %(where)s: “%(option)s” is not on the paper, or is there "
                "twice.",
                where=where,
                option=option[:40],
            )


def _check_elected(
    vote: PublishedVote, winners: tuple[str, ...], counts: Mapping[str, Amount]
) -> None:
    """Check that as many won as must, and among them whoever has the quota of first places."""
    votes = int(sum(counts.values()))
    seats = 1 if vote.method.chooses_one else vote.seats
    most = min(seats, len(counts)) if votes else 0
    if len(winners) != most:
        compare("result.json", len(winners), most, "winners, length")
    if not vote.method.wins_unnamed(vote.parameters):
        for option in winners:
            if not counts[option]:  # it falls before any ballot can move to it
                raise Differs(
                    "result.json chooses %(option)s, whom nobody put first.", option=option
                )
    quota = votes // (seats + 1) + 1
    for option, firsts in counts.items():
        if firsts >= quota and option not in winners:
            raise Differs(
                "result.json does not choose %(option)s, whom %(firsts)s of %(votes)s put first.",
                option=option,
                firsts=str(firsts),
                votes=str(votes),
            )


def ties(vote: PublishedVote, told: Fields, lot: Lot[str]) -> tuple[Tie[str], ...]:
    """Return the ties that are told, each of options of the paper and ordered as it must be.

    Raises:
        Differs: with the first that is not.
        UnreadableFile: one is no tie.
    """
    ties_read = []
    for n, row in enumerate(told.rows("ties"), 1):
        tie = Tie(
            row.number("round"),
            row.text("over"),
            row.texts("among"),
            row.texts("order"),
            row.text("by"),
        )
        where = f"ties, {n}"
        _require_known_options(tie.among, lot.names, where)
        if (
            len(tie.among) < 2
            or tie.over not in vote.method.ties_over
            or not 1 <= tie.round <= 2 * len(vote.options)
            or tie.by not in vote.method.ties_by
        ):
            raise Differs(
                "result.json differs at %(where)s: it is no tie of this rule.", where=where
            )
        order = list(lot.order(tie.among))
        if tie.over == "eliminated":
            order.reverse()  # the lot puts first who stays longest
        if tie.by == "lot" or set(tie.order) != set(order) or len(tie.order) != len(order):
            compare("result.json", list(tie.order), order, f"{where}, order")
        ties_read.append(tie)
    return tuple(ties_read)


def require_possible_totals(
    vote: PublishedVote, counts: Mapping[str, Amount], ballots: int, *, silent: int | None = None
) -> None:
    """Check that so many ballots can give these totals.

    Args:
        vote: the vote, without its ballots.
        counts: option -> total, raised hands included.
        ballots: how many there were.
        silent: how many of them gave nothing, where that is told.

    Raises:
        Differs: they cannot.
    """
    raised = vote.hands.votes if vote.hands else {}
    given = {option: count - raised.get(option, 0) for option, count in counts.items()}
    least, most, top = vote.method.of_one_ballot(len(vote.options), vote.most, vote.scale)
    speaking = ballots - (silent or 0)
    total = sum(given.values())
    if not (
        speaking >= 0
        and min(given.values()) >= 0
        and max(given.values()) <= top * speaking
        and total <= most * speaking
        and (silent is None or total >= least * speaking)
    ):
        raise Differs(
            "totals.csv and result.json say what %(ballots)s ballots cannot give.",
            ballots=str(ballots),
        )


def pairwise(told: Fields, counts: Mapping[str, Amount], ballots: int) -> dict[str, dict[str, int]]:
    """Return who was put before whom, as told, if so many ballots and first places allow it.

    Raises:
        Differs: they do not.
        UnreadableFile: the table is not whole.
    """
    rounds = told.rows("rounds")
    if not rounds:
        raise told.wrong("rounds")
    table = rounds[0].within("pairwise")
    votes_by_pair = {key: table.numbers(key) for key in counts}
    if any(set(row) != set(counts) - {key} for key, row in votes_by_pair.items()):
        raise told.wrong("pairwise")
    for a, row in votes_by_pair.items():
        for b, votes in row.items():
            if not counts[a] <= votes <= ballots - votes_by_pair[b][a]:
                raise Differs(
                    "result.json says of %(a)s and %(b)s what %(ballots)s ballots cannot give.",
                    a=a,
                    b=b,
                    ballots=str(ballots),
                )
    if sum(counts.values()) > ballots:
        raise Differs("totals.csv has more first places than there are ballots.")
    return votes_by_pair
