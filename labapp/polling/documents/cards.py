"""The sheet of cards as a PDF: made once, sent once, kept nowhere."""

from collections.abc import Sequence

from flask_babel import get_locale
from flask_babel import gettext as _

from labapp.files import pdf as typst_pdf
from labapp.files import qr
from labapp.polling.service.cards import PrintedCard
from labapp.voting.models import Vote
from labapp.web.formatting import moment


def pdf(vote: Vote, cards: Sequence[PrintedCard], *, over: str, entrance: str) -> bytes:
    """Return the cards, eight a sheet.

    Args:
        vote: whose cards they are.
        over: the site and the lab, as every card says.
        cards: with their codes.
        entrance: the whole address where a code is typed in; a QR leads there, code and all.

    Raises:
        Conflict: it took too long.
    """
    words = {
        "title": _("Voting cards"),
        "stub": _("Stub no."),
        "keep": _("Keep this stub."),
        "lost": _("If you lose the card before voting, show the stub at the table."),
        "how": _(
            "Good for one vote. Point your phone at the square, or open this address, or use the "
            "tablet of the hall. Nobody knows which card is yours."
        ),
        "closes": _("It votes until %(when)s", when=moment(vote.closes_at)),
        "alt": _("Square code that opens the ballot of this card"),
    }
    data = {
        "words": words,
        "lang": str(get_locale().language),
        "over": over,
        "question": vote.question,
        "address": entrance.partition("://")[2],
        "cards": [
            {
                "serial": card.serial,
                "code": card.code,
                "qr": qr.svg(f"{entrance}/{card.code}", border=1),
            }
            for card in cards
        ],
    }
    return typst_pdf.pdf("cards", data)
