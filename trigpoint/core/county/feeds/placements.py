"""The register of placements of looked-after children, from which the layer of homes is built and nothing else."""

import numpy as np

from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.wording import County, Late, Records, worded
from trigpoint.core.county.tables import NEVER, british_date, numbered, table_of, whole

_ELSEWHERE = {"U1": 44, "U3": 14, "U6": 10, "P2": 8, "S1": 3, "T0": 2, "Z1": 2, "R5": 1}
_PER_HOME = 5
_SPAN_DAYS = 1_500


def placements(county: County, rng: np.random.Generator) -> Records:
    """csc_placements.csv: one row a placement; a home stands as often as children were placed in it."""
    homes, history = county.sites.homes, county.history
    in_homes = np.repeat(np.arange(len(homes.urn)), _PER_HOME)
    at = np.concatenate([in_homes, np.full(len(in_homes), -1)])
    rng.shuffle(at)
    count = len(at)
    home, housed = np.maximum(at, 0), at >= 0
    supported = homes.kind[home] == "Supported accommodation"
    kind = np.where(
        housed,
        np.where(supported, "H5", worded({"K2": 92, "R1": 8}, count, rng)),
        worded(_ELSEWHERE, count, rng),
    )
    last = history.last_day.astype("datetime64[m]")
    start = last - (rng.integers(1, _SPAN_DAYS, count) * 1440).astype("timedelta64[m]")
    end = start + (rng.integers(20, 900, count) * 1440).astype("timedelta64[m]")
    ended = end <= last
    shown = county.scene.postcodes.name[homes.postcode[home]]
    anywhere = county.scene.postcodes.name[rng.integers(0, len(county.scene.postcodes.name), count)]
    table = table_of(
        {
            "clap_cla_placement_id": numbered("PL", np.arange(1, count + 1), 5),
            "clap_person_id": numbered("ZZ-9", np.arange(count) * 37 % 99_991, 5),
            "child_name": persons.full_names(np.arange(count) + 700_000),
            "clap_cla_placement_start_date": british_date(start),
            "clap_cla_placement_type": kind,
            "clap_cla_placement_urn": np.where(housed, homes.urn[home], ""),
            "clap_cla_placement_distance": whole(rng.integers(1, 60, count)),
            "clap_cla_placement_provider": worded({"PR1": 30, "PR4": 60, "PR5": 10}, count, rng),
            "clap_cla_placement_postcode": np.where(housed, shown, anywhere),
            "clap_cla_placement_end_date": british_date(np.where(ended, end, NEVER)),
            "clap_cla_placement_change_reason": np.where(
                ended, worded({"CARPL": 40, "CREQB": 30, "PLANN": 30}, count, rng), ""
            ),
        }
    )
    closed = np.flatnonzero(ended)
    blank = np.full(len(closed), "")
    late = Late(
        closed,
        end[closed],
        {"clap_cla_placement_end_date": blank, "clap_cla_placement_change_reason": blank},
    )
    return Records(
        table,
        np.maximum(start, history.first_day.astype("datetime64[m]")),
        late=(late,),
        personal=("clap_person_id", "child_name"),
    )
