"""The door uvicorn opens."""

import os
import warnings
from pathlib import Path

from django.conf import settings
from django.core.asgi import get_asgi_application

# WhiteNoise streams each static file with a synchronous iterator; Django reads it in a thread, and says so every time.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trigpoint.config.settings")
django_application = get_asgi_application()

# what follows imports models, which can be imported only now
from trigpoint.changes.incoming import largest_bytes  # noqa: E402
from trigpoint.web.receiving import BoundedBody, receive_into  # noqa: E402
from trigpoint.web.spooling import ENVELOPE_BYTES  # noqa: E402
from trigpoint.web.warm import warm_up  # noqa: E402

receive_into(Path(settings.TRIGPOINT_HOME) / "spool")
application = BoundedBody(django_application, most_bytes=largest_bytes() + ENVELOPE_BYTES)
warm_up()
