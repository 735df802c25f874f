"""Write letters, agreements, what the entity declares, and what others saw of it."""

from labapp.followup.service.agreements import (
    MilestoneDraft,
    accept_agreement,
    add_step,
    draft_agreement,
    edit_step,
    remove_step,
)
from labapp.followup.service.evidence import Proof, add_evidence, copy_anew
from labapp.followup.service.letters import LetterDraft, answer_letter, send_letter
from labapp.followup.service.links import issue_link, revoke_link
from labapp.followup.service.progress import declare
from labapp.followup.service.proxy_looks import attest, confirm_for
from labapp.followup.service.verification import VisitFacts, confirm, verify

__all__ = [
    "LetterDraft",
    "MilestoneDraft",
    "Proof",
    "VisitFacts",
    "accept_agreement",
    "add_evidence",
    "add_step",
    "answer_letter",
    "attest",
    "confirm",
    "confirm_for",
    "copy_anew",
    "declare",
    "draft_agreement",
    "edit_step",
    "issue_link",
    "remove_step",
    "revoke_link",
    "send_letter",
    "verify",
]
