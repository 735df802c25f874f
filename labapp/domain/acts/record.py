"""What is done with the record."""

from labapp.domain.acts.row import ANYBODY, ActRow, Heading
from labapp.domain.errors import mark


class RecordActs:
    """Rows of the table of acts, in the order in which they are printed."""

    RECORD_VIEW = ActRow(
        "record:view",
        mark("Read the public record"),
        heading=Heading.SITE,
        roles=ANYBODY,
    )
