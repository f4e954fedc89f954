"""The settings of the tests: the real ones, over a temporary home on the loopback."""

import os
import tempfile

os.environ["TRIGPOINT_HOME"] = tempfile.mkdtemp(prefix="trigpoint-tests-")
os.environ["TRIGPOINT_LOOPBACK"] = "1"

from trigpoint.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
