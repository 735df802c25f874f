"""RemovalCode: why words, a photo or a whole thing were taken away, or not published."""

from enum import StrEnum

from labapp.domain.errors import mark


class RemovalCode(StrEnum):
    """The public half of a reason; the words beside it are read by the author and the desk alone.

    Criticism of an office, or of how public money is spent, is no reason, and none is here for it.
    """

    INSULT = "insult"
    NAMES_PERSON = "names_person"
    PRIVATE_DATA = "private_data"
    MINOR = "minor"
    DUPLICATE = "duplicate"
    LAW = "law"
    #: Only of what was never published.
    OTHER_PLACE = "other_place"
    #: Only of a document: another was made in its place.
    SUPERSEDED = "superseded"
    #: Its author's own wish, which is no decision of anybody else.
    OWN_WISH = "own_wish"

    @property
    def label(self) -> str:
        """The words for this reason, for gettext."""
        return _LABELS[self]

    @property
    def outlives_appeal(self) -> bool:
        """Whether the text stays away when an appeal is not answered in its term."""
        return self in (RemovalCode.PRIVATE_DATA, RemovalCode.MINOR, RemovalCode.LAW)


_LABELS: dict[RemovalCode, str] = {
    RemovalCode.INSULT: mark("insults somebody"),
    RemovalCode.NAMES_PERSON: mark("names a person"),
    RemovalCode.PRIVATE_DATA: mark("tells private data"),
    RemovalCode.MINOR: mark("shows or names a minor"),
    RemovalCode.DUPLICATE: mark("is said already elsewhere"),
    RemovalCode.LAW: mark("is against the law"),
    RemovalCode.OTHER_PLACE: mark("is not about this community"),
    RemovalCode.SUPERSEDED: mark("was replaced by another"),
    RemovalCode.OWN_WISH: mark("was withdrawn by who sent it"),
}

#: For what the public can read.
OF_PUBLISHED: tuple[RemovalCode, ...] = tuple(
    code
    for code in RemovalCode
    if code not in (RemovalCode.OTHER_PLACE, RemovalCode.SUPERSEDED, RemovalCode.OWN_WISH)
)
#: For what nobody published yet.
OF_UNPUBLISHED: tuple[RemovalCode, ...] = (*OF_PUBLISHED, RemovalCode.OTHER_PLACE)
