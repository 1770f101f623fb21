import gc

from django.apps import AppConfig


class RunningConfig(AppConfig):
    """No models: commands only."""

    name = "crm.running"
    label = "running"

    def ready(self) -> None:
        """Look for cycles from now on, and never among what was loaded."""
        gc.freeze()
        gc.enable()
