"""Bus stops in NaPTAN's 43 columns and rail stations in the layout of the open list of stations."""

from pathlib import Path

import numpy as np
from pyproj import Transformer

from trigpoint.core.county.model import Geography
from trigpoint.core.county.tables import Strings, decimal, table_of, whole
from trigpoint.demo.writers.csv_files import write_csv

_NAPTAN_HEADER = (
    "ATCOCode,NaptanCode,PlateCode,CleardownCode,CommonName,CommonNameLang,ShortCommonName,"
    "ShortCommonNameLang,Landmark,LandmarkLang,Street,StreetLang,Crossing,CrossingLang,Indicator,"
    "IndicatorLang,Bearing,NptgLocalityCode,LocalityName,ParentLocalityName,"
    "GrandParentLocalityName,Town,TownLang,Suburb,SuburbLang,LocalityCentre,GridType,Easting,"
    "Northing,Longitude,Latitude,StopType,BusStopType,TimingStatus,DefaultWaitTime,Notes,"
    "NotesLang,AdministrativeAreaCode,CreationDateTime,ModificationDateTime,RevisionNumber,"
    "Modification,Status"
)
_TO_DEGREES = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def write_naptan_stops(path: Path, geography: Geography) -> int:
    """One row a pole; every fortieth is inactive, as closed stops stay in the register."""
    stops = geography.bus.stops
    count = len(stops.codes)
    longitude, latitude = _TO_DEGREES.transform(stops.easting_m, stops.northing_m)
    towns, locality = np.unique(np.array(stops.localities), return_inverse=True)
    number = np.arange(count)
    given = {
        "ATCOCode": np.array(stops.codes),
        "NaptanCode": np.array([f"syn{n:05d}" for n in number.tolist()]),
        "CommonName": np.array(stops.names),
        "Street": np.array(stops.streets),
        "Indicator": np.where(number % 2 == 0, "opp", "adj"),
        "Bearing": np.array(stops.bearing),
        "NptgLocalityCode": np.array([f"Z{n:07d}" for n in range(len(towns))])[locality],
        "LocalityName": towns[locality],
        "LocalityCentre": np.full(count, "0"),
        "GridType": np.full(count, "UKOS"),
        "Easting": whole(stops.easting_m),
        "Northing": whole(stops.northing_m),
        "Longitude": decimal(np.asarray(longitude), 10),
        "Latitude": decimal(np.asarray(latitude), 10),
        "StopType": np.full(count, "BCT"),
        "BusStopType": np.full(count, "MKD"),
        "TimingStatus": np.full(count, "OTH"),
        "AdministrativeAreaCode": np.full(count, "999"),
        "CreationDateTime": np.full(count, "2006-11-06T00:00:00"),
        "ModificationDateTime": np.full(count, "2024-02-01T00:00:00"),
        "RevisionNumber": np.full(count, "2"),
        "Modification": np.full(count, "revise"),
        "Status": np.where(number % 40 == 39, "inactive", "active"),
    }
    blank: Strings = np.full(count, "")
    return write_csv(path, table_of({name: given.get(name, blank) for name in _NAPTAN_HEADER.split(",")}))


def write_rail_stations(path: Path, geography: Geography) -> int:
    """One row a station, in degrees."""
    stations = geography.rail.stations
    easting_m = np.array([station.easting_m for station in stations])
    northing_m = np.array([station.northing_m for station in stations])
    longitude, latitude = _TO_DEGREES.transform(easting_m, northing_m)
    columns = {
        "stationName": np.array([station.name for station in stations]),
        "lat": decimal(np.asarray(latitude), 6),
        "long": decimal(np.asarray(longitude), 6),
        "crsCode": np.array([station.code for station in stations]),
        "iataAirportCode": np.full(len(stations), ""),
        "constituentCountry": np.full(len(stations), "england"),
    }
    return write_csv(path, table_of(columns))
