"""The act: what each round did, where one follows another: who paid what, who fell, what moved."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.counting.bundle import contents
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.explain.chart import ChartRound, Move
from labapp.counting.explain.sentence import format_amount
from labapp.counting.explanation import chart
from labapp.counting.method import Payment, Payments
from labapp.counting.outcome import Amount, Count
from labapp.results.documents.sections import Section, SectionTable


def each(vote: PublishedVote, counted: Count) -> Section | None:
    """Return what each round did; None where votes are added once, and of few ballots."""
    if vote.few:
        return None
    names = {option.key: option.label for option in vote.options}
    payments = vote.method.payments(counted)
    if payments:
        return _shares(names, payments, drawn=counted.drawn)
    rounds = chart(contents.election(vote), counted).steps()
    pairs = zip((None, *rounds), rounds, strict=False)
    items = [line for before, each in pairs for line in _lines(each, before)]
    return Section(_("Each round"), items=items) if items else None


def _shares(names: Mapping[str, str], shares: Payments, *, drawn: bool) -> Section:
    """Return the shares and what each paid, project by project."""
    facts = [(_("Share of each ballot at first"), _money(shares.first))]
    if drawn:
        times = ngettext("%(num)d time", "%(num)d times", shares.raises)
        step = _("%(times)s, by %(money)s each", times=times, money=_money(shares.increment))
        facts += [
            (_("How often it was raised"), step if shares.raises else _("never")),
            (_("Share of each ballot at the end"), _money(shares.last)),
        ]
    rows = [_paid(n, names[each.option], each) for n, each in enumerate(shares.funded, 1)]
    heads = (
        _("Funded, in this order"),
        _("Cost, B/."),
        _("Paid by each, B/."),
        _("Paid in full"),
        _("Money left, B/."),
    )
    note = _(
        "In each round the project bought is the one whose supporters pay the least for each "
        "balboa of its cost. Who has less than the price gives what is left to them."
    )
    return Section(
        _("Each round"), [note], facts, table=SectionTable(heads, rows) if rows else None
    )


def _paid(number: int, name: str, each: Payment) -> tuple[str, ...]:
    """Return the row of a project: its price, or that votes gave it what was left over."""
    price, full = _("by votes"), "—"
    if each.price is not None:
        price = format_amount(each.price)
        full = _("%(some)s of %(all)s", some=each.in_full, all=each.supporters)
    return (f"{number}. {name}", format_amount(each.cost), price, full, format_amount(each.left))


def _money(amount: Amount) -> str:
    return f"B/. {format_amount(amount)}"


def _lines(each: ChartRound, before: ChartRound | None) -> list[str]:
    """Return what a round did, a sentence for each who gave votes on, fell, or was chosen."""
    givers = dict.fromkeys(move.giver for move in each.moves if move.giver not in each.fallen)
    over = [
        _(
            "Round %(number)s. What %(name)s had over the quota went to: %(moves)s.",
            number=each.number,
            name=name,
            moves=_moves(each, name),
        )
        for name in givers
    ]
    had = {bar.label: bar.shown for bar in (*(before.bars if before else ()), *each.bars)}
    fell = [_fell(each, name, had[name]) for name in each.fallen]
    chosen = [
        _("Round %(number)s. Chosen: %(name)s.", number=each.number, name=name)
        for name in each.chosen
    ]
    return [*over, *fell, *chosen]


def _fell(each: ChartRound, name: str, votes: str) -> str:
    """Return who fell, with how many votes, and where these went."""
    figures = {"number": each.number, "name": name, "votes": votes, "moves": _moves(each, name)}
    if not figures["moves"]:
        return str(_("Round %(number)s. Falls: %(name)s, with %(votes)s.", **figures))
    return str(
        _(
            "Round %(number)s. Falls: %(name)s, with %(votes)s. Where its votes went: %(moves)s.",
            **figures,
        )
    )


def _moves(each: ChartRound, giver: str) -> str:
    """Return where the votes of one option went, in words."""
    mine: list[Move] = [move for move in each.moves if move.giver == giver]
    return "; ".join(f"{move.taker or _('no other choice')}: {move.shown}" for move in mine)
