"""The bytes of a text file, packed or not and in whatever encoding, as UTF-8."""

import codecs
import gzip
import zlib
from pathlib import Path

from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.steps.read_bytes import HEAD_BYTES, utf16_without_mark

LARGEST_TEXT_BYTES = 1 << 30
"""A million records are 100 to 200 MB. All of it is held in memory at once."""
LARGEST_GZIP_RATIO = 200
"""Tables of text pack 5 to 30 times."""
FREE_BYTES = 16 << 20
BLOCK_BYTES = 4 << 20
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def unpacked(path: Path, gzipped: bool) -> bytes:
    """The file's bytes. Raises LoadRefused where there are too many or they cannot be unpacked."""
    packed_bytes = path.stat().st_size
    if not gzipped:
        _refuse_large(packed_bytes)
        return path.read_bytes()
    parts: list[bytes] = []
    seen = 0
    try:
        with gzip.open(path) as packed:
            while block := packed.read(BLOCK_BYTES):
                seen += len(block)
                _refuse_large(seen)
                if seen > max(FREE_BYTES, LARGEST_GZIP_RATIO * packed_bytes):
                    raise LoadRefused(
                        f"The file unpacks to more than {LARGEST_GZIP_RATIO} times its size, which no real extract does."
                    )
                parts.append(block)
    except (OSError, EOFError, zlib.error) as fault:
        raise LoadRefused("The file is named .gz but cannot be unpacked; it may be cut short.") from fault
    return b"".join(parts)


def _refuse_large(size_bytes: int) -> None:
    if size_bytes > LARGEST_TEXT_BYTES:
        raise LoadRefused(
            f"The file holds more than {LARGEST_TEXT_BYTES >> 30} GB of text. Bring it in parts, or only the county's rows."
        )


def decode(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The text as UTF-8 without a byte order mark, and a note where the encoding had to be worked out.

    Raises LoadRefused for bytes that are no text in any encoding read here.
    """
    wide = utf16_without_mark(raw[:HEAD_BYTES])
    if raw.startswith(UTF32_MARKS):
        return _converted(raw, "utf-32"), ("Read as UTF-32.",)
    if raw.startswith(UTF16_MARKS) or wide is not None:
        return _converted(raw, wide or "utf-16"), ("Read as UTF-16.",)
    text = raw.removeprefix(codecs.BOM_UTF8)
    if b"\x00" in text:
        raise LoadRefused("The file holds bytes that are no text. Ask for it again, saved as CSV in UTF-8.")
    if text.isascii() or _is_utf8(text):
        return text, ()
    return _converted(text, "cp1252"), ("Read as Windows-1252: it is not valid UTF-8.",)


def _converted(raw: bytes, encoding: str) -> bytes:
    return raw.decode(encoding, errors="replace").encode("utf-8", errors="replace")


def _is_utf8(text: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(text)
    try:
        for at in range(0, len(text), BLOCK_BYTES):
            decoder.decode(view[at : at + BLOCK_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
