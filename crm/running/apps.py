from django.apps import AppConfig


class RunningConfig(AppConfig):
    """No models: commands only."""

    name = "crm.running"
    label = "running"
