"""Zip archives, looked at member by member before anything in them is unpacked."""

import copy
import errno
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from trigpoint.ingest.receipt import LoadRefused

BLOCK_BYTES = 1 << 20
FREE_BYTES = 16 << 20
"""An archive that unpacks to no more than this does no harm, however well it was packed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may be. A zip bomb is told by what comes out of it, not by what its header promises."""

    members: int
    unpacked_bytes: int
    ratio: int


WORKBOOK = Limits(members=5_000, unpacked_bytes=1 << 30, ratio=200)
"""Sheets of a hundred columns and a million rows unpack to about 1 GB; their XML packs 10 to 40 times, 100 at most."""
LAYER = Limits(members=1_000, unpacked_bytes=4 << 30, ratio=200)
"""The largest national layers of streets are 3 GB; coordinates pack less than 10 times."""
TIMETABLE = Limits(members=200, unpacked_bytes=2 << 30, ratio=100)
"""A region's stop times are some 500 MB and pack 10 to 20 times."""

FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    OverflowError,
)  # fmt: skip
"""What Python's reader of archives raises for a damaged one."""
DAMAGED = "The zip archive is damaged or cut short. Ask for the file again."


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive, once its list of members is harmless. Raises LoadRefused, also for faults found while it is open."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bad_members(archive.infolist(), limits, path.stat().st_size)
            yield archive
    except LoadRefused:
        raise
    except FAULTS as fault:
        if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise  # it is our disk that is full
        raise LoadRefused(DAMAGED) from fault


def _refuse_bad_members(members: Sequence[zipfile.ZipInfo], limits: Limits, packed_bytes: int) -> None:
    if len(members) > limits.members:
        raise LoadRefused(
            f"The archive holds {len(members):,} files; {limits.members:,} are allowed. Send only the file that is meant."
        )
    for member in members:
        _refuse_bad_member(member)
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise LoadRefused("The archive holds two files of the same name. Ask for it to be packed again.")
    _refuse_bomb(sum(member.file_size for member in members), packed_bytes, limits)


def _refuse_bad_member(member: zipfile.ZipInfo) -> None:
    name = PurePosixPath(member.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in member.filename or "\x00" in member.orig_filename:
        raise LoadRefused(
            "A file in the archive has a name that leads outside it. Nothing was unpacked. Ask for it to be packed again, "
            "from the folder that holds the files."
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise LoadRefused("The archive holds a link to another file. Ask for the files themselves.")
    if member.flag_bits & 0x1:
        raise LoadRefused("The archive is protected by a password. Save it without one and bring it again.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise LoadRefused("The archive is packed in an unusual way. Pack it again as an ordinary zip file.")


def _refuse_bomb(unpacked_bytes: int, packed_bytes: int, limits: Limits) -> None:
    if unpacked_bytes > limits.unpacked_bytes:
        raise LoadRefused(
            f"The file unpacks to more than {limits.unpacked_bytes / (1 << 30):.0f} GB. Split it, or leave out what "
            "lies outside the county."
        )
    if unpacked_bytes > max(FREE_BYTES, limits.ratio * packed_bytes):
        raise LoadRefused(
            f"The file unpacks to more than {limits.ratio} times its size, which no real extract does. It is not opened."
        )


def blocks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What is really packed in a member, in blocks. Raises LoadRefused where it is not as long as its header says."""
    told = member.file_size
    # Python's reader stops at the promised length; another may not, so one byte more must not be there to find.
    longer = copy.copy(member)
    longer.file_size = told + 1
    with archive.open(longer) as packed:
        seen = 0
        while block := packed.read(BLOCK_BYTES):
            seen += len(block)
            if seen > told:
                raise LoadRefused("A file in the archive is longer than the archive says. It is not opened.")
            yield block
    if seen != told:
        raise LoadRefused(DAMAGED)


def verify(archive: zipfile.ZipFile) -> None:
    """Unpack every member into nothing: lengths and checksums must be as told."""
    for member in archive.infolist():
        for _ in blocks(archive, member):
            pass


def content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member whole."""
    return b"".join(blocks(archive, member))


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Write a member to `target`, which must not exist."""
    with target.open("xb") as file:
        for block in blocks(archive, member):
            file.write(block)
