"""Warming up: the first visitor should not pay for what every visitor needs."""

import gc
import logging
import threading
import time

from django.db import connections
from django.urls import get_resolver
from django.utils import timezone

from trigpoint.changes.restating_runs import resume_restating
from trigpoint.changes.runs import resume_runs
from trigpoint.changes.upload_reading import resume_uploads
from trigpoint.gate.ahead import read_places, work_ahead, work_further_ahead

LONGEST_WAIT_S = 20.0
"""A store that takes longer to open than this is left to the first visitor: the door opens regardless."""
FIRST_LOOK_S = 15.0
"""Left to the first visitor's first look, before what takes seconds competes with it for the processor."""

_log = logging.getLogger(__name__)


def warm_up() -> None:
    """Import every page and open the version in use, then go on in the background with what takes longer.

    Called where an event loop runs, in which Django forbids its database: hence a thread for all that asks it.
    """
    list(get_resolver().url_patterns)
    opened = threading.Event()
    threading.Thread(target=_read, args=(opened,), name="warm-up", daemon=True).start()
    threading.Thread(target=_resume, name="resume", daemon=True).start()
    opened.wait(LONGEST_WAIT_S)


def _read(opened: threading.Event) -> None:
    try:
        version = read_places()
        opened.set()
        if version is not None:
            work_ahead(version)
            keep_for_good()
            time.sleep(FIRST_LOOK_S)
            work_further_ahead(version)
            keep_for_good()
    except Exception:
        # whatever is wrong will be told to whoever asks; it must not keep the pages of the ledger closed
        _log.exception("Warming up did not finish")
    finally:
        opened.set()
        connections.close_all()


def keep_for_good() -> None:
    """What is here now stays as long as the server runs: looking through it for what nobody needs any more would hold up,
    every few dozen requests, whoever asks just then (a fifth of a second in a county)."""
    gc.collect()
    gc.freeze()


def _resume() -> None:
    """What a killed worker left unfinished is begun again, once it can no longer be somebody's who is still at work."""
    time.sleep(FIRST_LOOK_S)
    try:
        resume_uploads(timezone.now())
        resume_runs(timezone.now())
        resume_restating()
    except Exception:
        # each such upload can be begun again from its own page
        _log.exception("Uploads were not resumed")
    finally:
        connections.close_all()
