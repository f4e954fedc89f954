"""Old Office files (OLE compound files): what they hold, told without a workbook reader."""

import struct
from dataclasses import dataclass
from pathlib import Path

from trigpoint.ingest.receipt import LoadRefused

LARGEST_BYTES = 256 << 20
"""An .xls sheet ends at 65,536 rows of 256 columns: a workbook of several full ones stays below this."""
LONGEST_DIRECTORY = 20_000
"""Entries. An ordinary workbook has fewer than a hundred; a longer list goes round in a circle."""
_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_ENTRY_BYTES = 128
_FILEPASS = 0x002F
_DAMAGED = "The old Office file is damaged or cut short. Ask for it again, or save it as .xlsx."


@dataclass(frozen=True, slots=True)
class _Layout:
    raw: bytes
    sector_bytes: int
    following: tuple[int, ...]

    def chain(self, start: int, limit: int) -> bytes:
        """The first `limit` bytes of a stream that begins in sector `start`."""
        parts: list[bytes] = []
        at, seen = start, 0
        while at not in (_END, _FREE) and seen < limit:
            if at >= len(self.following):
                raise LoadRefused(_DAMAGED)
            begin = (at + 1) * self.sector_bytes
            parts.append(self.raw[begin : begin + self.sector_bytes])
            seen += self.sector_bytes
            at = self.following[at]
        return b"".join(parts)


def refuse_unsafe_ole(path: Path) -> None:
    """Raises LoadRefused for a file that is protected, holds macros, or is no Excel workbook."""
    if path.stat().st_size > LARGEST_BYTES:
        raise LoadRefused(f"The .xls file is larger than {LARGEST_BYTES >> 20} MB. Save it as .csv.")
    try:
        layout, entries = _opened(path.read_bytes())
    except struct.error as fault:
        raise LoadRefused(_DAMAGED) from fault
    names = {name.lower() for name, _, _ in entries}
    if names & {"encryptedpackage", "encryptioninfo"}:
        raise LoadRefused("The workbook is protected by a password. Save it without one and bring it again.")
    if any(name.startswith("_vba_project") or name == "vba" for name in names):
        raise LoadRefused("The workbook holds macros. Save it as .xlsx, without them, and bring it again.")
    start = next((start for name, start, _ in entries if name.lower() in ("workbook", "book")), None)
    if start is None:
        raise LoadRefused(
            "The file is an old Office file but no Excel workbook. Save the table as .xlsx or .csv."
        )
    if _has_filepass(layout.chain(start, 4096)):
        raise LoadRefused("The workbook is protected by a password. Save it without one and bring it again.")


def _opened(raw: bytes) -> tuple[_Layout, list[tuple[str, int, int]]]:
    shift = struct.unpack_from("<H", raw, 30)[0]
    if shift not in (9, 12):
        raise LoadRefused(_DAMAGED)
    sector_bytes = 1 << shift
    layout = _Layout(raw, sector_bytes, _allocation(raw, sector_bytes))
    directory = layout.chain(struct.unpack_from("<I", raw, 48)[0], LONGEST_DIRECTORY * _ENTRY_BYTES)
    return layout, [
        entry for at in range(0, len(directory) - 127, _ENTRY_BYTES) if (entry := _entry(directory, at))
    ]


def _entry(directory: bytes, at: int) -> tuple[str, int, int] | None:
    """Name, first sector and length of one entry; None for an unused one."""
    length, kind = struct.unpack_from("<HB", directory, at + 64)
    if kind == 0:
        return None
    name = directory[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", errors="replace")
    start, size = struct.unpack_from("<II", directory, at + 116)
    return name, start, size


def _allocation(raw: bytes, sector_bytes: int) -> tuple[int, ...]:
    """For every sector the one that follows it."""
    tables = [at for at in struct.unpack_from("<109I", raw, 76) if at not in (_FREE, _END)]
    further, count = struct.unpack_from("<II", raw, 68)
    each = sector_bytes // 4
    for _ in range(min(count, len(raw) // sector_bytes)):
        if further in (_FREE, _END):
            break
        *more, further = struct.unpack_from(f"<{each}I", raw, (further + 1) * sector_bytes)
        tables += [at for at in more if at not in (_FREE, _END)]
    if len(tables) * sector_bytes > len(raw) + sector_bytes:
        raise LoadRefused(_DAMAGED)
    following: list[int] = []
    for at in tables:
        following += struct.unpack_from(f"<{each}I", raw, (at + 1) * sector_bytes)
    return tuple(following)


def _has_filepass(start: bytes) -> bool:
    """Whether the workbook's first records say that the rest is encrypted."""
    at = 0
    while at + 4 <= len(start):
        kind, length = struct.unpack_from("<HH", start, at)
        if kind == _FILEPASS:
            return True
        if kind == 0x0085:  # the first sheet's name: the record would have come before it
            return False
        at += 4 + length
    return False
