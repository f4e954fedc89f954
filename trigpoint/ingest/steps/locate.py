"""Where each record says it happened: its location claims. What is not said is not guessed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from trigpoint.ingest.codes import NOT_PLOTTABLE, ROLE
from trigpoint.ingest.definition_places import Claim, Way
from trigpoint.ingest.schemas import CANDIDATE
from trigpoint.ingest.sheet import Fault, Mask, Sheet
from trigpoint.ingest.steps import places, ways
from trigpoint.ingest.steps.choose import plain
from trigpoint.ingest.steps.coordinates import Bounds
from trigpoint.ingest.steps.points import read_points
from trigpoint.ingest.steps.said import Said, area_level, present
from trigpoint.ingest.steps.texts import say_texts
from trigpoint.ingest.surroundings import Extent, LsoaOf, no_extent
from trigpoint.ingest.wordings import WordingSaid

__all__ = ["Located", "LsoaOf", "Whereabouts", "locate", "read_points"]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is known of the county when places are read: see `Surroundings`. `secret` keys the digests of words."""

    lsoa_of: LsoaOf
    extent: Callable[[], Extent | None] = no_extent
    secret: bytes = b""


@dataclass(frozen=True, slots=True)
class Located:
    """One list of candidates a row; `unplaced` are rows without a claim at which a record could be counted."""

    claims: pa.ListArray
    unplaced: Mask
    faults: list[Fault]
    notes: tuple[str, ...]
    wordings: tuple[WordingSaid, ...]


def locate(sheet: Sheet, claims: tuple[Claim, ...], known: Whereabouts) -> Located:
    """The claims of every row, in the definition's order."""
    count = len(sheet.rows)
    entries: list[tuple[Claim, Way, Said]] = []
    unplaced = np.ones(count, dtype=np.bool_)
    county = known.extent() if any(way.is_point for claim in claims for way in claim.ways) else None
    for claim in claims:
        left = np.ones(count, dtype=np.bool_)
        for way in claim.ways:
            answers = _say(sheet, claim, way, left & _applies(sheet, way), known, county)
            entries += [(claim, way, said) for said in answers]
            for said in answers:
                left = left & ~said.given
                if claim.may_be_primary:
                    unplaced &= ~(said.given & (_quality(way, said) < NOT_PLOTTABLE))
    everything = [said for _, _, said in entries]
    return Located(
        _lists(entries, count),
        unplaced,
        [fault for said in everything for fault in said.faults],
        tuple(note for said in everything for note in said.notes),
        tuple({one.digest: one for said in everything for one in said.wordings}.values()),
    )


def _say(
    sheet: Sheet, claim: Claim, way: Way, asked: Mask, known: Whereabouts, county: Bounds | None
) -> list[Said]:
    if way.text is not None:
        return say_texts(sheet, way, asked, known.secret)
    return [_say_once(sheet, claim, way, asked, known, county)]


def _say_once(
    sheet: Sheet, claim: Claim, way: Way, asked: Mask, known: Whereabouts, county: Bounds | None
) -> Said:
    if claim.role == "home" and way.postcode is not None:
        return _home(sheet, way, asked, known.lsoa_of)
    if way.is_point or way.grid_ref is not None:
        return ways.say_point(sheet, way, asked, county)
    if way.uprn is not None:
        return ways.say_uprn(sheet, way.uprn, asked)
    if way.station is not None:
        return ways.say_station(sheet, way.station, asked)
    if way.site is not None:
        return ways.say_site(sheet, way, way.site, asked)
    if way.postcode is not None:
        return ways.say_postcode(sheet, way.postcode, asked)
    if way.area is not None:
        return ways.say_area(sheet, way, way.area, asked)
    if way.area_or_sector is not None:
        return ways.say_area_or_sector(sheet, way, way.area_or_sector, asked)
    return ways.say_street(sheet, way, asked)


def _home(sheet: Sheet, way: Way, asked: Mask, lsoa_of: LsoaOf) -> Said:
    """A home's postcode goes no further than this: only its LSOA is kept."""
    told = places.postcodes(sheet.text(str(way.postcode)))
    lsoa = lsoa_of(pc.if_else(pa.array(asked), told, ""))
    return Said(asked & present(lsoa), {"area_level": area_level("lsoa", asked), "area_code": lsoa})


def _applies(sheet: Sheet, way: Way) -> Mask:
    applies = np.ones(len(sheet.rows), dtype=np.bool_)
    for column, words in way.only_when.items():
        wanted = {plain(word) for word in words}
        encoded = sheet.text(column).dictionary_encode()
        hits = np.array([plain(word) in wanted for word in encoded.dictionary.to_pylist()], dtype=np.bool_)
        applies &= hits[encoded.indices.to_numpy()] if len(hits) else applies
    return applies


def _quality(way: Way, said: Said) -> NDArray[np.int8]:
    """How good each row's claim is."""
    return said.quality if said.quality is not None else np.full(len(said.given), way.quality, dtype=np.int8)


def _lists(entries: list[tuple[Claim, Way, Said]], count: int) -> pa.ListArray:
    """All ways of all claims, side by side, to one list a row."""
    given = np.array([said.given for _, _, said in entries]).reshape(len(entries), count)
    offsets = np.concatenate(([0], np.cumsum(given.sum(axis=0)))).astype(np.int32)
    rows, which = np.nonzero(given.T)
    where = which * count + rows
    quality = np.concatenate([_quality(way, said) for _, way, said in entries] or [np.zeros(0, np.int8)])
    fixed = {
        "role": np.array([ROLE[claim.role] for claim, _, _ in entries], dtype=np.int8)[which],
        "quality": quality[where],
        "candidate": np.zeros(len(which), dtype=np.int8),
        "weight": np.ones(len(which), dtype=np.float32),
    }
    columns = [
        pa.array(fixed[part.name]) if part.name in fixed else _gathered(part, entries, count, pa.array(where))
        for part in CANDIDATE
    ]
    values = pa.StructArray.from_arrays(columns, fields=list(CANDIDATE))
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _gathered(
    part: pa.Field, entries: list[tuple[Claim, Way, Said]], count: int, where: pa.Array
) -> pa.Array:
    """One field of every candidate, from whichever way said it."""
    if not any(part.name in said.fields for _, _, said in entries):
        return pa.nulls(len(where), part.type)
    told = [said.fields.get(part.name, pa.nulls(count, part.type)) for _, _, said in entries]
    return pc.take(pa.concat_arrays([one.cast(part.type) for one in told]), where)
