"""Silent, not quiet: for every district, which feeds that are asked about sent nothing in the period, in words."""

from collections.abc import Mapping
from datetime import date

from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.overlays import about_json, feed_names, rows_of

Json = dict[str, object]
SURE = 0.95
"""As sure as the verdict "silent" is: only then is a month that was followed by others called missing."""
SILENT = ("silent", "probably silent")


def silence_json(answer: Answer, agencies: Mapping[str, str], *, start: date, end: date) -> Json:
    """`areas`: code of a district, its plate in words and the feeds that are silent there; only those with any.

    The answer is of all months to the end of the period: silence is told by what a feed used to send.
    """
    named = feed_names(answer)
    gaps = _gaps(answer, f"{start:%Y-%m}", f"{end:%Y-%m}")
    areas: dict[str, list[Json]] = {}
    for row in rows_of(answer.columns, "feed", "district", "verdict", "probability", "since", "sentence"):
        feed, district = str(row["feed"]), str(row["district"])
        missing = gaps.get((feed, district), [])
        now = row["verdict"] in SILENT
        if not now and not missing:
            continue
        name, agency = named[feed]
        areas.setdefault(district, []).append(
            {
                "feed": feed,
                "name": name,
                "agency": agency,
                "agency_name": agencies.get(agency, agency),
                "verdict": row["verdict"] if now else "was silent",
                "since": row["since"] if now else missing[0],
                "until": None if now else missing[-1],
                "sentence": row["sentence"] if now else _was_silent(name, missing),
            }
        )
    told = [{"code": code, "words": plate_words(feeds), "feeds": feeds} for code, feeds in areas.items()]
    return {"about": about_json(answer), "areas": told}


def _gaps(answer: Answer, first: str, after: str) -> dict[tuple[str, str], list[str]]:
    """The months of the period in which a feed was surely silent in a district, by both."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows_of(answer.parts["months"], "feed", "district", "month", "received", "silent"):
        month, silent = str(row["month"]), row["silent"]
        if (
            first <= month < after
            and not row["received"]
            and silent is not None
            and float(str(silent)) >= SURE
        ):
            found.setdefault((str(row["feed"]), str(row["district"])), []).append(month)
    return found


def plate_words(feeds: list[Json]) -> str:
    """The second line of the plate: "one feed missing since July 2026"."""
    earliest = min(str(one["since"]) for one in feeds)
    many = "one feed" if len(feeds) == 1 else f"{len(feeds)} feeds"
    if all(one["until"] for one in feeds):
        return f"{many} missing for a time from {month_words(earliest)}"
    return f"{many} missing since {month_words(earliest)}"


def _was_silent(name: str, months: list[str]) -> str:
    when = month_words(months[0])
    if len(months) > 1:
        when = f"{len(months)} months from {when} to {month_words(months[-1])}"
    return f"Silent, not quiet: {name} sent nothing in {when}, and has sent since."


def month_words(month: str) -> str:
    """ "2026-07" as "July 2026"."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"
