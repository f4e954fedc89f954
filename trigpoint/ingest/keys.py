"""The secret keys of a home: one for every agency, id space and window of tokens, and one for the digests of rows.

They lie in the home's `keys` folder, readable by its owner only. A window's key is destroyed at roll-over; its tokens
stay, and nobody can make or check another.
"""

import contextlib
import hashlib
import hmac
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa

from trigpoint.ingest.receipt import Told, nobody_told

WINDOW_MONTHS = 24
WINDOW_EPOCH_YEAR = 2000
KEY_BYTES = 32
DIGEST_BYTES = 16
DIGESTED_ROWS = 100_000
"""Told this often: a tenth of a second or so."""
SEPARATOR = "\x1f"
FIRST_WINDOW = "first-window"
"""The file that says which windows have been closed."""


def window_of(day: date) -> int:
    """The number of the token window a day lies in: windows of 24 months from January 2000."""
    return ((day.year - WINDOW_EPOCH_YEAR) * 12 + day.month - 1) // WINDOW_MONTHS


def open_window(keys: Path, received: date) -> int:
    """The window whose keys make the tokens of a file received on a day: the day's own, or the oldest that still has
    keys where those of the day's own have been destroyed (a file entered late is tokenised as if it came today).
    """
    return max(window_of(received), _first_window(keys))


def token_key(keys: Path, agency: str, space: str, window: int) -> bytes:
    """The key for one agency, id space and window, made when first asked for.

    Raises ValueError for a window whose keys have been destroyed: another key would count the same people twice.
    """
    if window < _first_window(keys):
        raise ValueError(f"the keys of window {window} have been destroyed")
    return _key(keys / f"token-{agency}-{space}-{window}.key")


def destroy_keys_before(keys: Path, window: int) -> int:
    """Destroy every token key of the windows before `window`, for good; how many there were.

    The tokens made with them stay in the deliveries, and nobody can make or check another. What is destroyed is written
    down first, so that a crash half-way leaves no window open whose keys are partly gone.
    """
    if window > _first_window(keys):
        _write_whole(keys / FIRST_WINDOW, str(window).encode())
    old = [file for file in keys.glob("token-*.key") if _window_in(file) < window]
    for file in old:
        _overwrite(file)
        file.unlink()
    return len(old)


def _first_window(keys: Path) -> int:
    """The oldest window that may still have keys."""
    told = keys / FIRST_WINDOW
    return int(told.read_text()) if told.exists() else 0


def _window_in(file: Path) -> int:
    return int(file.stem.rsplit("-", 1)[1])


def _overwrite(file: Path) -> None:
    """Overwrite a key in place, so that on most disks its bytes are gone with its name."""
    with file.open("r+b") as handle:
        handle.write(bytes(file.stat().st_size))
        handle.flush()
        os.fsync(handle.fileno())


def _write_whole(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    made.replace(file)


def row_key(keys: Path) -> bytes:
    """The key under which rows and natural keys are digested, so that a digest cannot be guessed back."""
    return _key(keys / "rows.key")


def _key(file: Path) -> bytes:
    if file.exists():
        return file.read_bytes()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        # Made elsewhere and linked into place: two loads at once must not see half a key, nor make two.
        made = file.with_name(f".{file.name}.{os.getpid()}")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(os.urandom(KEY_BYTES))
        try:
            _take_place(made, file)
        finally:
            made.unlink(missing_ok=True)
    return file.read_bytes()


def _take_place(made: Path, file: Path) -> None:
    if hasattr(os, "link"):
        os.link(made, file)
    elif not file.exists():
        made.rename(file)


def tokens(values: pa.StringArray, key: bytes) -> pa.Int64Array:
    """A positive 63-bit token for every reference, 0 for a blank one; case and spaces do not matter."""
    encoded = values.dictionary_encode()
    made = [_token(reference, key) for reference in encoded.dictionary.to_pylist()]
    return pa.array(made, pa.int64()).take(encoded.indices)


def _token(reference: str, key: bytes) -> int:
    plain = "".join(reference.split()).upper()
    if not plain:
        return 0
    digest = hmac.new(key, plain.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") >> 1 or 1


def row_digests(
    columns: Sequence[pa.StringArray], key: bytes, person: str, told: Told = nobody_told
) -> pa.FixedSizeBinaryArray:
    """A 16-byte keyed digest of every row's cells; `person` keeps digests of different uses apart."""
    joined = pa.compute.binary_join_element_wise(*columns, SEPARATOR).cast(pa.binary())
    start = hashlib.blake2b(key=key, digest_size=DIGEST_BYTES, person=person.encode()[:16])

    def digest(row: bytes) -> bytes:
        state = start.copy()
        state.update(row)
        return state.digest()

    blocks = []
    for first in range(0, len(joined), DIGESTED_ROWS):
        told(first / len(joined))
        blocks += [digest(row) for row in joined.slice(first, DIGESTED_ROWS).to_pylist()]
    digests = b"".join(blocks)
    return pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(DIGEST_BYTES), len(joined), [None, pa.py_buffer(digests)]
    )
