"""What stands in a JPEG beside its picture: taken out without decoding it. Pure."""

#: Markers that stand alone: TEM, RST0 to RST7, SOI.
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_COMMENT, _ADOBE = 0xFE, 0xEE
_APPLICATIONS = range(0xE0, 0xF0)


def without_notes(jpeg: bytes) -> bytes:
    """Return a JPEG without the notes of the camera, its place, its small copy or a comment.

    What says how its colours are meant (JFIF, Adobe) stays, and every pixel. What stands behind
    its end is dropped.

    Args:
        jpeg: whatever a document calls a JPEG; what is none comes back as it is.

    Source: ITU-T T.81 (1992), annex B: markers and their segments.
    """
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept = [jpeg[:2]]
    at = 2
    while at < len(jpeg) - 1:
        marker = jpeg[at + 1]
        if jpeg[at] != 0xFF or marker == 0xFF:
            at += 1
            continue
        end = _end_of_segment(jpeg, at)
        if not _is_note(marker, jpeg[at + 4 : end]):
            kept.append(jpeg[at:end])
        if marker == _END:
            break
        at = end
    return b"".join(kept)


def _is_note(marker: int, said: bytes) -> bool:
    if marker == _COMMENT:
        return True
    colours = said.startswith(b"JFIF\0") or marker == _ADOBE
    return marker in _APPLICATIONS and not colours


def _end_of_segment(jpeg: bytes, at: int) -> int:
    """Return where the next marker stands: behind a scan, behind all its coded data."""
    marker = jpeg[at + 1]
    if marker in _BARE or marker == _END:
        return at + 2
    end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    if marker != _SCAN:
        return min(max(end, at + 4), len(jpeg))
    while 0 <= (end := jpeg.find(b"\xff", end)) < len(jpeg) - 1:
        if jpeg[end + 1] != 0 and jpeg[end + 1] not in range(0xD0, 0xD8):
            return end
        end += 2
    return len(jpeg)
