"""The agenda, put together once for the same answers.

Every question behind it is asked again each time somebody looks: decided for this viewer, recorded in the audit. Only
where the gate gives the very same answers, object by object, is what was made of them before shown again; so nobody is
shown what was made of another's answers, and nothing outlives the publication that it was made from.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from trigpoint.gate.answers import Answer
from trigpoint.web.hot_now.agenda import Agenda, agenda
from trigpoint.web.hot_now.sources import Heard, Sources

__all__ = ["agenda_again"]

MOST_KEPT = 32
"""One for everybody who may see the same."""


@dataclass(frozen=True, slots=True)
class _Made:
    choices: Answer
    heard: Heard
    agenda: Agenda


_made: OrderedDict[int, _Made] = OrderedDict()
_lock = threading.Lock()


def agenda_again(sources: Sources, choices: Answer) -> Agenda:
    """As `agenda`. Raises ReadDenied or QuestionError where no place may be asked."""
    heard = Heard(sources)
    with _lock:
        before = _made.get(id(choices))
    if before is not None and before.choices is choices and heard.hears_the_same(before.heard):
        with _lock:
            _made.move_to_end(id(choices))
        return before.agenda
    made = agenda(sources, choices, heard)
    if not heard.waits:
        _keep(_Made(choices, heard, made))
    return made


def _keep(made: _Made) -> None:
    # the answer is kept with it, so that its id is nobody else's meanwhile
    with _lock:
        _made[id(made.choices)] = made
        _made.move_to_end(id(made.choices))
        while len(_made) > MOST_KEPT:
            _made.popitem(last=False)
