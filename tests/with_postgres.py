"""Run pytest once more against PostgreSQL: `python -m tests.with_postgres [pytest arguments]`.

TRIGPOINT_DATABASE_URL, where set, names the server. Otherwise one is started in a temporary folder on the loopback
from the programs Debian installs, and stopped again. Without either, the run is skipped aloud, or fails when
TRIGPOINT_REQUIRE_POSTGRES=1.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_USER = "postgres"


def programs() -> Path | None:
    """The newest folder of PostgreSQL server programs on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def as_server_user(*words: str | Path) -> list[str]:
    """PostgreSQL refuses to run as root, so root lends it the user that Debian made for it."""
    told = [str(word) for word in words]
    return ["runuser", "-u", SERVER_USER, "--", *told] if os.geteuid() == 0 else told


@contextmanager
def temporary_server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    binaries = programs()
    if binaries is None:
        raise FileNotFoundError("no PostgreSQL server programs on this machine")
    with tempfile.TemporaryDirectory(prefix="trigpoint-postgres-") as place:
        cluster = Path(place) / "cluster"
        if os.geteuid() == 0:
            shutil.chown(place, SERVER_USER)
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/tmp"}
        subprocess.run(
            as_server_user(binaries / "initdb", "-D", cluster, "-U", "trigpoint", "--auth=trust"), **quiet
        )
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {place} -c fsync=off"
        start = as_server_user(
            binaries / "pg_ctl", "-D", cluster, "-o", options, "-w", "-l", Path(place) / "log", "start"
        )
        subprocess.run(start, **quiet)
        try:
            yield f"postgresql://trigpoint@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run(as_server_user(binaries / "pg_ctl", "-D", cluster, "-m", "fast", "stop"), **quiet)


def main(arguments: list[str]) -> int:
    words = [sys.executable, "-m", "pytest", *arguments]
    if os.environ.get("TRIGPOINT_DATABASE_URL"):
        return subprocess.run(words, check=False).returncode
    if programs() is None:
        print(
            "SKIPPED: the tests on PostgreSQL (no server programs found; on Debian: apt install postgresql)"
        )
        return 1 if os.environ.get("TRIGPOINT_REQUIRE_POSTGRES") == "1" else 0
    with temporary_server() as url:
        return subprocess.run(
            words, check=False, env={**os.environ, "TRIGPOINT_DATABASE_URL": url}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
