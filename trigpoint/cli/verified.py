"""Published values beside ours, as lines of a table."""

from collections.abc import Iterator, Sequence

from trigpoint.core.analysis.published.check import Checked

_WORDS = {True: "yes", False: "NO", None: "inputs not shipped"}


def verified_lines(checked: Sequence[Checked]) -> Iterator[str]:
    """One line a check, the columns aligned, and a line that sums up. The order is the order given."""
    rows = [("Statistic", "Published", "Ours", "Difference", "Within", "Source"), *map(_row, checked)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    for row in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
    for one in checked:
        if one.check.note:
            yield f"Note on {one.check.statistic}: {one.check.note}"
    counts = [sum(one.within is word for one in checked) for word in (True, False, None)]
    yield f"{counts[0]} within their tolerance, {counts[1]} not, {counts[2]} whose inputs are not shipped."


def _row(one: Checked) -> tuple[str, ...]:
    check = one.check
    ours, difference = ("", "") if one.within is None else (f"{one.ours:.9g}", f"{one.difference:.1e}")
    return (
        check.statistic,
        f"{check.published:.9g}",
        ours,
        difference,
        _WORDS[one.within],
        check.source,
    )
