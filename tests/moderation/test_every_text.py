"""Every text that people send can be blacked out, or it is said here why not."""

import re

from flask import Flask
from sqlalchemy import Enum, String, Text
from sqlalchemy.orm import configure_mappers

from labapp import hooks
from labapp.db import Base
from labapp.thread.service.texts import ColumnTexts

#: What is written by the site, or by nobody: keys, hashes, codes, names of rows.
OURS = "made by the site, not by people"
PRIVATE = "read by its owner or the desk alone"
SECRET = "of a secret vote, or of the hall: never shown"
DIRECTORY = "a directory that ANTAI and administrators edit in place"
LAB = "the lab's own sheet, which its facilitators and ANTAI edit in place"
#: ``table`` or ``table.column``, as a pattern, and why nothing of it is blacked out.
EXCLUDED = {
    r"person\..*|failed_sign_in\..*|sign_in\..*|recovery\..*": PRIVATE,
    r"join_request\..*|check_in\..*|seat\.ended_why": PRIVATE,
    r"lab_person\.known_as": PRIVATE,
    r"roll_objection\..*": PRIVATE,
    r"ballot\..*|turnout\..*|receipt\..*|card\..*|reading\..*|sheet\..*": SECRET,
    r"chain\..*|counter\..*|submission\..*|counting\..*|tally_act\..*|roll_line\..*": OURS,
    r"entry\.(chain|before|after|hash|reason)": "kept for ever; its reason is covered beside it",
    r"covered_reason\.text|kept_text\..*|covered_text\..*": "what moderation itself keeps",
    r"removal\..*": "what moderation itself keeps",
    r"(proposal|version|problem_version)\.review_words": PRIVATE,
    r"dismissal\.(appeal|reason|ruling)": PRIVATE,
    r"thing\.(code|lang|state|title)": "copies of the texts of each room, and codes",
    r"duty\..*": "names of roles and entities, and the law",
    r"entity_link\..*|stored_file\.((original_)?sha256|media_type|original_type)": OURS,
    r"organization\..*|place\..*|plan\..*|target\..*": DIRECTORY,
    r"lab\..*|authority_record\..*|candidate\..*|lab_grant\..*|ally\..*": LAB,
    r"closing_request\..*": "why a lab asks to close, and why ANTAI did not agree",
    r"owed\..*": "what stayed owed at the close, worked out by the site; its reason is the team's",
    r"agreement\.accepted_how|evidence\.attested_by": OURS,
    r"consultation\.(channels|parameters|roll_hash|roll_salt|seed)": OURS,
    r"consultation\.annulled_why": "ANTAI's own, frozen with the vote",
}


def words() -> set[str]:
    """Return every column that holds words, as ``table.column``."""
    configure_mappers()
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, String | Text)
        and not isinstance(column.type, Enum)
        and not column.foreign_keys
    }


def covered() -> set[str]:
    """Return the columns that some room lets be blacked out."""
    return {
        f"{column.class_.__table__.name}.{column.key}"
        for texts in hooks.public_texts
        if isinstance(texts, ColumnTexts)
        for column in (*texts.heads, *texts.columns)
    }


def test_every_text_can_be_blacked_out_or_is_left_out_with_its_reason(app: Flask) -> None:
    excluded = re.compile("|".join(f"(?:{pattern})" for pattern in EXCLUDED))

    left = {text for text in words() - covered() if not excluded.fullmatch(text)}

    assert left == set(), "name it in its room's public_texts, or say here why not"


def test_nothing_is_left_out_that_can_be_blacked_out(app: Flask) -> None:
    excluded = re.compile("|".join(f"(?:{pattern})" for pattern in EXCLUDED))

    assert {text for text in covered() if excluded.fullmatch(text)} <= {"thing.title"}


def test_what_is_left_out_is_there(app: Flask) -> None:
    gone = [one for one in EXCLUDED if not any(re.fullmatch(one, word) for word in words())]

    assert gone == []
