"""Breaches in the county's registers: within a term, drawn beside all other draws, and as of the day sent."""

import numpy as np

from trigpoint.core.county.feeds.registers import _as_of
from trigpoint.core.county.notices import _breaches
from trigpoint.core.county.tables import table_of

SERVED = np.array(["2026-01-10"] * 200, dtype="datetime64[m]")
UNTIL = SERVED + np.timedelta64(90 * 1440, "m")


def test_breaches_lie_within_the_term_and_leave_the_other_draws_as_they_were():
    rng, alone = np.random.default_rng(1), np.random.default_rng(1)
    told = _breaches(np.arange(200) % 2 == 0, SERVED, UNTIL, rng)
    assert rng.random() == alone.random()
    assert set(told["breaches"][::2]) == {"1", "2", "3"}
    assert set(told["breaches"][1::2]) == set(told["last_breach_dt"][1::2]) == {""}
    assert all("2026-01-10" <= day < "2026-04-10" for day in told["last_breach_dt"][::2])


def test_a_register_tells_no_breach_that_is_still_to_come():
    table = table_of(
        {"breaches": np.array(["2", "1", ""]), "last_breach_dt": np.array(["2026-02-01", "2026-05-01", ""])}
    )
    sent = _as_of(table, "2026-03-31")
    assert sent.columns["breaches"].tolist() == ["2", "", ""]
    assert sent.columns["last_breach_dt"].tolist() == ["2026-02-01", "", ""]
