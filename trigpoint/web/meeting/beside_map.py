"""Minutes beside the map: which meeting is on, what a minute would be about, and under which item it then stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from trigpoint.changes.deciding import DrawnAt
from trigpoint.changes.editing import NoSuchThing
from trigpoint.changes.kept_reading import KeptTold, kept_answer
from trigpoint.changes.lost_places import LostPlace
from trigpoint.changes.meetings import Item, MeetingTold, meeting
from trigpoint.changes.minutes import MinuteTold, list_minutes, minutes_of_place
from trigpoint.changes.named_places import PlaceTold, list_places, place
from trigpoint.changes.place_ground import district_of, unit_names, ward_name_of
from trigpoint.core.workflow.place import Drawn, drawn
from trigpoint.gate.meeting_terms import home_terms
from trigpoint.web.deciding import drawn_at, known_place, sitting_for
from trigpoint.web.meeting.frozen_days import FrozenLink, frozen_links
from trigpoint.web.meeting.kept import kept_places
from trigpoint.web.meeting.lost import lost_here, lost_letter, why_lost
from trigpoint.web.meeting.page import districts_of
from trigpoint.web.meeting.taken_up import letter_of
from trigpoint.web.read_by import read_by
from trigpoint.web.viewer import viewer_of

__all__ = ["Beside", "beside_map"]

MOST_BEFORE = 6


@dataclass(frozen=True, slots=True)
class Beside:
    """What the panel shows. `there` is what the minute is about, as `minute_there` takes it; `item` where it stands.

    `read_by` says which agencies read of it that are not told of such a place, "" for none.
    `minute` is what is written already, None for nothing; `lost` are places that the meeting's list had and does not tell
    of since it was restated, shown where the minute stands under that list; `before` what other items and
    meetings said of the place.
    """

    on: tuple[FrozenLink, ...]
    meeting: MeetingTold
    there: DrawnAt | int | None
    name: str
    place: PlaceTold | None
    read_by: str
    item: Item | None
    minute: MinuteTold | None
    lost: tuple[LostPlace, ...]
    why_lost: str
    before: tuple[tuple[MeetingTold, MinuteTold], ...]
    places: tuple[PlaceTold, ...]


def beside_map(request: HttpRequest, told: QueryDict) -> Beside | None:
    """None where no meeting is on. `told` names a hotspot's `letter` with the map's question, a `unit` of a
    `unit_level`, a `place` or an `item`; with none of them the item in hand. `meeting` chooses where several are on.

    Raises QuestionError, PlaceMoveRefused for what is no place, NoSuchThing and ChangeDenied.
    """
    by, on = viewer_of(request).user, frozen_links(request, "")
    if not on:
        return None
    there, drawing, known = _there(request, told, by)
    found = meeting(number=_chosen(on, told, drawing, by), by=by)
    name = known.name if known else there.name if isinstance(there, DrawnAt) else ""
    minute = _written(found, known, by)
    hot = _hot_kept(request, found)
    lost = lost_here(hot, districts_of(request, found), home_terms().most_places)
    if drawing is not None:
        item = _item_of(request, found, drawing, known, minute, hot, lost)
    else:
        item = _in_hand(found, told.get("item", ""))
        minute = _of_item(found, item, by)
    return Beside(
        on=on,
        meeting=found,
        there=there,
        name=name or (f"{item.position}. {item.title}" if item else ""),
        place=known,
        read_by=read_by(request, told, known),
        item=item,
        minute=minute,
        lost=lost if item is not None and item.item == "hot" else (),
        why_lost=why_lost(hot) if hot is not None else "",
        before=_before(known, minute, by),
        places=tuple(one for one in list_places(by=by) if one.is_open),
    )


def _there(
    request: HttpRequest, told: QueryDict, by: str
) -> tuple[DrawnAt | int | None, Drawn | None, PlaceTold | None]:
    """What the minute is about, how that is drawn, and the place it is known as."""
    number, unit = told.get("place", ""), told.get("unit", "")
    if number.isdecimal():
        known = place(number=int(number), by=by)
        return known.number, drawn(known.level, known.units), known
    if told.get("letter"):
        found = drawn_at(request, told)
    elif unit:
        ground = drawn(told.get("unit_level", ""), [unit])
        found = DrawnAt(_named(ground), ground.level, ground.units, "")
    else:
        return None, None, None
    drawing, same = known_place(found, by)
    return (same.number if same else found), drawing, same


def _named(ground: Drawn) -> str:
    """What one street or hexagon is called. Raises PlaceMoveRefused for what is no ground of this county."""
    district_of(ground)
    return unit_names(ground)[0] or f"Street in {ward_name_of(ground) or 'the county'}"


def _chosen(on: Sequence[FrozenLink], told: QueryDict, drawing: Drawn | None, by: str) -> int:
    """The meeting that was named, else that of the place's district, else the first that is on."""
    numbers = [one.number for one in on]
    wanted = told.get("meeting", "")
    if wanted.isdecimal():
        if int(wanted) not in numbers:
            raise NoSuchThing(f"Meeting {wanted} is not on.")
        return int(wanted)
    sitting = sitting_for(district_of(drawing), timezone.localdate(), by) if drawing else None
    return sitting.number if sitting is not None and sitting.number in numbers else numbers[0]


def _written(of: MeetingTold, known: PlaceTold | None, by: str) -> MinuteTold | None:
    """What this meeting minuted of the place, wherever it stands."""
    if known is None:
        return None
    here = list_minutes(meeting=of.number, by=by)
    return next((one for one in here if one.place_number == known.number), None)


def _of_item(of: MeetingTold, item: Item | None, by: str) -> MinuteTold | None:
    here = list_minutes(meeting=of.number, by=by)
    return next((one for one in here if item and one.item == item.number and one.place_number is None), None)


def _in_hand(of: MeetingTold, wanted: str) -> Item | None:
    """The item that was named, else the first that is not done, else the last."""
    if wanted:
        found = next((one for one in of.agenda if str(one.number) == wanted), None)
        if found is None:
            raise NoSuchThing(f"Meeting {of.number} has no item {wanted}.")
        return found
    return next((one for one in of.agenda if not one.done), of.agenda[-1] if of.agenda else None)


def _item_of(
    request: HttpRequest,
    of: MeetingTold,
    drawing: Drawn,
    known: PlaceTold | None,
    minute: MinuteTold | None,
    kept: KeptTold | None,
    lost: tuple[LostPlace, ...],
) -> Item | None:
    """Where a minute of the place stands: where it stands already; else its own item; else among the places that are hot
    now, if the meeting kept it as one of these, told still or lost; else besides the agenda."""
    if minute is not None:
        return next((one for one in of.agenda if one.number == minute.item), None)
    own = next((one for one in of.agenda if known is not None and one.place == known.number), None)
    hot = next((one for one in of.agenda if one.item == "hot"), None)
    if own is not None or hot is None:
        return own
    shown = kept_places(kept, districts_of(request, of), home_terms().most_places)
    return hot if letter_of(kept, shown, drawing) or lost_letter(lost, drawing) else None


def _hot_kept(request: HttpRequest, of: MeetingTold) -> KeptTold | None:
    viewer = viewer_of(request)
    return kept_answer(
        number=of.number, name="hot-now", by=viewer.user, at=timezone.now(), purpose=viewer.purpose
    )


def _before(
    known: PlaceTold | None, minute: MinuteTold | None, by: str
) -> tuple[tuple[MeetingTold, MinuteTold], ...]:
    if known is None:
        return ()
    others = [
        one
        for one in minutes_of_place(place=known.number, by=by)
        if minute is None or one.number != minute.number
    ]
    return tuple((meeting(number=one.meeting, by=by), one) for one in others[:MOST_BEFORE])
