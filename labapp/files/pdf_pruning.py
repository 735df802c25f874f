"""What of a PDF reaches the public: what is seen on its pages, and nothing that acts or tells.

Source: ISO 32000-2 (2020): 7.7 document structure, 12.5 annotations, 12.6 actions, 14 interchange.
"""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from labapp.files.jpeg_segments import without_notes

#: What of the catalogue is kept: how pages are found, called and read aloud.
_OF_THE_ROOT = {
    "/Dests", "/Extensions", "/Lang", "/MarkInfo", "/Names", "/OCProperties", "/Outlines",
    "/PageLabels", "/PageLayout", "/Pages", "/StructTreeRoot", "/Type", "/Version",
}  # fmt: skip
#: What of a page is kept: what is drawn on it, and where.
_OF_A_PAGE = {
    "/Annots", "/ArtBox", "/BleedBox", "/Contents", "/CropBox", "/Group", "/MediaBox", "/Parent",
    "/Resources", "/Rotate", "/StructParents", "/Tabs", "/TrimBox", "/Type", "/UserUnit",
}  # fmt: skip
#: What of a link is kept.
_OF_A_LINK = {
    "/A", "/BS", "/Border", "/C", "/Contents", "/Dest", "/F", "/H", "/P", "/QuadPoints", "/Rect",
    "/StructParent", "/Subtype", "/Type",
}  # fmt: skip
#: What is kept nowhere: who, where, when and with what; what is hung on it; what acts.
_NOWHERE = {
    "/AA", "/AF", "/AcroForm", "/Alternates", "/CreatorInfo", "/EF", "/EmbeddedFiles", "/JS",
    "/JavaScript", "/LastModified", "/Measure", "/Metadata", "/Next", "/OPI", "/OpenAction",
    "/PieceInfo", "/PtData", "/Ref", "/RichMediaContent", "/Thumb", "/VP", "/XFA",
}  # fmt: skip
#: What a reader may do at a click: go to another page of the document, or open a web page.
_GOES, _OPENS = "/GoTo", "/URI"
_WEB = ("http://", "https://")
#: What acts, wherever it hangs.
_ACTS = {
    "/GoTo3DView", "/GoToE", "/GoToR", "/Hide", "/ImportData", "/JavaScript", "/Launch", "/Movie",
    "/Named", "/Rendition", "/ResetForm", "/RichMediaExecute", "/SetOCGState", "/Sound",
    "/SubmitForm", "/Thread", "/Trans",
}  # fmt: skip
#: A stream that is kept in another file.
_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")


def prune(pdf: Pdf) -> None:
    """Take out of a document all that is not seen on its pages.

    What was written into its forms and drawn over its pages is made part of them first. A link to
    the web stays: it acts only when somebody clicks, and whoever reads sees where it leads.
    """
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")
    _keep(pdf.Root, _OF_THE_ROOT)
    if isinstance(names := pdf.Root.get("/Names"), Dictionary):
        _keep(names, {"/Dests"})
    for page in pdf.pages:
        _keep(page.obj, _OF_A_PAGE)
        page.obj["/Annots"] = Array(_links(pdf, page.obj))
        if not len(page.obj["/Annots"]):
            del page.obj["/Annots"]
    for found in _dictionaries(pdf):
        _prune_one(found)
    for key in list(pdf.trailer.keys()):
        if key not in {"/Root", "/Size"}:
            del pdf.trailer[key]


def _links(pdf: Pdf, page: Object) -> Iterator[Object]:
    """Yield the links of a page, without what their writer left in them."""
    found = page.get("/Annots")
    for link in found if isinstance(found, Array) else ():
        if not isinstance(link, Dictionary) or link.get("/Subtype") != Name.Link:
            continue
        _keep(link, _OF_A_LINK)
        _prune_action(link)
        if "/A" in link or "/Dest" in link:
            yield link if link.is_indirect else pdf.make_indirect(link)


def _dictionaries(pdf: Pdf) -> Iterator[Object]:
    """Yield every dictionary and stream of a document, those within others too."""
    for whole in pdf.objects:
        waiting = [whole]
        while waiting:
            found = waiting.pop()
            if isinstance(found, Dictionary | Stream):
                yield found
                inside = [one for _key, one in found.items()]
            elif isinstance(found, Array):
                inside = list(found)
            else:
                continue
            waiting += [
                one for one in inside if isinstance(one, Dictionary | Array) and not one.is_indirect
            ]


def _prune_one(found: Object) -> None:
    for key in _NOWHERE.intersection(found.keys()):
        del found[key]
    if isinstance(found, Stream):
        for key in _ELSEWHERE:
            if key in found:
                del found[key]
        _prune_picture(found)
    elif found.get("/Type") == Name.Filespec or found.get("/S") in _ACTS:
        _keep(found, set())
    else:
        _prune_action(found)


def _prune_action(found: Object) -> None:
    """Leave of what is done at a click what only leads somewhere; elsewhere no act at all.

    What a structure says of its looks stands under the same key, and names its owner.
    """
    act = found.get("/A")
    if isinstance(act, Dictionary) and ("/S" in act or "/O" not in act):
        if act.get("/S") == _GOES:
            found["/A"] = Dictionary(S=Name.GoTo, D=act.get("/D", Array()))
        elif act.get("/S") == _OPENS and str(act.get("/URI", "")).lower().startswith(_WEB):
            found["/A"] = Dictionary(S=Name.URI, URI=act["/URI"])
        else:
            del found["/A"]


def _prune_picture(stream: Object) -> None:
    """Take out of a photo within the document what the camera wrote into it."""
    chain, how = stream.get("/Filter"), stream.get("/DecodeParms")
    filters = list(chain) if isinstance(chain, Array) else [chain]
    if filters == [Name.DCTDecode]:
        raw = stream.read_raw_bytes()
        clean = without_notes(raw)
        if clean != raw:
            kept = how if isinstance(how, Dictionary | Array) else None
            stream.write(clean, filter=Name.DCTDecode, decode_parms=kept)


def _keep(found: Object, keys: set[str]) -> None:
    for key in list(found.keys()):
        if key not in keys:
            del found[key]
