"""How far the reading of a file has come, told in blocks so that it can be shown and stopped."""

import io

from trigpoint.ingest.receipt import Progress

STEP = "reading"
BLOCK_ROWS = 20_000
"""Told this often: a tenth of a second or so."""


class ToldRead(io.RawIOBase):
    """Text handed to a parser block by block; every block is told in lines."""

    def __init__(self, text: memoryview, lines: int, progress: Progress) -> None:
        self._text = text
        self._lines = lines
        self._progress = progress
        self._at = 0
        self._lines_done = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Up to `size` bytes. Whatever the progress raises passes through."""
        self._progress(STEP, self._lines_done, self._lines)
        left = len(self._text) - self._at
        length = left if size is None or size < 0 else min(size, left)
        block = bytes(self._text[self._at : self._at + length])
        self._at += length
        self._lines_done += block.count(b"\n")
        return block
