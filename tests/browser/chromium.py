"""Which Chromium the tests drive."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SILENT = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    # Containers give little shared memory.
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
]


def find() -> str | None:
    """Give the path of a Chromium: the environment's CHROMIUM, or the first on the PATH."""
    named = os.environ.get("CHROMIUM")
    places = (shutil.which(name) for name in ((named,) if named else NAMES))
    return next((place for place in places if place), None)


def is_required() -> bool:
    """Say whether its absence is a failure."""
    return os.environ.get("CHROMIUM_REQUIRED") == "1"
