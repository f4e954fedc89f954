"""Progress as it happens, for a page that listens. Bounded: the browser comes back by itself."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import UUID

from asgiref.sync import sync_to_async
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from trigpoint.web.presenters.upload import progress_json
from trigpoint.web.views.uploads import told_upload

LONGEST_S = 25.0
BETWEEN_S = 0.5
COME_BACK_MS = 1000


@require_GET
async def upload_events(request: HttpRequest, upload_id: UUID) -> StreamingHttpResponse:
    """Server-sent events, each the JSON of `/api/uploads/<id>`, whenever it changes; at most LONGEST_S long.

    Asynchronous, so that somebody who watches holds no thread that somebody else waits for.
    """
    await sync_to_async(told_upload)(request, upload_id)
    answer = StreamingHttpResponse(_events(request, upload_id), content_type="text/event-stream")
    answer["X-Accel-Buffering"] = "no"
    return answer


async def _events(request: HttpRequest, upload_id: UUID) -> AsyncIterator[bytes]:
    yield f"retry: {COME_BACK_MS}\n\n".encode()
    until = asyncio.get_running_loop().time() + LONGEST_S
    sent = ""
    while asyncio.get_running_loop().time() < until:
        try:
            told = await sync_to_async(told_upload)(request, upload_id)
        except (Http404, PermissionDenied):
            return
        now = json.dumps(progress_json(told))
        if now != sent:
            yield f"data: {now}\n\n".encode()
            sent = now
        if not told.at_work:
            return
        await asyncio.sleep(BETWEEN_S)
