"""What each word of a question means, in one line: for the command line and for the description of the API."""

__all__ = ["FILTERS", "OPTIONS"]

FILTERS = {
    "level": "district, ward, lsoa, street or cell (cell:8 picks the H3 resolution)",
    "from": "first day (YYYY-MM-DD)",
    "to": "the day after the last (YYYY-MM-DD)",
    "hours": "hours of the day, such as 15-17",
    "weekdays": "days of the week, such as mon-fri",
    "agency": "an agency's code",
    "feed": "a feed's name",
    "theme": "a theme's code",
    "category": "a category's code",
    "role": "the role of the place, such as occurred",
    "within": "an area's code, a town or a named place",
    "known": "as known on this day (YYYY-MM-DD)",
}
"""The filters every kind of question shares."""

OPTIONS = {
    "detection": "how it came to be known: reported, discovered, referral or unknown",
    "quality": "how well the place is known, A (somebody confirmed it) to E (not placed)",
    "counted": "records (the default) or events: linked records of several feeds count once",
    "class": "sites, around, facilities: a class of site, such as school",
    "around": "sites, around, evaluation: the code of a unit to look around",
    "radius": "how far to look around it, or how wide a cluster may be, in metres",
    "with": "change: the second period, such as 2024-01-01..2024-07-01 (as long a time before, where left open)",
    "q": "tests: the false discovery rate (0.05)",
    "variant": "hotspots: full (the default: all counts are shuffled) or fixed (the unit keeps its own)",
    "background": "hotspots: compared with records (of the same feeds), children, even (over the county) or past (its own)",
    "test": "hotspots: gi (Getis-Ord, the default) or moran (local Moran)",
    "stability": "hotspots: yes works out how steady each is",
    "step": "day, week, month or quarter: the steps of time",
    "esri": "emerging: which version of the rules, 3 (the default) or 2",
    "window": "emerging: compared with the whole cube (the default), the neighbourhood or the step",
    "mode": "scan: retrospective (the default) or prospective",
    "ties": "scan: equidistant places join all at once (the default) or one at a time",
    "replicates": "how many times chance is tried (999)",
    "bands": "repeats: edges of the distances in metres, such as 0-100-200-400",
    "days": "repeats: edges of the days between, such as 0-4-8-15",
    "months": "how many months a look back, a cluster or an evaluation takes",
    "clock": "times: a part of the day, such as 15:15-17:00",
    "text": "times: a bus route or railway line, by its number or name; radius says how far from it",
    "start": "evaluation: the first day of the work (YYYY-MM-DD)",
    "buffer": "evaluation: how far round the place the work may have moved harm, in metres",
    "plan": "evaluation: the number of a plan that was locked before",
    "flow": "flows: missing (from where, found where) or home (lives where, happened where)",
    "rule": "questions: only those of this rule",
    "on": "notices: in force on this day (YYYY-MM-DD)",
}
"""Words of single kinds."""
