"""Actions of the meeting that are still to be done, at their places: what is planned, beside what was done."""

from collections.abc import Sequence
from datetime import date

from trigpoint.changes.actions import ActionTold, list_actions
from trigpoint.changes.named_places import PlaceTold, list_places
from trigpoint.changes.place_ground import middle_of, ward_code_of
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.core.workflow.place import Drawn

__all__ = ["PLANNED", "PLANNED_LABEL", "planned_features"]

Json = dict[str, object]
PLANNED, PLANNED_LABEL = "planned", "Actions planned"


def planned_features(by: str) -> list[Json] | None:
    """A point for each place with an open action; None for somebody with no seat at the table."""
    try:
        actions = list_actions(by=by)
        places = {one.number: one for one in list_places(by=by)}
    except ChangeDenied:
        return None
    at: dict[int, list[ActionTold]] = {}
    for one in actions:
        if one.is_open and one.place in places:
            at.setdefault(one.place, []).append(one)
    found = [_feature(places[number], told) for number, told in sorted(at.items())]
    return [one for one in found if one is not None]


def _feature(place: PlaceTold, actions: Sequence[ActionTold]) -> Json | None:
    """Of a place whose ground the version still has: what is planned there, the first day first."""
    point = middle_of(place.units[len(place.units) // 2])
    if point is None:
        return None
    days = sorted(one.due_on or date.max for one in actions)
    said = "; ".join(f"{one.kind_label}, {one.agency_name}" for one in actions)
    return {
        "type": "Feature",
        "properties": {
            "class": PLANNED,
            "code": place.units[len(place.units) // 2],
            "name": f"{place.name}: {said}",
            "count": len(actions),
            "first": days[0].isoformat(),
            "last": days[-1].isoformat(),
            "ward_code": ward_code_of(Drawn(place.level, place.units)),
        },
        "geometry": {"type": "Point", "coordinates": list(point)},
    }
