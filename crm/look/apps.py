from django.apps import AppConfig


class LookConfig(AppConfig):
    """The app of template tags; it has no models."""

    name = "crm.look"
    label = "look"
