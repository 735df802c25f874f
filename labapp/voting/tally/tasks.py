"""What is done once a count is published: its act is printed and bundled. Safe to repeat."""

import logging
import re
from datetime import datetime
from hashlib import sha256
from io import BytesIO

import segno
from flask import current_app, has_request_context, request
from flask_babel import force_locale
from flask_babel import gettext as _

from labapp.counting.bundle import write
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.errors import Uncountable
from labapp.db import db
from labapp.domain.errors import Refusal
from labapp.files import delivery, typeset
from labapp.labs.models import Lab
from labapp.voting.models import Consultation, TallyAct
from labapp.voting.tally import document, gathering, queries, service

_log = logging.getLogger(__name__)


def print_due(now: datetime) -> int:
    """Print and bundle each act that is not yet; return how many were."""
    waiting = queries.unprinted()
    db.session.commit()
    return sum(print_act(consultation_id, now) for consultation_id in waiting)


def print_act(consultation_id: int, now: datetime) -> bool:
    """Make the documents of a published vote and keep them. Commits.

    The publication stands without them: if they cannot be made now, the clock tries again.

    Returns:
        Whether they were made just now.
    """
    vote, act = db.session.get_one(Consultation, consultation_id), queries.act(consultation_id)
    if act is None or act.pdf_id is not None:
        return False
    try:
        told = gathering.vote(vote)
        pdf = typeset.pdf("act", _printed(vote, told, act))
        made = service.attach(vote, told, pdf, now=now, folder=delivery.folder())
        db.session.commit()
    except (Refusal, Uncountable, RuntimeError, OSError) as fault:
        db.session.rollback()
        _log.warning("the act of vote %s waits: %s", consultation_id, fault)
        return False
    return made


def _printed(consultation: Consultation, vote: PublishedVote, act: TallyAct) -> dict[str, object]:
    """Return what the source of the PDF reads, in the language of the site."""
    language = str(current_app.config["BABEL_DEFAULT_LOCALE"])
    seal = sha256(service.plain(vote)).hexdigest()
    lab = db.session.get_one(Lab, consultation.thing.lab_id)
    counted, piles = write.decide_vote(vote), queries.piles(consultation.id)
    with force_locale(language):
        told = document.written(consultation, vote, counted, act, piles)
        return {
            **told.plain,
            "lang": language,
            "over": " · ".join([vote.lab, _("Example")] if lab.example else [vote.lab]),
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
        "svg": qr(address) if site else "",
    }


def _site() -> str:
    """Return where the site is reached; of whoever publishes by hand, where they reach it.

    The clock knows no request: empty where no setting says it either.
    """
    site = str(current_app.config["SITE_URL"])
    if not site and has_request_context():
        site = request.url_root
    return site.rstrip("/")


def qr(address: str) -> str:
    """Return a QR code as SVG text."""
    out = BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", border=2, light="#fff", xmldecl=False, omitsize=True
    )
    return re.sub(r' class="[^"]*"', "", out.getvalue().decode())
