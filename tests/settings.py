"""The settings of the tests: the real ones, over a temporary home on the loopback."""

import os
import tempfile

from tests.compiled import compiled_loops

os.environ["TRIGPOINT_HOME"] = tempfile.mkdtemp(prefix="trigpoint-tests-")
os.environ["TRIGPOINT_LOOPBACK"] = "1"
os.environ.setdefault("NUMBA_CACHE_DIR", str(compiled_loops()))

from trigpoint.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
