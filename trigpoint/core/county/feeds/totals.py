"""What arrives already counted: the board's, health's and youth justice's figures and referrals, rounded or withheld."""

from collections.abc import Sequence

import numpy as np

from trigpoint.core.county.feeds.wording import County, Records
from trigpoint.core.county.tables import Ints, Minutes, Strings, table_of, whole

_BOARD = {
    "Children with a CE risk assessment": 34.0,
    "High risk of exploitation": 9.0,
    "MACE referrals": 22.0,
    "Missing from home": 48.0,
    "Missing from care": 21.0,
    "Return interviews completed": 40.0,
    "Practitioners trained": 60.0,
    "Case reviews": 0.6,
}
_HEALTH = {
    ("School nursing", "Safeguarding contacts 10-17"): 58.0,
    ("Sexual health", "Under 16 attendances"): 26.0,
    ("Sexual health", "Exploitation proforma completed"): 7.0,
    ("CAMHS", "Referrals 10-17"): 88.0,
    ("Emergency department", "Assault attendances 10-17"): 9.0,
}
_JUSTICE = {
    "Drugs": 0.9,
    "Violence against the person": 2.2,
    "Weapons": 0.8,
    "Robbery": 0.4,
    "Criminal damage": 0.8,
}
_NRM = {
    "County lines": 1.6,
    "Criminal exploitation": 0.8,
    "Sexual exploitation": 0.5,
    "Labour exploitation": 0.2,
}
_DISTRICTS = 12
_COUNTY_CHILDREN = 140_000
_LEAST = 5


def board_counts(county: County, rng: np.random.Generator) -> Records:
    """board_counts.xlsx: multiples of five, fewer than five withheld."""
    quarters = _quarters(county)
    districts = county.scene.wards.district_name
    d, q, m = _grid(len(districts), len(quarters), len(_BOARD))
    counts = rng.poisson(np.array(list(_BOARD.values()))[m] * _size(county)[d])
    shown = np.where(counts < _LEAST, "<5", whole((counts + 2) // 5 * 5))
    columns = {
        "district": districts[d],
        "quarter": _quarter_names(quarters)[q],
        "measure": np.array(list(_BOARD))[m],
        "count": shown,
    }
    return Records(table_of(columns), _filed(county, quarters[q]))


def health_totals(county: County, rng: np.random.Generator) -> Records:
    """health_totals.csv: fewer than five as <5 by one provider, as c by another."""
    quarters = _quarters(county)
    districts = county.scene.wards.district_name
    d, q, m = _grid(len(districts), len(quarters), len(_HEALTH))
    counts = rng.poisson(np.array(list(_HEALTH.values()))[m] * _size(county)[d])
    service = np.array([name for name, _ in _HEALTH])[m]
    withheld = np.where(service == "CAMHS", "c", "<5")
    columns = {
        "district": districts[d],
        "quarter": _quarter_names(quarters)[q],
        "service": service,
        "measure": np.array([measure for _, measure in _HEALTH])[m],
        "count": np.where(counts < _LEAST, withheld, whole(counts)),
    }
    return Records(table_of(columns), _filed(county, quarters[q]))


def youth_justice(county: County, rng: np.random.Generator) -> Records:
    """yj_cases.xlsx: cases by ward, quarter and class; nothing is not written down."""
    quarters = _quarters(county)
    wards = county.scene.wards
    w, q, m = _grid(len(wards.code), len(quarters), len(_JUSTICE))
    heat = rng.lognormal(-0.3, 0.8, len(wards.code))
    counts = rng.poisson(np.array(list(_JUSTICE.values()))[m] * heat[w])
    kept = counts > 0
    columns = {
        "ward_code": np.where(
            quarters[q] < county.scene.later_from, wards.code[w], county.scene.later_ward_code[w]
        ),
        "ward_name": wards.name[w],
        "quarter": _quarter_names(quarters)[q],
        "offence_category": np.array(list(_JUSTICE))[m],
        "cases": np.where(counts < _LEAST, "<5", whole(counts)),
    }
    return Records(table_of(columns).take(np.flatnonzero(kept)), _filed(county, quarters[q][kept]))


def referrals(county: County, rng: np.random.Generator) -> Records:
    """nrm.csv: referrals by district, month and kind of exploitation."""
    history = county.history
    months = np.arange(
        history.first_day.astype("datetime64[M]"), history.last_day.astype("datetime64[M]") + 1
    )
    districts = county.scene.wards.district_name
    d, q, m = _grid(len(districts), len(months), len(_NRM))
    counts = rng.poisson(np.array(list(_NRM.values()))[m] * _size(county)[d])
    kept = counts > 0
    columns = {
        "district": districts[d],
        "month": np.datetime_as_string(months)[q],
        "exploitation_type": np.array(list(_NRM))[m],
        "count": np.where(counts < _LEAST, "<5", whole(counts)),
    }
    return Records(table_of(columns).take(np.flatnonzero(kept)), months[q][kept].astype("datetime64[m]"))


def _grid(*lengths: int) -> Sequence[Ints]:
    """Every combination of the indices, the first slowest."""
    return [axis.ravel() for axis in np.meshgrid(*(np.arange(n) for n in lengths), indexing="ij")]


def _size(county: County) -> np.ndarray:
    """How much each district has of a twelfth of a full county's volume, by its streets."""
    wards, ward = county.scene.wards, county.scene.segments.ward
    streets = np.bincount(wards.district[ward], minlength=len(wards.district_name)).astype(np.float64)
    return np.asarray(streets / streets.sum() * _DISTRICTS * county.scene.children / _COUNTY_CHILDREN)


def _filed(county: County, months: np.ndarray) -> Minutes:
    """An instant of each period; the first quarter began before the history."""
    first = county.history.first_day.astype("datetime64[m]")
    return np.asarray(np.maximum(months.astype("datetime64[m]"), first))


def _quarters(county: County) -> np.ndarray:
    """The first month of every quarter that has ended or is the history's last."""
    first, last = (
        county.history.first_day.astype("datetime64[M]"),
        county.history.last_day.astype("datetime64[M]"),
    )
    start = first.astype(np.int64) // 3 * 3
    return np.arange(start, last.astype(np.int64) - 1, 3).astype("datetime64[M]")


def _quarter_names(quarters: np.ndarray) -> Strings:
    months = quarters.astype(np.int64)
    return np.array([f"{1970 + n // 12}-Q{n % 12 // 3 + 1}" for n in months.tolist()], dtype=np.str_)
