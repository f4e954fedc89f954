"""Agencies, feeds, categories and themes: the vocabulary of a store version, which comes from definitions."""

from dataclasses import dataclass

import duckdb

__all__ = ["AgencyNamed", "CategoryNamed", "FeedNamed", "ThemeNamed", "Vocabulary", "read_vocabulary"]


@dataclass(frozen=True, slots=True)
class AgencyNamed:
    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class FeedNamed:
    """A feed or layer. `agency` is a dense id; `loaded` says whether anything of it was ever delivered."""

    id: int
    code: str
    name: str
    agency: int
    kind: str
    open: bool
    attribution: str
    cadence: str
    terms_only: bool
    loaded: bool


@dataclass(frozen=True, slots=True)
class CategoryNamed:
    id: int
    code: str
    name: str
    feed: int


@dataclass(frozen=True, slots=True)
class ThemeNamed:
    bit: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that has a code, in the order of its dense id; agencies in their fixed order."""

    agencies: tuple[AgencyNamed, ...]
    feeds: tuple[FeedNamed, ...]
    categories: tuple[CategoryNamed, ...]
    themes: tuple[ThemeNamed, ...]


def read_vocabulary(connection: duckdb.DuckDBPyConnection) -> Vocabulary:
    """Read a version's vocabulary."""

    def rows(sql: str) -> list[tuple[object, ...]]:
        return connection.execute(sql).fetchall()

    loaded = {int(str(feed)) for (feed,) in rows("SELECT DISTINCT feed FROM delivery")}
    feeds = rows(
        "SELECT id, code, name, agency, kind, open, COALESCE(attribution, ''), cadence, terms_only FROM feed ORDER BY id"
    )
    return Vocabulary(
        tuple(AgencyNamed(*row) for row in rows("SELECT id, code, name FROM agency ORDER BY position, id")),  # type: ignore[arg-type]
        tuple(FeedNamed(*row, loaded=row[0] in loaded) for row in feeds),  # type: ignore[arg-type, misc]
        tuple(CategoryNamed(*row) for row in rows("SELECT id, code, name, feed FROM category ORDER BY id")),  # type: ignore[arg-type]
        tuple(ThemeNamed(*row) for row in rows("SELECT bit, code, name FROM theme ORDER BY bit")),  # type: ignore[arg-type]
    )
