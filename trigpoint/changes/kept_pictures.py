"""The picture of a kept answer: drawn when it is frozen, kept with it, and dropped where the answer is restated.

What is drawn is for another room to say, so the drawer is handed in. A picture is of the very answer it stands beside:
whoever may read that may see it, nobody else, and where the answer goes it goes too (docs/decisions/0020).
"""

import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.answers import Answer
from trigpoint.gate.ask import ask
from trigpoint.gate.marking import marking_of_home
from trigpoint.gate.questions import Question, question_from_words

__all__ = ["Drawer", "KeptPicture", "KeptPictures", "drawn_for", "unpacked_pictures"]


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """One map as SVG, with the words that stand for it; `letter` is the place's, "" for all of them together."""

    letter: str
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class KeptPictures:
    """The maps of an answer, the marking they were drawn under, and the day they show."""

    marking: str
    on: date
    maps: tuple[KeptPicture, ...]


Drawer = Callable[[Answer, Answer, str], tuple[KeptPicture, ...]]
"""From hotspots with their outlines, the districts' outlines, and the code of a quadrant, "" for the county."""


def drawn_for(
    viewer: Viewer, question: Question, quadrant: str, on: date, at: datetime, draw: Drawer | None
) -> bytes | None:
    """The maps of the answer to a question, packed; None for one that has no map, or where nothing draws.

    `on` is the day they show, `at` now. Raises as `ask`; what it asks is on record, under the viewer's own rights.
    """
    if draw is None or question.kind != "hotspots":
        return None
    answer = ask(viewer, replace(question, geometry=True), at)
    districts = ask(viewer, question_from_words("shapes", {"level": "district"}), at)
    maps = draw(answer, districts, quadrant)
    if not maps:
        return None
    told = {"marking": marking_of_home(), "on": on.isoformat(), "maps": [asdict(one) for one in maps]}
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode())


def unpacked_pictures(packed: bytes | None) -> KeptPictures | None:
    """The maps that were kept; None where there are none."""
    if packed is None:
        return None
    told = json.loads(zlib.decompress(bytes(packed)))
    maps = tuple(KeptPicture(**one) for one in told["maps"])
    return KeptPictures(told["marking"], date.fromisoformat(told["on"]), maps)
