"""JSON as it leaves: compact, and never a NaN, which is no JSON and would hide a fault."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.renderers import BaseRenderer


class StrictJson(BaseRenderer):
    """Renders plain values only. Raises ValueError for NaN or infinity: presenters turn unknown into null."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return json.dumps(data, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()
