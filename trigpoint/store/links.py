"""Links between records that are probably one event. The cursor must have been given `permitted_record`."""

import duckdb
import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.linking import Links
from trigpoint.store.questions import Selection, fetch, question_sql

__all__ = ["fetch_links", "fetch_numbers"]


def fetch_links(cursor: duckdb.DuckDBPyConnection) -> Links:
    """Every link between two permitted feeds, the likeliest first, as `find_links` orders them."""
    found = fetch(cursor, question_sql("links"))
    links = Links(
        first=found["first"], second=found["second"],
        feed_first=found["feed_first"], feed_second=found["feed_second"],
        probability=found["probability"], reason=found["reason"],
    )  # fmt: skip
    order = np.lexsort((links.second, links.first, -links.probability))
    return Links(*(getattr(links, name)[order] for name in Links.__slots__))


def fetch_numbers(cursor: duckdb.DuckDBPyConnection, selection: Selection) -> NDArray[np.int64]:
    """The number of each record selected, int64[n], ascending."""
    found = fetch(cursor, question_sql("numbers", filter=selection.sql))
    return np.sort(found["number"].astype(np.int64, copy=False))
