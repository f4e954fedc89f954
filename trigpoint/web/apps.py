from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages. Signing in, and failing to, goes on record."""

    name = "trigpoint.web"
    label = "web"

    def ready(self) -> None:
        from trigpoint.web import sign_in_record  # the audit needs the tables, which are ready only now

        sign_in_record.connect()
