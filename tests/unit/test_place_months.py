"""Two years of a place as a chart: nothing is above its scale, and its words are its numbers."""

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.web.place_months import TALLEST, TOP, month_chart

MONTHS = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=24))
def test_every_bar_stands_on_the_base_and_below_the_top_of_the_scale(counts):
    chart = month_chart(list(zip(MONTHS, counts, strict=False)))
    assert [one.count for one in chart.bars] == counts
    assert all(one.y >= TOP and abs(one.y + one.height - chart.base) < 0.2 for one in chart.bars)
    assert chart.scale[0] == (0, TOP + TALLEST)
    assert chart.scale[-1][0] >= max(counts)
    assert chart.scale[-1][0] <= max(2, 5 * max(counts))


def test_its_words():
    chart = month_chart([(month, 2 if month == "2026-03" else 1) for month in MONTHS])
    assert chart.said == (
        "25 records from January 2025 to December 2026; the most in one month, 2, in March 2026. "
        "13 of them in the last twelve months."
    )
    assert chart.under[0] == ("Jan 25", chart.bars[0].x)
    assert len(chart.years) == 1
    assert month_chart([("2026-01", 0)]).said == "Nothing is told of January 2026 to January 2026."
    assert month_chart([]) is None
