from django.apps import AppConfig


class DbConfig(AppConfig):
    """Tables only; what they mean is decided in the rooms above."""

    name = "trigpoint.db"
    label = "db"
    default_auto_field = "django.db.models.BigAutoField"
