"""Read which steps have something shown of them that stands: neither hidden nor taken away."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from labapp.db import db
from labapp.files.models import StoredFile
from labapp.followup.models import Evidence
from labapp.thread.models import Thing

#: As SQL, beside evidence, its thing and its file.
_STANDS = (
    Thing.hidden_at.is_(None),
    StoredFile.removed_at.is_(None),
    # A document of before that does not open shows nothing: it has no copy.
    or_(
        StoredFile.original_sha256.is_(None),
        StoredFile.sha256 != StoredFile.original_sha256,
    ),
)


@dataclass(frozen=True, slots=True)
class EvidenceStatus:
    """What stands of the evidence of a step.

    Attributes:
        public: whether anybody can open a piece of it.
        reserved: whether there is a piece that the public may not see.
    """

    public: bool = False
    reserved: bool = False

    def serves(self, *, by_committee: bool) -> bool:
        """Tell whether what was seen counts with it.

        The committee sees what is reserved, and vouches for it; neighbours do not.
        """
        return self.public or (by_committee and self.reserved)


def evidence_status(milestone_ids: Collection[int]) -> dict[int, EvidenceStatus]:
    """Return what stands of the evidence of each of these steps. One statement."""
    rows = db.session.execute(
        select(Evidence.milestone_id, Evidence.public)
        .join(Thing, Thing.id == Evidence.id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(Evidence.milestone_id.in_(milestone_ids), *_STANDS)
        .distinct()
    )
    found = {(key, public) for key, public in rows}
    return {
        key: EvidenceStatus((key, True) in found, (key, False) in found) for key in milestone_ids
    }


def has_evidence(milestone_id: int) -> bool:
    """Return whether anything that stands was shown of this step, reserved or not."""
    stands = (
        select(Evidence.id)
        .join(Thing, Thing.id == Evidence.id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(Evidence.milestone_id == milestone_id, *_STANDS)
    )
    return db.session.scalars(select(exists(stands))).one()
