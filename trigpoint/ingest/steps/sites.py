"""Sites and notices: mapped facilities, and the enforcement that stands against places."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from trigpoint.ingest.definition_layers import Notices, Sites
from trigpoint.ingest.definition_words import Ref
from trigpoint.ingest.keys import row_digests
from trigpoint.ingest.sheet import Fault, Mask, Sheet, blank
from trigpoint.ingest.steps import places
from trigpoint.ingest.steps.choose import choose, required
from trigpoint.ingest.steps.coordinates import GRID, Floats, System, within
from trigpoint.ingest.steps.layers import dates, nowhere, optional, point_columns, section
from trigpoint.ingest.steps.normalise import Normalised
from trigpoint.ingest.steps.points import points
from trigpoint.ingest.surroundings import Extent

MOST_BREACHES = 1000
OTHER = "other"
"""The class of a row that is a site of no interest here: kept so that the receipt balances, without a place."""


def sites(sheet: Sheet) -> Normalised:
    """Every row a site. One whose place is withheld, or may only be known by district, keeps its district alone."""
    told = section(sheet.definition.sites)
    class_, class_faults = choose(sheet, told.site_class)
    status, status_faults = choose(sheet, told.status)
    easting, northing, given, point_faults = point_columns(sheet, told.point)
    opened, opened_faults = dates(sheet, told.opened, told.date_formats)
    closed, closed_faults = dates(sheet, told.closed, told.date_formats)
    postcode = _postcode(sheet, told)
    of_interest = ~class_.where(OTHER)
    of_interest &= _first_mention(sheet.text(told.ref), of_interest) if told.once else True
    placed = (given | ~_null(postcode)) & of_interest & (told.kept == "point")
    kept = np.where(placed, "point", np.where(of_interest, "district", "none"))
    columns = {
        "ref": sheet.text(told.ref),
        "class": pc.if_else(pa.array(of_interest), class_.array(), OTHER),
        "name": _name(sheet, told, of_interest),
        "easting_m": pa.array(easting, mask=~(given & placed)),
        "northing_m": pa.array(northing, mask=~(given & placed)),
        "district_code": _only(optional(sheet, told.district_code), of_interest),
        "district_name": _only(optional(sheet, told.district_name), of_interest),
        "postcode": _only(postcode, placed),
        "locality": _only(optional(sheet, told.locality), placed),
        "opened": opened,
        "closed": closed,
        "status": status.array(),
        "restricted": pa.array(np.full(len(kept), told.restricted)),
        "kept": pa.array(kept.astype(object), pa.string()),
    }
    unnamed = [replace(fault, mask=fault.mask & of_interest) for fault in required(sheet, [told.ref])]
    faults = [*unnamed, *class_faults, *status_faults, *point_faults]
    return Normalised(columns, of_interest & ~placed, [*faults, *opened_faults, *closed_faults])


def _first_mention(refs: pa.StringArray, rows: Mask) -> Mask:
    """Of rows with the same reference among `rows`, the first."""
    first = np.zeros(len(rows), dtype=np.bool_)
    places_ = np.flatnonzero(rows)
    words = np.asarray(refs.to_numpy(zero_copy_only=False), dtype=object)[places_].astype(np.str_)
    first[places_[np.unique(words, return_index=True)[1]]] = True
    return first


def _null(values: pa.Array) -> Mask:
    return np.asarray(values.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)


def _only(values: pa.Array, rows: Mask) -> pa.Array:
    return pc.if_else(pa.array(rows), values, pa.scalar(None, values.type))


def _open(values: pa.StringArray, redacted: str | None) -> pa.StringArray:
    """Null where the publisher withheld the cell."""
    if redacted is None:
        return values
    withheld = pc.equal(pc.utf8_upper(values), redacted.upper())
    return pc.if_else(withheld, pa.scalar(None, pa.string()), values)


def _postcode(sheet: Sheet, told: Sites) -> pa.StringArray:
    if told.postcode is None:
        return pa.nulls(len(sheet.rows), pa.string())
    return places.filled(places.postcodes(_open(sheet.text(told.postcode), told.redacted)))


def _name(sheet: Sheet, told: Sites, of_interest: Mask) -> pa.StringArray:
    """The site's name; "" where it is withheld or the site is of no interest here."""
    if told.site_name is None:
        return pa.array([""] * len(sheet.rows), pa.string())
    return pc.fill_null(_only(_open(sheet.text(told.site_name), told.redacted), of_interest), "")


def notices(sheet: Sheet, secret: bytes, county: Extent | None = None) -> Normalised:
    """Every row a notice: kind, status, dates and place, under an opaque reference. Nobody is named."""
    told = section(sheet.definition.notices)
    kind, kind_faults = choose(sheet, told.notice_kind)
    status, faults = choose(sheet, told.status)
    easting, northing, given, point_faults, notes = _notice_point(sheet, told, county)
    served, served_faults = dates(sheet, told.served, told.date_formats)
    starts, starts_faults = dates(sheet, told.starts, told.date_formats)
    ends, ends_faults = _first_date(sheet, told.ends, told.date_formats)
    breaches, breach_faults = _breaches(sheet, told)
    last_breach, last_faults = dates(sheet, told.last_breach, told.date_formats)
    street, town = _street(sheet, told)
    columns = {
        "ref": row_digests([sheet.text(told.ref)], secret, "notice"),
        "kind": kind.array(),
        "status": status.array(),
        "basis": optional(sheet, told.basis),
        "served_date": served,
        "starts_date": starts,
        "ends_date": ends,
        "easting_m": pa.array(easting, mask=~given),
        "northing_m": pa.array(northing, mask=~given),
        "street_name": street,
        "town": town,
        "coarse": pa.array(np.full(len(sheet.rows), told.coarse)),
        "breaches": breaches,
        "last_breach_date": last_breach,
    }
    all_faults = [*kind_faults, *faults, *point_faults, *served_faults, *starts_faults, *ends_faults]
    all_faults += [*breach_faults, *last_faults]
    return Normalised(
        columns, nowhere(sheet) | (~given & _null(street)), [*required(sheet, [told.ref]), *all_faults], notes
    )


def _breaches(sheet: Sheet, told: Notices) -> tuple[pa.Array, list[Fault]]:
    """How often each was breached, null where nothing is told."""
    if told.breaches is None:
        return pa.nulls(len(sheet.rows), pa.int16()), []
    words = sheet.text(told.breaches)
    read = places.numbers(words)
    whole = np.isfinite(read) & (read == np.floor(read)) & (read >= 0) & (read <= MOST_BREACHES)
    wrong = ~blank(words) & ~whole
    fault = Fault(
        wrong, sheet.header(told.breaches), "not a number of breaches", "Write it as a whole number."
    )
    return pa.array(np.where(whole, read, 0).astype(np.int16), mask=~whole), [fault]


def _notice_point(
    sheet: Sheet, told: Notices, county: Extent | None
) -> tuple[Floats, Floats, Mask, list[Fault], tuple[str, ...]]:
    """Its point, put right and marked as a record's would be; where it has none, one inside its boundary (WKT in metres)."""
    easting, northing, given, faults, notes = _told_point(sheet, told, county)
    if told.boundary is None:
        return easting, northing, given, faults, notes
    words = sheet.text(told.boundary)
    shapes = shapely.from_wkt(words.to_numpy(zero_copy_only=False), on_invalid="ignore")
    whole = shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
    inside = shapely.point_on_surface(np.where(whole, shapes, None))
    x, y = shapely.get_x(inside), shapely.get_y(inside)
    drawn = within(x, y, GRID) & ~given
    advice = "Write it as WKT in metres of the National Grid."
    wrong = ~blank(words) & ~within(x, y, GRID)
    fault = Fault(wrong, sheet.header(told.boundary), "not a boundary", advice)
    return np.where(drawn, x, easting), np.where(drawn, y, northing), given | drawn, [*faults, fault], notes


def _told_point(
    sheet: Sheet, told: Notices, county: Extent | None
) -> tuple[Floats, Floats, Mask, list[Fault], tuple[str, ...]]:
    point = told.point
    system: System = "degrees" if point.lon is not None else "metres"
    x, y = (point.lon, point.lat) if point.lon is not None else (point.easting, point.northing)
    if x is None or y is None:
        return *point_columns(sheet, point), ()
    read = points(sheet, x, y, system, np.ones(len(sheet.rows), dtype=np.bool_), county)
    return read.easting_m, read.northing_m, read.given, read.faults, read.notes


def _first_date(
    sheet: Sheet, names: tuple[Ref, ...], formats: tuple[str, ...]
) -> tuple[pa.Array, list[Fault]]:
    """The first of several columns that has a date (an extension before the first end)."""
    read = [dates(sheet, name, formats) for name in names]
    return pc.coalesce(*(values for values, _ in read)), [fault for _, faults in read for fault in faults]


def _street(sheet: Sheet, told: Notices) -> tuple[pa.StringArray, pa.StringArray]:
    if told.street_and_town is not None:
        return places.street_and_town(sheet.text(told.street_and_town))
    if told.street is not None:
        return places.streets(sheet.text(told.street)), optional(sheet, told.town)
    return pa.nulls(len(sheet.rows), pa.string()), pa.nulls(len(sheet.rows), pa.string())
