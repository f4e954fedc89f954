"""How far a request to publish has come, for a page that polls."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from trigpoint.web.views.deliveries import progress_of

router = Router()


@router.get("/tasks/{request_id}")
def task(request: HttpRequest, request_id: UUID) -> dict[str, object]:
    return progress_of(request, request_id).as_json()
