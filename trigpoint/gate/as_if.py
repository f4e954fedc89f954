"""A question answered as the next publication would answer it, with one correction laid over the facts.

Decided, recorded and restricted like any question, and by the same code: only the tables are read through views in which
the record is as the correction makes it (`store/laid_over.py`). So whoever asks is told what they will be told once it
is published, and nothing else. No such answer is kept.
"""

from dataclasses import replace
from datetime import datetime

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.core.workflow.corrections import Correction
from trigpoint.gate.answers import Answer
from trigpoint.gate.ask import answer, home_desk
from trigpoint.gate.questions import Question
from trigpoint.gate.shelf import Shelf
from trigpoint.store.laid_over import LaidOverCursor

__all__ = ["ask_as_if"]


def ask_as_if(viewer: Viewer, question: Question, at: datetime, correction: Correction) -> Answer:
    """The answer with the correction in force. Raises as `gate.ask.ask`, NotWorkedOut for what takes long."""
    desk = home_desk(at, may_wait=False)
    version = desk.version.seen_through(lambda cursor: LaidOverCursor(cursor, correction))
    return answer(viewer, question, at, replace(desk, version=version, shelf=Shelf(None, may_wait=False)))
