"""Where the numbers of an answer come from: its trace, made from what the answer says of itself and nothing else.

A trace reads `Answer.about` alone. It never looks at the rows, so it cannot tell a record's content; and it names the
feeds the answer was made from and the sentences on what was left out, which the gate wrote for this viewer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trigpoint.gate.answers import Answer
from trigpoint.gate.kind_rules import KINDS, rule_of
from trigpoint.gate.reasons import counted_noun, told_why
from trigpoint.web.presenters.analyses import ANALYSES
from trigpoint.web.presenters.analysis_told import compared_sentence
from trigpoint.web.presenters.definition_breaks import definition_breaks
from trigpoint.web.presenters.filters import LEVEL_NAMES
from trigpoint.web.presenters.plain import feed_codes, mapping_list, period_of, texts
from trigpoint.web.presenters.words import attribution_lines, counted, day_words, period_words

__all__ = ["AS_KNOWN", "Trace", "TracedFeed", "trace_json", "trace_of"]

Json = dict[str, object]
NO_CLAUSE = "open to your role; no clause is needed"
OWN_ROWS = "your own agency sent it"
AS_KNOWN = "As known"
"""The label of the day that an answer's records were known by."""
NO_FEED = "No feed was read for this."
TITLES = {
    "counts": "Counts by place",
    "picture": "The map and its charts",
    "series": "The months",
    "change": "Two periods compared",
    "coverage": "Who sent what",
    "unplaced": "Records without a place",
    "events": "Told more than once",
    "totals": "What came already counted",
    "sites": "What stands here",
    "notices": "Notices",
    "work": "Work of our own",
    "routes": "Bus routes and railways",
    "own_records": "Your own records",
    "choices": "What there is to choose from",
    "places": "Places by name",
    "shapes": "Outlines",
}
FILTERS = {
    "agency": "Told by",
    "feed": "Feeds",
    "theme": "Themes",
    "category": "Categories",
    "role": "Kinds of place",
    "detection": "How it came to light",
    "hours": "Hours",
    "weekdays": "Weekdays",
    "clock": "Time of day",
    "within": "Within",
    "around": "Around",
    "start": "Begun on",
    "on": "On",
}
GUARDS = ("withheld", "passed_over", "not_compared")
METHODS = (
    ("method", "Method"),
    ("compared_with", "Compared with"),
    ("denominator", "Rates are per 1,000"),
    ("stands_on", "Stands on"),
    ("within_note", "Within an area"),
)


@dataclass(frozen=True, slots=True)
class TracedFeed:
    """A feed the answer was made from, the agency that sends it, and the clause that lets this viewer be told."""

    name: str
    agency: str
    clause: str


@dataclass(frozen=True, slots=True)
class Trace:
    """All that stands behind the numbers of one answer, in words.

    `facts` and `methods` are label and text; `left_out` says what is no part of the numbers, and why; `breaks` which
    changes of definition they may have felt; `version` is the number of the store version they were read from.
    """

    what: str
    facts: tuple[tuple[str, str], ...]
    feeds: tuple[TracedFeed, ...]
    no_feed: str
    methods: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    breaks: tuple[str, ...]
    attributions: tuple[str, ...]
    version: int


def trace_of(answer: Answer, agencies: Mapping[str, str] | None = None) -> Trace:
    """The trace of an answer. `agencies` are names by code; without them an agency is named by its code in words."""
    about = answer.about
    feeds = tuple(_feeds(about, agencies or {}))
    return Trace(
        what=_title(answer.kind),
        facts=tuple(_facts(answer, agencies or {})),
        feeds=feeds,
        no_feed="" if feeds else NO_FEED,
        methods=tuple(_methods(about)),
        left_out=tuple(dict.fromkeys(_left_out(about))),
        breaks=tuple(one.sentence for one in definition_breaks(answer)),
        attributions=tuple(attribution_lines(texts(about.get("attributions", ())), feed_codes(answer))),
        version=int(str(about["publication"])),
    )


def trace_json(answer: Answer, agencies: Mapping[str, str] | None = None) -> Json:
    """A trace as the front end draws it; the licences are told beside it already."""
    trace = trace_of(answer, agencies)
    return {
        "what": trace.what,
        "facts": [list(one) for one in trace.facts],
        "feeds": [[one.name, one.agency, one.clause] for one in trace.feeds],
        "methods": [list(one) for one in trace.methods],
        "left_out": list(trace.left_out),
        "breaks": list(trace.breaks),
    }


def _title(kind: str) -> str:
    named = ANALYSES.get(kind)
    return named.title if named else TITLES.get(kind, kind.capitalize())


def _facts(answer: Answer, agencies: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    about = answer.about
    if answer.kind in KINDS and rule_of(answer.kind).about in ("records", "coverage"):
        level = str(about["level"])
        yield (
            "What is counted",
            f"{counted_noun(about).capitalize()}, by {LEVEL_NAMES.get(level, level).lower()}",
        )
    start, end = period_of(answer)
    if start and end:
        yield "Period", period_words(start, end)
    yield from _filters(about, agencies)
    yield AS_KNOWN, _known(about)
    yield "Store version", f"{about['publication']}"


def _known(about: Mapping[str, object]) -> str:
    known = str(about.get("known") or "")
    if known:
        return f"at the end of {day_words(date.fromisoformat(known))}"
    return "now: everything this version holds"


def _filters(about: Mapping[str, object], agencies: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the asker chose, so that a number is never read as if it were of everything."""
    chosen = about.get("filters")
    if not isinstance(chosen, Mapping):
        return
    for word, label in FILTERS.items():
        value = chosen.get(word)
        if not value:
            continue
        listed = [value] if isinstance(value, str) else list(value)
        told = [agencies.get(one, one) if word == "agency" else one for one in map(str, listed)]
        yield label, ", ".join(_plain(word, one) for one in told)


def _plain(word: str, value: str) -> str:
    return value if word in ("within", "around", "start", "on") else value.replace("_", " ")


def _feeds(about: Mapping[str, object], agencies: Mapping[str, str]) -> Iterator[TracedFeed]:
    clauses = {str(one["feed"]): str(one["clause"]) for one in mapping_list(about.get("clauses", ()))}
    for feed in mapping_list(about.get("feeds", ())):
        agency = str(feed["agency"])
        clause = clauses.get(str(feed["code"]), "")
        cited = OWN_ROWS if clause == "own rows" else clause or NO_CLAUSE
        yield TracedFeed(str(feed["name"]), agencies.get(agency, agency.replace("_", " ")), cited)


def _methods(about: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for word, label in METHODS:
        if about.get(word):
            text = str(about[word])
            yield label, text[0].upper() + text[1:]
    if chosen := compared_sentence(about):
        yield "Background", chosen
    if (tested := about.get("tested")) and (q := about.get("q")):
        share = round(float(str(q)) * 100)
        told = counted(int(str(tested)), "place", "places")
        yield "Tests made", f"{told} tested; at most {share} in 100 of those named would be there by chance."


def _left_out(about: Mapping[str, object]) -> Iterator[str]:
    if about.get("silence"):
        yield str(about["silence"])
    yield from (one["sentence"] for one in told_why({"why": (), **about}))
    if many := about.get("withdrawn"):
        yield f"{counted(int(str(many)), 'record', 'records')} withdrawn by sense-check; as known before, they are counted."
    if many := about.get("erased"):
        yield f"{counted(int(str(many)), 'row', 'rows')} of these feeds erased for good, whatever they told."
    if about.get("left_out_of_test"):
        yield str(about["left_out_of_test"])
    for word in GUARDS:
        value = about.get(word)
        listed: Sequence[object] = [value] if isinstance(value, str) else _sequence(value)
        yield from (str(one) for one in listed if one)


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) else ()
