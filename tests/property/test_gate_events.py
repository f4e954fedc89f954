"""Linked events: each counts once, whatever the grouping, and at every agency that told it."""

from collections import Counter, defaultdict

from hypothesis import given

from tests.factories.world import AGENCIES, THEMES, linked_pairs
from tests.property import twin_of_gate as twin
from tests.property.test_gate_twins import as_question, asked, counted, filters, worlds


def told_events(world, question, grants):
    """The selected records by event, each event in the order of the ledger: links taken one by one, the slow way."""
    seen = [one for one, _ in twin.permitted(world, grants) if twin.known(one, question.known)]
    numbers = {number for number, one in enumerate(world.records) if any(one is known for known in seen)}
    members = {number: {number} for number in numbers}
    for link in linked_pairs(world):
        first, second = members.get(link["first"]), members.get(link["second"])
        if first is None or second is None or first is second:
            continue
        feeds = [world.records[number].feed for number in first | second]
        if len(set(feeds)) == len(feeds):
            both = first | second
            for number in both:
                members[number] = both
    chosen = {id(one): grant for one, grant in twin.selected(world, question, grants)}
    events = defaultdict(list)
    for number in sorted(numbers):
        if id(world.records[number]) in chosen:
            events[min(members[number])].append(world.records[number])
    return list(events.values())


def most_agencies_at_a_minute(event, grant_of):
    """How many agencies give the event the same minute, of those minutes that are no multiple of five."""
    told = defaultdict(set)
    for one in event:
        hour = twin.hour_told(one, grant_of[id(one)]) if one.day_known else -1
        if hour >= 0 and 7 * hour % 60 % 5:
            told[one.day, hour].add(one.agency)
    return max((len(agencies) for agencies in told.values()), default=0)


@given(worlds(), filters())
def test_counts_of_events(world, told):
    question = as_question(world, told, counted="events")
    answer, grants = asked(world, question)
    if answer is None:
        return
    events = told_events(world, question, grants)
    lies = [twin.units([(one, None) for one in event], question, world.anchors) for event in events]
    leads = [next((unit for unit in units if unit is not None), None) for units in lies]
    columns = answer.columns
    got = dict(zip(columns["code"], columns["count"].tolist(), strict=True))
    assert Counter({code: n for code, n in got.items() if n}) == Counter(unit for unit in leads if unit)
    assert answer.about["unplaced"] == leads.count(None)
    assert answer.about["total"] == len(events)


@given(worlds(), filters("picture"))
def test_a_picture_of_events(world, told):
    told = told | {"agencies": (), "themes": (), "categories": (), "hours": (), "weekdays": ()}
    question = as_question(world, told, counted="events")
    answer, grants = asked(world, question)
    if answer is None:
        return
    events = told_events(world, question, grants)
    assert answer.about["total"] == len(events)
    assert counted(answer.parts["agency"]) == Counter(
        AGENCIES[agency] for event in events for agency in {one.agency for one in event}
    )
    assert counted(answer.parts["theme"]) == Counter(
        code for event in events for bit, code in THEMES if any(bit in one.themes for one in event)
    )
    assert sum(counted(answer.parts["category"]).values()) == len(events)
    assert sum(counted(answer.parts["units"]).values()) + answer.about["unplaced"] == len(events)


@given(worlds(), filters("hotspots"))
def test_hotspots_of_events_lose_nothing(world, told):
    question = as_question(world, told | {"level": "cell:9", "within": ()}, counted="events")
    answer, grants = asked(world, question)
    if answer is None:
        return
    may = [
        [one for one in event if one.grade != 5 and (question.detections or one.detection != 2)]
        for event in told_events(world, question, grants)
    ]
    tested = [event for event in may if event]
    assert int(answer.columns["count"].sum()) + answer.about["unplaced"] == len(tested)
    assert answer.about["not_tested"] == len(may) - len(tested)


@given(worlds(), filters("events"))
def test_the_list_of_events_is_every_event_that_two_records_tell(world, told):
    question = as_question(world, told | {"level": "ward", "within": ()})
    answer, grants = asked(world, question)
    if answer is None:
        return
    events = told_events(world, question, grants)
    several = [event for event in events if len(event) >= 2]
    assert sorted(answer.columns["records"]) == sorted(len(event) for event in several)
    assert sorted(answer.columns["agencies"]) == sorted(
        " ".join(AGENCIES[a] for a in sorted({one.agency for one in event})) for event in several
    )
    assert answer.about["singles"] + sum(answer.columns["records"]) == answer.about["total"]
    assert all(0.5 <= p <= 1 for p in answer.columns["probability"])
    grant_of = {id(one): grant for one, grant in twin.permitted(world, grants)}
    circular = [
        (
            len({one.agency for one in event}) >= 3
            and len({one.agency for one in event if one.detection in (1, 2) and one.grade in (0, 1)}) <= 1
        )
        or most_agencies_at_a_minute(event, grant_of) >= 3
        for event in several
    ]
    assert sum(answer.columns["circular"]) == sum(circular) == answer.about["circular"]
