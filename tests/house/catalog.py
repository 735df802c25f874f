"""Bring the Spanish catalog up to date: ``python -m tests.house.catalog``.

It extracts every sentence from ``labapp/``, keeps the Spanish there is, drops what nobody says
any more, sorts, compiles, and prints the entries still without Spanish: append them to
``messages.po`` with their ``msgstr`` filled in, and run this again.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
PO = ROOT / "labapp/translations/es/LC_MESSAGES/messages.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **parse_keywords(["mark", "_l", "lazy_gettext", "lazy_ngettext:1,2", "_n:1,2"]),
}
# A compiled catalog must hold some date; the hour of compiling would change its bytes.
SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "# Spanish of Panama; the reader is addressed as usted.\n"


def said() -> Catalog:
    """Return every sentence that the application can say, without places."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # babel lacks its type
    catalog = Catalog()
    for _file, _line, sentence, _comments, context in extract_from_dir(
        ROOT, methods, options, KEYWORDS, strip_comment_tags=True
    ):
        catalog.add(sentence, context=context)
    return catalog


def spanish() -> Catalog:
    """Return the catalog as it stands."""
    with PO.open("rb") as file:
        return read_po(file, locale="es")


def missing(sentences: Catalog, translated: Catalog) -> list[Message]:
    """Return the sentences said that have no Spanish, or only half of it."""
    return [
        sentence
        for sentence in sentences
        if sentence.id and not _complete(translated.get(sentence.id, sentence.context))
    ]


def updated(sentences: Catalog, translated: Catalog) -> Catalog:
    """Return a catalog of just the sentences said, with the Spanish that is known."""
    catalog = Catalog(locale="es", header_comment=HEADER, fuzzy=False)
    for sentence in sentences:
        known = translated.get(sentence.id, sentence.context) if sentence.id else None
        if known is not None and _complete(known):
            catalog.add(sentence.id, known.string, context=sentence.context)
    return catalog


def po_text(catalog: Catalog) -> bytes:
    """Return the catalog as a file that two branches can merge: sorted, no dates, no places."""
    out = io.BytesIO()
    write_po(out, catalog, no_location=True, sort_output=True, omit_header=True, width=0)
    header = (
        f'{HEADER}msgid ""\nmsgstr ""\n'
        '"Language: es\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    return header.encode() + out.getvalue()


def mo_bytes(po: bytes) -> bytes:
    """Return the compiled form of a catalog, the same bytes for the same text."""
    catalog = read_po(io.BytesIO(po), locale="es")
    catalog.creation_date = catalog.revision_date = SOME_DAY
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def _complete(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    parts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return all(parts)


def main() -> int:
    """Write both forms of the catalog; print what lacks Spanish and answer 1 if any."""
    sentences, translated = said(), spanish()
    po = po_text(updated(sentences, translated))
    PO.write_bytes(po)
    MO.write_bytes(mo_bytes(po))
    lacking = missing(sentences, translated)
    out = io.BytesIO()
    write_po(out, _catalog_of(lacking), omit_header=True, width=0, sort_output=True)
    sys.stdout.write(out.getvalue().decode())
    return 1 if lacking else 0


def _catalog_of(sentences: list[Message]) -> Catalog:
    catalog = Catalog(locale="es", fuzzy=False)
    for sentence in sentences:
        catalog.add(sentence.id, context=sentence.context)
    return catalog


if __name__ == "__main__":
    sys.exit(main())
