"""The public copy of a PDF is what its pages show: no author, place, script, form or attachment."""

import subprocess
import sys
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from labapp.domain.errors import Unreadable
from labapp.files import pdf_copy, service
from labapp.files.pdf_copy import public_copy
from labapp.files.pdf_fault import PdfFault
from tests.files.make import CASES, PDF, pdf, photo
from tests.files.test_service import keep

#: Everything that a document may tell or do besides what is seen on its pages; each says SECRET.
LOADED = pdf(
    # 5 to 9: who wrote it, a script, an attachment, what is done with it
    "<</Author(SECRET 5)/Creator(SECRET 5)/CreationDate(D:20260101)>>",
    "<</Type/Metadata/Subtype/XML/Length 8>>stream\nSECRET 6\nendstream",
    "<</S/JavaScript/JS(SECRET 7)/Next<</S/Launch/F(SECRET 7)>>>>",
    "<</Type/Filespec/F(SECRET 8)/EF<</F 9 0 R>>>>",
    "<</Type/EmbeddedFile/Length 8>>stream\nSECRET 9\nendstream",
    # 10 to 17: what lies on its page
    "<</Subtype/Link/Rect[0 0 9 9]/T(SECRET 10)/A<</S/Launch/F(SECRET 10)>>>>",
    "<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org/)/Next 7 0 R>>>>",
    "<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(javascript:SECRET)>>>>",
    "<</Subtype/FileAttachment/Rect[0 0 9 9]/FS 8 0 R/T(SECRET 13)>>",
    "<</Subtype/Text/Rect[0 0 9 9]/T(SECRET 14)/Contents(SECRET 14)/AA<</E 7 0 R>>>>",
    "<</FT/Tx/T(SECRET 15)/Subtype/Widget/Rect[0 0 9 9]/AA<</K 7 0 R>>/AP<</N 16 0 R>>>>",
    "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/PieceInfo<</X(SECRET 16)>>/Length 11>>"
    "stream\n/FILLED_IN \n\nendstream",
    "<</Subtype/Screen/Rect[0 0 9 9]/A<</S/Rendition/JS(SECRET 17)>>>>",
    root="/Metadata 6 0 R/OpenAction 7 0 R/AA<</WC 7 0 R>>/AcroForm<</Fields[15 0 R]/XFA(SECRET)>>"
    "/Names<</JavaScript<</Names[(a) 7 0 R]>>/EmbeddedFiles<</Names[(SECRET) 8 0 R]>>>>"
    "/AF[8 0 R]/PieceInfo<</X<</LastModified(SECRET)>>>>/Outlines<</First 7 0 R/A 7 0 R>>",
    page="/Annots[10 0 R 11 0 R 12 0 R 13 0 R 14 0 R 15 0 R 17 0 R]/AA<</O 7 0 R>>/Thumb 16 0 R"
    "/PieceInfo<</X(SECRET)>>/LastModified(SECRET)/VP[<</Measure<</Subtype/GEO/GPTS[8 -79]>>>>]",
    trailer="/Info 5 0 R/ID[(SECRET)(SECRET)]",
)


def inside(document: bytes) -> str:
    """Return all that a PDF holds, unpacked."""
    with pikepdf.open(BytesIO(document)) as opened:
        whole = [repr(opened.trailer)]
        for each in opened.objects:
            whole.append(repr(each))
            if isinstance(each, pikepdf.Stream):
                whole.append(each.read_raw_bytes().decode("latin-1"))
                if each.get("/Filter") != pikepdf.Name.DCTDecode:
                    whole.append(each.read_bytes().decode("latin-1"))
    return "\n".join(whole)


def refused(sent: bytes) -> PdfFault:
    with pytest.raises(Unreadable) as refusal:
        public_copy(sent)
    return next(fault for fault in PdfFault if fault.sentence == refusal.value.sentence)


def test_a_copy_tells_nothing_and_does_nothing_besides_what_its_pages_show() -> None:
    held = inside(LOADED)

    copy = inside(public_copy(LOADED))

    assert held.count("SECRET") > 20
    assert "SECRET" not in copy
    for word in ("JavaScript", "Launch", "/AA", "OpenAction", "/EF", "GPTS", "/Info", "XFA", "/T("):
        assert word not in copy, word


def test_what_was_filled_in_and_a_link_to_the_web_are_seen_as_before() -> None:
    copy = public_copy(LOADED)

    assert "FILLED_IN" in inside(copy)
    with pikepdf.open(BytesIO(copy)) as opened:
        acts = [link.A for link in opened.pages[0].Annots]
        assert [(str(act.S), str(act.URI)) for act in acts] == [("/URI", "https://example.org/")]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("g18_five_bytes.pdf", PdfFault.BROKEN),
        ("g20_locked.pdf", PdfFault.LOCKED),
        ("g37_cut.pdf", PdfFault.CUT),
    ],
)
def test_what_does_not_open_is_refused_with_its_reason(name: str, fault: PdfFault) -> None:
    assert refused((CASES / name).read_bytes()) is fault


def test_a_document_cut_anywhere_is_refused() -> None:
    newer = PDF + b"9 0 obj\n<</Author(x)>>\nendobj\nxref\n9 1\n"

    faults = {refused(sent) for sent in (PDF[:100], PDF[: len(PDF) // 2], PDF[:-60], newer)}

    assert faults <= {PdfFault.CUT, PdfFault.BROKEN}
    assert refused(newer) is PdfFault.CUT


def test_a_document_without_pages_is_refused() -> None:
    empty = PDF.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[     ]/Count 0")

    assert refused(empty) is PdfFault.NO_PAGES


def test_a_page_that_cannot_be_decoded_is_refused() -> None:
    assert (
        refused(PDF.replace(b"/Length 5>>", b"/Length 5/Filter/FlateDecode>>")) is PdfFault.BROKEN
    )


def test_a_document_that_unfolds_into_gigabytes_is_refused() -> None:
    packer = zlib.compressobj(9)
    first, *more = (
        packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    made = BytesIO()
    with pikepdf.open(BytesIO(PDF)) as document:
        document.pages[0].Contents.write(first + more[0] * 300, filter=pikepdf.Name.FlateDecode)
        document.save(
            made, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )

    assert len(made.getvalue()) < service.LARGEST
    assert refused(made.getvalue()) is PdfFault.TOO_MUCH


def test_too_many_pages_are_refused() -> None:
    made = BytesIO()
    with pikepdf.open(BytesIO(PDF)) as document:
        for _ in range(1000):
            document.pages.append(document.pages[0])
        document.save(made)

    assert refused(made.getvalue()) is PdfFault.TOO_MUCH


@pytest.fixture(params=["exec sleep 5", "kill -9 $$"])
def ended_cleaner(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[None]:
    """Have the process of the cleaner hang, or be killed."""
    interpreter = tmp_path / "interpreter"
    interpreter.write_text(f"#!/bin/sh\n{request.param}\n")
    interpreter.chmod(0o700)
    with monkeypatch.context() as ended:
        ended.setattr(sys, "executable", str(interpreter))
        ended.setattr(pdf_copy, "PATIENCE", 0.2)
        yield


@pytest.mark.usefixtures("world", "ended_cleaner")
def test_a_cleaner_that_hangs_or_is_killed_refuses_and_leaves_nothing(tmp_path: Path) -> None:
    for _ in range(3):  # each gives its turn back
        with pytest.raises(Unreadable, match="takes too long"):
            keep(PDF, "a", tmp_path / "files")

    assert not (tmp_path / "files").exists()


def test_a_cleaner_at_fault_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(RuntimeError):
        public_copy(PDF)


def test_a_document_with_a_wrong_table_of_contents_but_whole_is_taken() -> None:
    assert public_copy(pdf(at=7))


@pytest.mark.parametrize("name", ["g19_bom.pdf", "g21_author.pdf"])
def test_what_readers_open_is_taken(name: str, world: None, tmp_path: Path) -> None:
    stored = keep((CASES / name).read_bytes(), "evidencia-1", tmp_path)

    kept = service.place(stored, tmp_path).read_bytes()
    assert stored.media_type == "application/pdf"
    assert kept.startswith(b"%PDF-")
    assert "Vecina" not in inside(kept)


def test_what_stands_behind_a_document_does_not_reach_the_public() -> None:
    program = b"MZ" + b"\x90" * 5000 + b"This program cannot be run"

    copy = public_copy(PDF + program)

    assert copy == public_copy(PDF)
    assert b"This program" not in copy


def test_a_former_version_within_a_document_does_not_reach_the_public() -> None:
    offset = len(PDF)
    former = PDF.rfind(b"xref", 0, -20)
    table = f"xref\n4 1\n{offset:010} 00000 n \n"
    table += f"trailer<</Size 5/Root 1 0 R/Prev {former}>>"
    newer = b"4 0 obj\n<</Length 5>>stream\n9 9 m\nendstream\nendobj\n"
    newer += f"{table}\nstartxref\n{offset + len(newer)}\n%%EOF\n".encode()

    copy = inside(public_copy(PDF + newer))

    assert "9 9 m" in copy
    assert "0 0 m" not in copy


def test_a_document_that_only_may_not_be_changed_is_taken_unlocked() -> None:
    made = BytesIO()
    with pikepdf.open(BytesIO(PDF)) as document:
        document.save(made, encryption=pikepdf.Encryption(owner="x", user=""))

    with pikepdf.open(BytesIO(public_copy(made.getvalue()))) as copy:
        assert not copy.is_encrypted


def test_a_photo_within_a_document_loses_its_place_and_no_pixel() -> None:
    taken = photo(gps=True)
    made = BytesIO()
    with pikepdf.open(BytesIO(PDF)) as document:
        picture = pikepdf.Stream(
            document,
            taken,
            {
                "/Subtype": pikepdf.Name.Image,
                "/Width": 40,
                "/Height": 30,
                "/ColorSpace": pikepdf.Name.DeviceRGB,
                "/BitsPerComponent": 8,
                "/Filter": pikepdf.Name.DCTDecode,
            },
        )
        document.pages[0].Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(P=document.make_indirect(picture))
        )
        document.save(made)

    copy = public_copy(made.getvalue())

    assert b"Maker" in made.getvalue()
    assert b"Maker" not in copy
    with pikepdf.open(BytesIO(copy)) as opened:
        shown = opened.pages[0].Resources.XObject.P
        assert isinstance(shown, pikepdf.Stream)
        assert pikepdf.PdfImage(shown).as_pil_image().tobytes() == pixels(taken)


def pixels(sent: bytes) -> bytes:
    with Image.open(BytesIO(sent)) as opened:
        return opened.tobytes()


def test_the_same_document_has_the_same_copy_and_cleaning_it_again_changes_nothing() -> None:
    copies = [public_copy(LOADED), public_copy(LOADED)]

    assert copies[0] == copies[1]
    assert inside(public_copy(copies[0])).count("FILLED_IN") == inside(copies[0]).count("FILLED_IN")


def test_a_server_never_loads_what_opens_documents() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, labapp.house; print({'pikepdf'} & {*sys.modules})"],
        capture_output=True,
        check=True,
    )

    assert loaded.stdout.strip() == b"set()"
