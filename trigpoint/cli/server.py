"""Serve a home: the web process and its worker, which lives and dies with it."""

import ipaddress
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime

from django.conf import settings

from trigpoint.cli.daily import daily, things_to_do

WORKER = (sys.executable, "-m", "django", "db_worker", "--settings", "trigpoint.config.settings")
WAIT_BEFORE_RESTART_S = 2.0


class HostRefused(ValueError):
    """The address may not be served on; the message says why."""


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve_home(*, host: str, port: int, show: bool = False, reminders: bool = True) -> int:
    """Serve until interrupted; with `show`, open it in the browser of a machine that has a screen.

    With `reminders`, and where the home wants them, agencies are written to once a day (see daily.py).

    Raises HostRefused when a demo home would leave the loopback.
    """
    if settings.TRIGPOINT_DEMO and not is_loopback(host):
        raise HostRefused(
            f"A demo home has open sign-in, so it is served on the loopback only, not on {host}."
        )
    if is_loopback(host) and not settings.HOME.hosts:
        # Without TLS, cookies marked secure would never come back; a home with named hosts stands behind a proxy.
        os.environ["TRIGPOINT_LOOPBACK"] = "1"
    from trigpoint.upkeep.prepare import prepare_home
    from trigpoint.upkeep.retention import tidy

    prepare_home(by="serve", at=datetime.now(UTC))
    tidy(at=datetime.now(UTC))
    each_day = things_to_do(reminders=reminders)
    with worker(), daily(each_day) if each_day else nullcontext():
        print("Opening …", flush=True)
        command = (sys.executable, "-m", "uvicorn", "trigpoint.config.asgi:application", "--host", host)
        threading.Thread(target=_announce, args=(host, port, show), daemon=True).start()
        return _run_to_its_end(subprocess.Popen([*command, "--port", str(port), "--log-level", "warning"]))


def _has_screen() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _announce(host: str, port: int, show: bool) -> None:
    """Say that the page is open once the port answers, and open it where asked and there is a screen."""
    while not _answers(host, port):
        time.sleep(0.1)
    print(f"Trigpoint is open at http://{host}:{port}/ (Ctrl+C ends it)", flush=True)
    if show and _has_screen():
        webbrowser.open(f"http://{host}:{port}/")


def _answers(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def _run_to_its_end(process: subprocess.Popen[bytes]) -> int:
    """Wait for the web process; being told to stop stops it too, so that the port is never left taken."""
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        return max(process.wait(), 0)
    except KeyboardInterrupt:
        process.terminate()
        process.wait(timeout=10)
        return 0


@contextmanager
def worker() -> Iterator[None]:
    """Run the background worker beside the block, starting it again should it ever stop."""
    stop = threading.Event()
    thread = threading.Thread(target=_supervise, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def _supervise(stop: threading.Event) -> None:
    while not stop.is_set():
        process = subprocess.Popen(WORKER)
        while process.poll() is None and not stop.wait(0.2):
            pass
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=8)
        stop.wait(WAIT_BEFORE_RESTART_S)
