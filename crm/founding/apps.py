from django.apps import AppConfig


class FoundingConfig(AppConfig):
    """No models: a form and a command."""

    name = "crm.founding"
    label = "founding"
