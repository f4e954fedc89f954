"""A file on its way through the browser: written to the spool as it comes, readable by its owner only."""

import errno
import hashlib
import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from django.conf import settings

from trigpoint.db.home import current_home

LARGEST_BYTES = 2 * 1000**3
"""The default of the setting TRIGPOINT_LARGEST_UPLOAD_BYTES."""
LONGEST_NAME = 120


class UploadRefused(ValueError):
    """The upload cannot be taken or decided as asked; the message is fit for a screen. `status` is HTTP's."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Spooled:
    """A whole file that lies in the spool under its upload's id."""

    id: uuid.UUID
    path: Path
    size_bytes: int
    sha256: str


class Incoming:
    """One file being received. `discard` unless somebody starts an upload with what `finish` gives."""

    def __init__(self, name: str) -> None:
        self.id = uuid.uuid4()
        folder = spool_folder(self.id)
        folder.mkdir(mode=0o700, parents=True)
        self._path = folder / spooled_name(name)
        self._digest = hashlib.sha256()
        self._size_bytes = 0
        opened = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._out = os.fdopen(opened, "wb")

    def write(self, block: bytes) -> None:
        """Raises UploadRefused where the file is larger than may be taken or the disk is full."""
        self._size_bytes += len(block)
        refuse_if_too_large(self._size_bytes)
        self._digest.update(block)
        try:
            self._out.write(block)
        except OSError as fault:
            raise _no_room(fault) from fault

    def finish(self) -> Spooled:
        try:
            self._out.close()
        except OSError as fault:
            raise _no_room(fault) from fault
        return Spooled(self.id, self._path, self._size_bytes, self._digest.hexdigest())

    def discard(self) -> None:
        self._out.close()
        remove_spooled(self.id)


def largest_bytes() -> int:
    """How large a file may be to be taken through the browser."""
    return int(getattr(settings, "TRIGPOINT_LARGEST_UPLOAD_BYTES", LARGEST_BYTES))


def refuse_if_too_large(size_bytes: int) -> None:
    """Raises UploadRefused for more than may be taken."""
    most = largest_bytes()
    if size_bytes > most:
        raise UploadRefused(
            f"The file is larger than {size_words(most)}, the most that can be taken through the browser. "
            "Send it in parts, or ask whoever runs this home to load it with the command `trigpoint load`.",
            status=413,
        )


def size_words(size_bytes: int) -> str:
    """A size as people say it: '640 bytes', '12 kB', '3.4 MB'."""
    if size_bytes < 1000:
        return f"{size_bytes} bytes"
    for unit, factor in (("kB", 1000), ("MB", 1000**2)):
        if size_bytes < 1000 * factor:
            amount = size_bytes / factor
            return f"{amount:.1f} {unit}" if amount < 10 and unit == "MB" else f"{amount:.0f} {unit}"
    return f"{size_bytes / 1000**3:.2g} GB"


def spooled_name(name: str) -> str:
    """What the file is called, without any folder and of a length that every file system takes."""
    plain = PurePosixPath(PureWindowsPath(name).name).name
    kept = "".join(sign for sign in plain if sign.isprintable()).strip(" .") or "file"
    stem, dot, suffix = kept.rpartition(".")
    if not dot or len(suffix) > 12:
        return kept[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"


def spool_folder(upload: uuid.UUID) -> Path:
    return current_home().spool / str(upload)


def spooled_file(upload: uuid.UUID) -> Path | None:
    """The raw file of an upload, while it is there."""
    folder = spool_folder(upload)
    return next(iter(sorted(folder.iterdir())), None) if folder.is_dir() else None


def remove_spooled(upload: uuid.UUID) -> None:
    """The raw file goes; nothing happens where it has gone already."""
    shutil.rmtree(spool_folder(upload), ignore_errors=True)


def _no_room(fault: OSError) -> UploadRefused:
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return UploadRefused(
            "There is no room left on the disk of this home. Nothing of the file was kept.", status=507
        )
    return UploadRefused("The file could not be written. Nothing of it was kept.", status=500)
