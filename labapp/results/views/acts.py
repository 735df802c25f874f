"""The pages of a published count: its act, its files, its receipts, and the page that checks."""

import re
from hashlib import sha256

from flask import abort, redirect, render_template, request, url_for
from markupsafe import Markup

from labapp.accounts.views.gate import Answer, site_gate
from labapp.counting.bundle import turnout_check, write
from labapp.domain.code_alphabet import LETTER, in_groups
from labapp.domain.policy import Act
from labapp.files import qr, views
from labapp.files.models import StoredFile
from labapp.labs.models import Lab
from labapp.labs.views.gate import gate
from labapp.pagination import page_of
from labapp.polling.queries import batches, hands
from labapp.results.documents.act import act_document
from labapp.results.models import TallyAct
from labapp.results.queries import acts as act_queries
from labapp.results.queries.published_vote import published_vote
from labapp.results.service import acts
from labapp.results.views.blueprint import bp
from labapp.voting import queries
from labapp.voting.models import Vote

_CODE = re.compile(f"{LETTER}{{12}}")
_HASH = re.compile(r"[0-9a-f]{64}")
#: Receipts a page.
_CODES = 200


@bp.get("/labs/<slug>/votes/<int:number>/act")
@gate(Act.LAB_VIEW)
def act(lab: Lab, number: int) -> Answer:
    """Show the act of the count: what the PDF says, counted again now."""
    vote, written = _published_act(lab, number)
    published = published_vote(vote)
    files = act_queries.documents(vote.id)
    made = (file.sha256 for file in files if file.media_type == acts.JSON)
    seal = next(made, None) or sha256(acts.plain(published)).hexdigest()
    address = f"{request.url_root}verify/{seal}"
    return render_template(
        "results/act.html",
        lab=lab,
        vote=vote,
        number=number,
        few=published.few,
        told=act_document(
            vote,
            published,
            write.decide_vote(published),
            written,
            batches.in_order(vote.id),
            declared=hands.have_witnesses_declared(vote.id),
        ),
        files=files,
        seal=seal,
        address=address,
        qr=Markup(qr.svg(address, border=2)),  # noqa: S704  (drawn by us from an address of ours)
    )


@bp.get("/labs/<slug>/votes/<int:number>/act.pdf")
@gate(Act.LAB_VIEW)
def act_pdf(lab: Lab, number: int) -> Answer:
    """Send the act as it was printed when the result was published."""
    vote, _written = _published_act(lab, number)
    return _send_document(lab, number, act_queries.document(vote.id, acts.PDF))


@bp.get("/labs/<slug>/votes/<int:number>/act.json")
@gate(Act.LAB_VIEW)
def act_json(lab: Lab, number: int) -> Answer:
    """Send the act as plain values: the bytes whose hash the QR code bears."""
    vote, _written = _published_act(lab, number)
    return _send_document(lab, number, act_queries.document(vote.id, acts.JSON))


@bp.get("/labs/<slug>/votes/<int:number>/bundle.zip")
@gate(Act.LAB_VIEW)
def bundle(lab: Lab, number: int) -> Answer:
    """Send the bundle from which anybody can count again."""
    vote, _written = _published_act(lab, number)
    return _send_document(lab, number, act_queries.document(vote.id, acts.ZIP))


@bp.get("/labs/<slug>/votes/<int:number>/receipts")
@gate(Act.LAB_VIEW)
def receipts(lab: Lab, number: int) -> Answer:
    """Look for one receipt among those of a published vote, and list them."""
    vote, _written = _published_act(lab, number)
    listed = not turnout_check.withholds_receipts(published_vote(vote))
    asked = request.args.get("receipt", "").strip()
    code = _tidy(asked)
    after = _tidy(request.args.get("after", ""))
    codes = act_queries.codes(vote.id, after=after, limit=_CODES + 1) if listed else ()
    page = page_of(codes, lambda receipt: receipt, size=_CODES)
    return render_template(
        "results/receipts.html",
        lab=lab,
        vote=vote,
        number=number,
        asked=asked,
        code=code,
        found=bool(code) and act_queries.has_code(vote.id, code),
        listed=listed,
        after=after,
        codes=page.rows,
        more=page.next,
    )


@bp.get("/verify/", defaults={"sha256": ""})
@bp.get("/verify/<sha256>")
@site_gate(Act.SITE_VIEW)
def verify(sha256: str) -> Answer:
    """Say which document of which vote has this SHA-256, or that none has."""
    asked = re.sub(r"\s", "", sha256 or request.args.get("hash", "")).lower()
    if not sha256 and _HASH.fullmatch(asked):
        return redirect(url_for(".verify", sha256=asked))
    document = act_queries.by_hash(asked) if _HASH.fullmatch(asked) else None
    page = render_template("results/verify.html", asked=asked, found=document)
    return page, 200 if document or not sha256 else 404


def _published_act(lab: Lab, number: int) -> tuple[Vote, TallyAct]:
    """Return a vote whose result is published, and its act; else there is no such page."""
    vote = queries.by_number(lab.id, number) or abort(404)
    return vote, act_queries.act(vote.id) or abort(404)


def _send_document(lab: Lab, number: int, file: StoredFile | None) -> Answer:
    """Send a document; while it is being made, show the page that says so."""
    if file is None:
        return redirect(url_for(".act", slug=lab.slug, number=number))
    return views.send(file)


def _tidy(text: str) -> str:
    """Return a receipt as it is kept, however it was typed; empty if it cannot be one."""
    letters = re.sub(r"[\s-]", "", text).upper()
    if not _CODE.fullmatch(letters):
        return ""
    return in_groups(letters)
