"""How several feeds word the same things: streets and towns, person keys, a choice of words."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from trigpoint.core.county.events import History, Reports
from trigpoint.core.county.feeds.manner import OURS, Manner
from trigpoint.core.county.scene import Scene, nearest
from trigpoint.core.county.sites import Sites, town_names
from trigpoint.core.county.tables import Floats, Ints, Minutes, Strings, Table, comma_joined, numbered


@dataclass(frozen=True, slots=True)
class County:
    """What a feed may draw on when it writes its records."""

    scene: Scene
    sites: Sites
    history: History
    manner: Manner = OURS


@dataclass(frozen=True, slots=True)
class Said:
    """Places told in words and what was meant: parallel arrays, one entry a text.

    `row` is the row's reference, `town` what the row tells besides; `kind` (street, park, station, school, shop, pub,
    building, town; "" for what is vague or far away), `ref` the proper name and the point are the truth, NaN where
    there is none. Metres of EPSG:27700. For measuring only.
    """

    row: Strings
    text: Strings
    town: Strings
    kind: Strings
    ref: Strings
    easting_m: Floats
    northing_m: Floats


def said_again(said: Said, references: Strings, texts: Strings) -> Said:
    """What was said, without the rows whose text was replaced before it was sent."""
    sent = dict(zip(references.tolist(), texts.tolist(), strict=True))
    kept = [sent.get(row) == text for row, text in zip(said.row.tolist(), said.text.tolist(), strict=True)]
    return Said(*(getattr(said, name)[np.array(kept, dtype=np.bool_)] for name in Said.__slots__))


_NO_WORDS: Strings = np.zeros(0, dtype=np.str_)
NOTHING_SAID = Said(*(_NO_WORDS,) * 5, np.zeros(0), np.zeros(0))


@dataclass(frozen=True, slots=True)
class Late:
    """What an agency comes to know of some rows only later: until `known_at` their cells are those of `before`.

    The rows are sent again in the file of that instant. `before` has a column of the same length as `rows` for each
    cell that differs.
    """

    rows: Ints
    known_at: Minutes
    before: Mapping[str, Strings]


@dataclass(frozen=True, slots=True)
class Records:
    """A feed's whole table as at last known, and the instant that decides which file each row first goes in.

    `late` is what was not known at first; `said` the places told in words; `personal` the columns that hold nothing but
    what must never be kept, and `embedded` such values inside other texts. `part` (blank unless given) divides the
    rows among files of one period, as by district.
    """

    table: Table
    filed_at: Minutes
    late: tuple[Late, ...] = ()
    said: Said = NOTHING_SAID
    personal: tuple[str, ...] = ()
    embedded: tuple[str, ...] = ()
    part: Strings | None = None


def person_keys(child: Ints, agency: int) -> Strings:
    """Plainly invented keys (ZZ-000123); one child has an unrelated key at each agency."""
    return numbered("ZZ-", (child * 7_919 + 104_729 * agency) % 1_000_000, 6)


def streets(county: County, reports: Reports) -> tuple[Strings, Strings]:
    """The street and the town of each report's event, whether placed or not."""
    segment = county.history.events.segment[reports.event]
    return county.scene.segments.name[segment], town_names(county.scene, segment)


def street_and_town(county: County, reports: Reports) -> Strings:
    """`Station Road, Wexmere` where the street lies in a town, else blank."""
    street, town = streets(county, reports)
    return np.where(town == "", "", comma_joined(street, town))


def postcodes_near(county: County, reports: Reports) -> Strings:
    """The postcode nearest each report's point."""
    at = nearest(county.scene.postcodes, reports.easting_m, reports.northing_m)
    return county.scene.postcodes.name[at]


def worded(choices: Mapping[str, float], count: int, rng: np.random.Generator) -> Strings:
    """Words drawn by weight."""
    weights = np.array(list(choices.values()), dtype=np.float64)
    return np.array(list(choices))[rng.choice(len(choices), size=count, p=weights / weights.sum())]


def wards_of(county: County, reports: Reports) -> Ints:
    """The ward (an index) of each report's event."""
    return county.scene.segments.ward[county.history.events.segment[reports.event]]
