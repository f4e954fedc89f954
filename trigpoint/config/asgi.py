"""The door uvicorn opens."""

import os
import warnings

from django.core.asgi import get_asgi_application

# WhiteNoise streams each static file with a synchronous iterator; Django reads it in a thread, and says so every time.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trigpoint.config.settings")
application = get_asgi_application()

from trigpoint.web.warm import warm_up  # noqa: E402  # models can be imported only now

warm_up()
