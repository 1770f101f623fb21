"""Reads the installation's own keys of services, for companies that have none of theirs."""

from collections.abc import Callable

NAMES = (
    "OPENAI_API_KEY", "COMPANIES_HOUSE_KEY", "GOOGLE_PLACES_KEY", "APOLLO_KEY", "HUNTER_KEY",
    "ZEROBOUNCE_KEY", "TWILIO_KEY", "CLEARBIT_KEY",
)  # fmt: skip


def system_keys(env: Callable[..., str]) -> list[str]:
    """Give what stands in each of the settings, nothing where none is set."""
    return [env(name, default="").strip() for name in NAMES]
