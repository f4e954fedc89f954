"""A file in a form goes straight into the home's spool: never into memory, never into the machine's common folder."""

import io
from collections.abc import Callable
from functools import wraps

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from trigpoint.changes.incoming import Incoming, Spooled, UploadRefused, refuse_if_too_large

ENVELOPE_BYTES = 64 * 1024
"""What a form may weigh beside its file."""
FIELD = "file"
View = Callable[..., HttpResponseBase]


class SpoolHandler(FileUploadHandler):
    """Receives the field `file` of one form; files in any other field are passed over."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.incoming: Incoming | None = None
        self.received: Spooled | None = None
        self._for_us = False

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._for_us = self.field_name == FIELD and self.incoming is None
        if self._for_us:
            self.incoming = Incoming(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self._for_us and self.incoming is not None:
            self.incoming.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        if not self._for_us or self.incoming is None:
            return None
        self.received = self.incoming.finish()
        return UploadedFile(file=io.BytesIO(), name=self.received.path.name, size=file_size)

    def discard(self) -> None:
        if self.incoming is not None:
            self.incoming.discard()


def taking_a_file(
    *, refused: Callable[[HttpRequest, UploadRefused], HttpResponseBase], may: Callable[[HttpRequest], object]
) -> Callable[[View], View]:
    """For a view called with `handler=`: its form's file is in the spool, and gone again unless the view keeps it.

    `may` raises PermissionDenied before a byte is read for those who may send none.
    The view keeps it by setting `handler.incoming` to None. What cannot be taken is told by `refused`. The form's
    token is checked as everywhere, only later: the place for the file must be known before the form is read.
    """

    def dressed(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def received(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            may(request)
            if request.method != "POST":
                return csrf_protect(view)(request, *args, handler=None, **kwargs)
            handler = SpoolHandler(request)
            request.upload_handlers = [handler]
            try:
                refuse_if_too_large(int(request.META.get("CONTENT_LENGTH") or 0) - ENVELOPE_BYTES)
                return csrf_protect(view)(request, *args, handler=handler, **kwargs)
            except UploadRefused as refusal:
                return refused(request, refusal)
            finally:
                handler.discard()

        return received

    return dressed
