"""Registers of sites: schools, providers of care, the authority's own list of homes, food hygiene ratings."""

from pathlib import Path

import numpy as np

from trigpoint.core.county.feeds.academies import ACADEMIES_FROM_SPELT, became_academy, earlier_urn
from trigpoint.core.county.feeds.positions import degrees
from trigpoint.core.county.feeds.wording import County
from trigpoint.core.county.sites import town_names
from trigpoint.core.county.tables import (
    Ints,
    Strings,
    Table,
    british_date,
    decimal,
    iso_date,
    table_of,
    whole,
)
from trigpoint.demo.writers.csv_files import write_csv
from trigpoint.demo.writers.ratings_xml import write_ratings

_TYPES = {
    "primary": ("01", "Community school"),
    "secondary": ("34", "Academy converter"),
    "pru": ("14", "Pupil referral unit"),
}
_PHASES = {"primary": ("2", "Primary"), "secondary": ("4", "Secondary"), "pru": ("0", "Not applicable")}
_AGES = {"primary": ("4", "11"), "secondary": ("11", "18"), "pru": ("11", "16")}
_BUSINESS = {
    "hotel": ("Hotel/bed & breakfast/guest house", "7842"),
    "bnb": ("Hotel/bed & breakfast/guest house", "7842"),
    "takeaway": ("Takeaway/sandwich shop", "7844"),
}
_OFSTED_TITLE = (
    "Children's social care data in a synthetic county 2025 – Provider level as at 31 March 2025",
    "This worksheet contains one table, this table begins in cell A4.",
    "Some cells in this table are empty. This is in instances where the column refers to data that is not applicable.",
)


def write_schools(path: Path, county: County) -> int:
    """The schools register in GIAS columns: Windows-1252, dates with dashes, closed schools kept."""
    schools, scene = county.sites.schools, county.scene
    segment, ward = schools.segment, scene.segments.ward[schools.segment]
    phase = schools.phase.tolist()
    closed = ~np.isnat(schools.closed)
    count = len(phase)
    columns = {
        "URN": whole(schools.urn),
        "LA (code)": np.full(count, "899"),
        "LA (name)": np.full(count, scene.county),
        "EstablishmentNumber": whole(schools.number),
        "EstablishmentName": schools.name,
        "TypeOfEstablishment (code)": np.array([_TYPES[p][0] for p in phase]),
        "TypeOfEstablishment (name)": np.array([_TYPES[p][1] for p in phase]),
        "EstablishmentStatus (code)": np.where(closed, "2", "1"),
        "EstablishmentStatus (name)": np.where(closed, "Closed", "Open"),
        "OpenDate": np.char.replace(british_date(schools.opened), "/", "-"),
        "CloseDate": np.char.replace(british_date(schools.closed), "/", "-"),
        "PhaseOfEducation (code)": np.array([_PHASES[p][0] for p in phase]),
        "PhaseOfEducation (name)": np.array([_PHASES[p][1] for p in phase]),
        "StatutoryLowAge": np.array([_AGES[p][0] for p in phase]),
        "StatutoryHighAge": np.array([_AGES[p][1] for p in phase]),
        "Street": scene.segments.name[segment],
        "Locality": np.full(count, ""),
        "Town": town_names(scene, segment),
        "County (name)": np.full(count, scene.county),
        "Postcode": scene.postcodes.name[schools.postcode],
        "DistrictAdministrative (code)": scene.wards.district_code[scene.wards.district[ward]],
        "DistrictAdministrative (name)": scene.wards.district_name[scene.wards.district[ward]],
        "AdministrativeWard (code)": scene.wards.code[ward],
        "AdministrativeWard (name)": scene.wards.name[ward],
        "Easting": whole(schools.easting_m),
        "Northing": whole(schools.northing_m),
    }
    return write_csv(path, table_of(columns), encoding="cp1252")


def write_homes(path: Path, county: County) -> int:
    """The authority's own list: the only file that says where homes are; restricted."""
    homes = county.sites.homes
    columns = {
        "URN": homes.urn,
        "class": homes.kind,
        "name": homes.name,
        "easting": whole(homes.easting_m),
        "northing": whole(homes.northing_m),
        "opened": iso_date(homes.opened),
        "closed": iso_date(homes.closed),
    }
    return write_csv(path, table_of(columns))


def write_ofsted_providers(path: Path, county: County) -> int:
    """The inspectorate's list in its 2025 layout: three title lines, line breaks in headers, addresses REDACTED."""
    homes, scene = county.sites.homes, county.scene
    count = len(homes.urn)
    district = scene.wards.district_name[scene.wards.district[scene.segments.ward[homes.segment]]]
    redacted: Strings = np.full(count, "REDACTED")
    blank: Strings = np.full(count, "")
    is_home = homes.kind == "Children's home"
    columns = {
        "Web link": np.full(count, "Ofsted Social Care Provider Webpage"),
        "URN": homes.urn,
        "Linked Education URN": blank,
        "Provision type": np.where(is_home, homes.kind, "Supported Accommodation"),
        "Registration date": british_date(homes.opened),
        "Registration status": np.where(np.isnat(homes.closed), "Active", "Resigned"),
        "Name": redacted,
        **{name: redacted for name in ("Address 1", "Address 2", "Town", "County", "Postcode")},
        "Ofsted Region": np.full(count, "Synthetic Region"),
        "Government Office Region": np.full(count, "Synthetic Region"),
        "Local authority": np.full(count, scene.county),
        "Parliamentary constituency": district,
        "Sector": np.where(np.arange(count) % 5 == 0, "Local Authority", "Private"),
        "Places": np.where(is_home, "4", "9"),
        **{name: blank for name in _OFSTED_REST},
    }
    return write_csv(path, table_of(columns), encoding="utf-8-sig", title=_OFSTED_TITLE)


_OFSTED_REST = (
    "Supported accommodation premises",
    "Short-break-only children's home",
    "Multi Building Children's Home",
    "Organisation which owns the provider",
    "\nLatest Full inspection event type",
    "\nLatest full inspection date",
    "Latest full inspection publication date",
    "\nLatest full inspection event number",
    "\nOverall experiences and progress of children and young people",
    "Outcomes in education and related learning activities",
    "Health services",
    "\nHow well children and young people are helped and protected",
    "The effectiveness of leaders and managers",
    "Supported Accommodation outcome",
)


def write_school_links(path: Path, county: County) -> int:
    """Schools that became academies: the number each had before."""
    schools = county.sites.schools
    changed = np.flatnonzero(became_academy(schools))
    columns = {
        "URN": whole(schools.urn[changed]),
        "LinkURN": whole(earlier_urn(schools.urn[changed])),
        "LinkName": schools.name[changed],
        "LinkType": np.full(len(changed), "Predecessor"),
        "LinkEstablishedDate": np.full(len(changed), ACADEMIES_FROM_SPELT),
    }
    return write_csv(path, table_of(columns), encoding="cp1252")


def write_food_hygiene(path: Path, county: County) -> int:
    """Food hygiene ratings of the districts that publish one spreadsheet: hotels, guest houses and takeaways, in degrees."""
    table, district = _ratings(county)
    return write_csv(path, table.take(np.flatnonzero(district % 2 == 0)))


def write_food_hygiene_xml(folder: Path, county: County) -> dict[Path, int]:
    """The other districts' ratings as the scheme's own XML, one file an authority."""
    table, district = _ratings(county)
    written = {}
    for number in np.unique(district[district % 2 == 1]).tolist():
        path = folder / f"food_hygiene_{900 + number}.xml"
        written[path] = write_ratings(path, table.take(np.flatnonzero(district == number)))
    return written


def _ratings(county: County) -> tuple[Table, Ints]:
    """All establishments in the spreadsheet's columns, and each one's district."""
    premises, scene = county.sites.premises, county.scene
    kind = premises.kind.tolist()
    count = len(kind)
    number = np.arange(count)
    longitude, latitude = degrees(premises.easting_m, premises.northing_m)
    district = scene.wards.district[scene.segments.ward[premises.segment]]
    rating = np.array(["5", "5", "5", "4", "4", "3", "2"])[number % 7]
    columns = {
        "FHRSID": whole(700_001 + number),
        "LocalAuthorityBusinessID": np.array([f"SYN/{n:06d}" for n in number.tolist()]),
        "BusinessName": premises.name,
        "BusinessType": np.array([_BUSINESS[k][0] for k in kind]),
        "BusinessTypeID": np.array([_BUSINESS[k][1] for k in kind]),
        "AddressLine1": np.full(count, ""),
        "AddressLine2": scene.segments.name[premises.segment],
        "AddressLine3": town_names(scene, premises.segment),
        "AddressLine4": np.full(count, scene.county),
        "PostCode": scene.postcodes.name[premises.postcode],
        "RatingValue": rating,
        "RatingKey": np.array([f"fhrs_{r}_en-gb" for r in rating.tolist()]),
        "RatingDate": np.full(count, "2025-05-12"),
        "LocalAuthorityCode": np.array([f"{900 + d}" for d in district.tolist()]),
        "LocalAuthorityName": scene.wards.district_name[district],
        "SchemeType": np.full(count, "FHRS"),
        "NewRatingPending": np.full(count, "False"),
        "Longitude": decimal(longitude, 6),
        "Latitude": decimal(latitude, 6),
    }
    return table_of(columns), district
