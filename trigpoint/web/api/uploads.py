"""How far an upload has come, for a page that polls."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from trigpoint.web.presenters.upload import progress_json
from trigpoint.web.views.uploads import told_upload

router = Router()


@router.get("/uploads/{upload_id}")
def upload(request: HttpRequest, upload_id: UUID) -> dict[str, object]:
    try:
        return progress_json(told_upload(request, upload_id))
    except PermissionDenied as denial:
        raise HttpError(403, "This is not open to your role.") from denial
