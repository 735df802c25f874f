"""What is done once a count is published: its act is printed and bundled. Safe to repeat."""

import logging
from datetime import datetime
from hashlib import sha256

from flask import current_app, has_request_context, request
from flask_babel import force_locale
from flask_babel import gettext as _

from labapp.counting.bundle import write
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.errors import Uncountable
from labapp.db import db
from labapp.domain.errors import Refusal
from labapp.files import pdf as typst_pdf
from labapp.files import qr, views
from labapp.polling.queries import batches, hands
from labapp.results.documents.act import act_document
from labapp.results.models import TallyAct
from labapp.results.queries import acts as act_queries
from labapp.results.queries.published_vote import published_vote
from labapp.results.service import acts
from labapp.voting import queries
from labapp.voting.models import Vote

_log = logging.getLogger(__name__)


def print_due(now: datetime) -> int:
    """Print and bundle each act that is not yet; return how many were."""
    waiting = act_queries.unprinted_ids()
    db.session.commit()
    return sum(print_act(vote_id, now) for vote_id in waiting)


def print_act(vote_id: int, now: datetime) -> bool:
    """Make the documents of a published vote and keep them. Commits.

    The publication stands without them: if they cannot be made now, the clock tries again.

    Returns:
        Whether they were made just now.
    """
    vote, act = db.session.get_one(Vote, vote_id), act_queries.act(vote_id)
    if act is None or act_queries.documents(vote_id):
        return False
    try:
        published = published_vote(vote)
        pdf = typst_pdf.pdf("act", _act_data(vote, published, act))
        made = acts.attach(vote, published, pdf, now=now, folder=views.folder())
        db.session.commit()
    except (Refusal, Uncountable, RuntimeError, OSError) as fault:
        db.session.rollback()
        _log.warning("the act of vote %s waits: %s", vote_id, fault)
        return False
    return made


def _act_data(vote: Vote, published: PublishedVote, act: TallyAct) -> dict[str, object]:
    """Return what the source of the PDF reads, in the language of the site."""
    language = str(current_app.config["BABEL_DEFAULT_LOCALE"])
    seal = sha256(acts.plain(published)).hexdigest()
    lab = queries.lab_of(vote)
    counted, piles = write.decide_vote(published), batches.in_order(vote.id)
    declared = hands.have_witnesses_declared(vote.id)
    with force_locale(language):
        document = act_document(vote, published, counted, act, piles, declared=declared)
        return {
            **document.plain,
            "lang": language,
            "over": " · ".join([published.lab, _("Example")] if lab.example else [published.lab]),
            "check": _check(seal),
        }


def _check(seal: str) -> dict[str, str]:
    """Return how the act is checked: the hash of its plain form, and a QR that leads there."""
    site = _site()
    address = f"{site}/verify/{seal}"
    return {
        "title": _("Check this act"),
        "said": _(
            "This page tells whether this act is the one that was published. The bundle of the "
            "vote holds it with every ballot: labapp verify counts them again."
        ),
        "address": address,
        "alt": _("QR code that leads to %(address)s", address=address),
        "svg": qr.svg(address, border=2) if site else "",
    }


def _site() -> str:
    """Return where the site is reached; of whoever publishes by hand, where they reach it.

    The clock knows no request: empty where no setting says it either.
    """
    site = str(current_app.config["SITE_URL"])
    if not site and has_request_context():
        site = request.url_root
    return site.rstrip("/")
