"""The days on which a count changes because a definition did: written with a version, read by the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from trigpoint.store.build_sources import insert

__all__ = ["DefinitionBreak", "read_breaks", "write_breaks"]


@dataclass(frozen=True, slots=True)
class DefinitionBreak:
    """`about`: not everywhere on that very day. It concerns the feeds named (none: all), of their records the themes
    named (none: all), at the levels of the map named (none: all)."""

    code: str
    day: date
    about: bool
    title: str
    text: str
    feeds: tuple[str, ...]
    themes: tuple[str, ...]
    levels: tuple[str, ...]


def write_breaks(store: duckdb.DuckDBPyConnection, breaks: Sequence[DefinitionBreak]) -> None:
    insert(store, "definition_break", [
        (b.code, b.day, b.about, b.title, b.text, " ".join(b.feeds), " ".join(b.themes), " ".join(b.levels))
        for b in sorted(breaks, key=lambda b: (b.day, b.code))
    ])  # fmt: skip


def read_breaks(store: duckdb.DuckDBPyConnection) -> tuple[DefinitionBreak, ...]:
    """Every break of the version, earliest first."""
    rows = store.execute(
        "SELECT code, day, about, title, text, feeds, themes, levels FROM definition_break ORDER BY day, code"
    ).fetchall()
    return tuple(DefinitionBreak(*row[:5], *(tuple(str(words).split()) for words in row[5:])) for row in rows)
