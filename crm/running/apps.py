import gc

from django.apps import AppConfig

# Python's own numbers but for the first, 700: each page meets it several times, and each lot of
# leads hundreds of times.
SELDOM = (20_000, 10, 10)


class RunningConfig(AppConfig):
    """No models: commands only."""

    name = "crm.running"
    label = "running"

    def ready(self) -> None:
        """Look for cycles from now on, seldom, and never among what was loaded."""
        gc.freeze()
        gc.set_threshold(*SELDOM)
        gc.enable()
