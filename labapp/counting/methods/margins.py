"""Why an option won or lost where votes or points are added: by how much."""

from collections.abc import Mapping

from labapp.counting.errors import mark
from labapp.counting.explain.sentence import Sentence, Teller, format_amount
from labapp.counting.outcome import Amount

#: Where one ballot gives an option one vote or none.
OF_VOTES = {
    "ahead": mark(
        "Chosen: %(votes)s of %(voters)s in favour, %(ahead)s more than “%(next)s”, the first "
        "left out."
    ),
    "alone": mark(
        "Chosen: %(votes)s of %(voters)s in favour, and no option with votes was left out."
    ),
    "order": mark(
        "Chosen: %(votes)s of %(voters)s in favour, as many as: %(others)s. All of them enter; "
        "the public draw decided only the order."
    ),
    "drawn": mark(
        "Chosen by the public draw: %(votes)s of %(voters)s in favour, as many as: %(others)s. "
        "There was no place for all."
    ),
    "undrawn": mark(
        "Not chosen: %(votes)s of %(voters)s in favour, as many as: %(others)s. There was no place "
        "for all, and the public draw decided."
    ),
    "behind": mark(
        "Not chosen: %(votes)s of %(voters)s in favour; “%(last)s”, the last chosen, had %(most)s: "
        "%(lacking)s more."
    ),
    "level": mark(
        "Chosen: %(votes)s of %(voters)s in favour, as many as: %(others)s. All of them enter; "
        "which comes first was not drawn, because the minimum was not reached."
    ),
    "tied": mark(
        "Tied: %(votes)s of %(voters)s in favour, as many as: %(others)s. There is no place for "
        "all, and it was not drawn, because the minimum was not reached."
    ),
    "over": mark(
        "Chosen: %(votes)s of %(voters)s in favour, %(over)s more than those who tie for the last "
        "place."
    ),
    "short": mark(
        "Not chosen: %(votes)s of %(voters)s in favour; those who tie for the last place have "
        "%(level)s: %(short)s more."
    ),
    "none": mark("Not chosen: nobody voted for it."),
}
OF_POINTS = {
    "ahead": mark(
        "Chosen: its points were %(votes)s, %(ahead)s more than those of “%(next)s”, the first "
        "left out."
    ),
    "alone": mark("Chosen: its points were %(votes)s, and no option with points was left out."),
    "order": mark(
        "Chosen: its points were %(votes)s, as many as: %(others)s. All of them enter; the public "
        "draw decided only the order."
    ),
    "drawn": mark(
        "Chosen by the public draw: its points were %(votes)s, as many as: %(others)s. There was "
        "no place for all."
    ),
    "undrawn": mark(
        "Not chosen: its points were %(votes)s, as many as: %(others)s. There was no place for "
        "all, and the public draw decided."
    ),
    "behind": mark(
        "Not chosen: its points were %(votes)s; “%(last)s”, the last chosen, had %(most)s: "
        "%(lacking)s more."
    ),
    "level": mark(
        "Chosen: its points were %(votes)s, as many as: %(others)s. All of them enter; which comes "
        "first was not drawn, because the minimum was not reached."
    ),
    "tied": mark(
        "Tied: its points were %(votes)s, as many as: %(others)s. There is no place for all, and "
        "it was not drawn, because the minimum was not reached."
    ),
    "over": mark(
        "Chosen: its points were %(votes)s, %(over)s more than those of who ties for the last "
        "place."
    ),
    "short": mark(
        "Not chosen: its points were %(votes)s; those who tie for the last place have %(level)s: "
        "%(short)s more."
    ),
    "none": mark("Not chosen: nobody gave it points."),
}


def margins(
    teller: Teller, votes: Mapping[str, Amount], sentences: Mapping[str, str]
) -> list[Sentence]:
    """Say why each option won or lost."""
    voters = teller.election.ballots + teller.election.people
    return [
        teller.say(
            option,
            sentences[_case(teller, votes, option)],
            votes=format_amount(votes[option]),
            voters=format_amount(voters),
            **_beside(teller, votes, option),
        )
        for option in teller.options
    ]


def _case(teller: Teller, votes: Mapping[str, Amount], option: str) -> str:
    if not votes[option]:
        return "none"
    if not teller.counted.drawn:
        return _undrawn(teller, option) or _alone(teller, votes, option)
    won = option in teller.winners
    tie = teller.tie(option, "elected")
    if tie:
        entered = sum(each in teller.winners for each in tie.among)
        if entered == len(tie.among):
            return "order"
        if entered:
            return "drawn" if won else "undrawn"
    return _alone(teller, votes, option)


def _undrawn(teller: Teller, option: str) -> str:
    """Return the case of an option where ties were not drawn; "" where none touches it."""
    if teller.tie(option, "elected"):
        return "level" if option in teller.winners else "tied"
    apart = teller.tied[0] not in teller.winners
    if option in teller.winners:
        return "over" if apart else ""
    return "short" if apart or teller.winners[-1] in teller.tied else ""


def _alone(teller: Teller, votes: Mapping[str, Amount], option: str) -> str:
    """Return the case of an option that ties with none."""
    if option in teller.winners:
        return "ahead" if _first_out(teller, votes) else "alone"
    return "behind"


def _beside(teller: Teller, votes: Mapping[str, Amount], option: str) -> dict[str, str]:
    """Return the values that speak of the others."""
    values = {}
    tie = teller.tie(option, "elected")
    if tie:
        values["others"] = teller.beside(option, tie)
    if teller.winners:
        last = teller.winners[-1]
        values |= {
            "last": teller.label(last),
            "most": format_amount(votes[last]),
            "lacking": format_amount(votes[last] - votes[option]),
        }
    if teller.tied:
        level = votes[teller.tied[0]]
        over = votes[option] - level
        values |= {
            "level": format_amount(level),
            "over": format_amount(over),
            "short": format_amount(-over),
        }
    out = _first_out(teller, votes)
    if out:
        values |= {"next": teller.label(out), "ahead": format_amount(votes[option] - votes[out])}
    return values


def _first_out(teller: Teller, votes: Mapping[str, Amount]) -> str | None:
    """Return the option with most votes of those not chosen, if any has votes."""
    out = [o for o in teller.options if o not in teller.winners and votes[o]]
    return max(out, key=lambda o: votes[o]) if out else None
