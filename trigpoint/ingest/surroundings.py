"""What the steps need besides the file, asked for only when a step needs it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from trigpoint.ingest.receipt import Told, nobody_told

LsoaOf = Callable[[pa.StringArray], pa.StringArray]
"""Postcodes (no spaces) to LSOA codes, null where either layer does not know."""
Extent = tuple[float, float, float, float]
"""West, south, east, north in metres of the National Grid."""


def no_extent() -> Extent | None:
    """Where no layer tells how far the county reaches."""
    return None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The home's keys, the themes' bits and what the layers loaded so far know.

    `lsoa_of` turns a home's postcode into its LSOA; `extent` is how far the county reaches; `place_names` are the
    gazetteer's names as `trigpoint.ingest.steps.scanner.normal_name` writes them; `told` hears how far the checking of
    the file has come.
    """

    keys: Path
    bits: Mapping[str, int]
    lsoa_of: LsoaOf
    extent: Callable[[], Extent | None] = no_extent
    place_names: Callable[[], frozenset[str]] = frozenset
    told: Told = nobody_told
