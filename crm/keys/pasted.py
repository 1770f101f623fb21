"""Reads a key as people paste it, and says what went along that is no part of it."""

import re

from django.views.decorators.debug import sensitive_variables

from crm.keys.what import EVERY

LEAST, MOST = 8, 500
QUOTES = "\"'`“”‘’«»"
NAMED = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,}\s*[=:]\s*\S")
SCHEME = re.compile(r"(?:authorization:\s*)?(bearer|basic)\s", re.IGNORECASE)
# A name and a secret that belong together, the SID of a key or of an account being the name.
TWILIO = re.compile(r"(SK|AC)[0-9a-f]{32}:[^:]{8,}", re.IGNORECASE)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# By what keys of others begin. What has no entry here looks like many things.
OTHERS = (
    ("sk-ant-", "", "Anthropic"),
    ("sk-", "openai", "OpenAI"),
    ("sess-", "openai", "OpenAI"),
    ("AIza", "google_places", "Google"),
    ("ya29.", "google_places", "Google"),
    ("pat-", "", "HubSpot"),
    ("SG.", "", "SendGrid"),
    ("xox", "", "Slack"),
    ("ghp_", "", "GitHub"),
    ("AKIA", "", "Amazon"),
    ("sk_live_", "", "Stripe"),
)


class NotAKey(ValueError):
    """It can't be the key; the sentence says why and what to do, and never what it was."""


@sensitive_variables()
def read(text: str, service: str) -> str:
    """Give the key alone; raises NotAKey."""
    secret = text.strip()
    for check in (_characters, _length) if _is_pair(secret, service) else CHECKS:
        check(secret)
    _whose(secret, service)
    return secret


def _is_pair(secret: str, service: str) -> bool:
    return service == "twilio" and bool(TWILIO.fullmatch(secret))


def _wrapping(secret: str) -> None:
    if not secret:
        raise NotAKey("Paste the key first.")
    if SCHEME.match(secret):
        word = SCHEME.match(secret)[1].capitalize()  # type: ignore[index]
        raise NotAKey(f"“{word}” came along. Paste only what follows it.")
    if secret[0] in QUOTES or secret[-1] in QUOTES:
        raise NotAKey("Quotation marks came along. Paste only what stands between them.")
    if secret[0] == "{":
        raise NotAKey("This is a whole file. Paste only the API key.")
    if "://" in secret:
        raise NotAKey("This is an address. Paste the key itself.")
    if "@" in secret:
        raise NotAKey("This is an e-mail address. Paste the key itself.")
    if NAMED.match(secret):
        raise NotAKey("A name came along. Paste only what follows it.")


def _characters(secret: str) -> None:
    if re.search(r"\s", secret):
        raise NotAKey("There is a space or a line break in it. A key has none: paste it alone.")
    if set(secret) <= set("•*.…xX") or "…" in secret or "•" in secret:
        raise NotAKey("This is a hidden form of a key. Copy the whole key where it was made.")
    if not (secret.isascii() and secret.isprintable()):
        raise NotAKey("There are characters in it that no key has. Copy it once more.")


def _length(secret: str) -> None:
    if len(secret) < LEAST:
        raise NotAKey(f"This is too short: a key has at least {LEAST} characters.")
    if len(secret) > MOST:
        raise NotAKey(f"This is too long: a key has at most {MOST} characters.")


CHECKS = (_wrapping, _characters, _length)


def _whose(secret: str, service: str) -> None:
    wanted = EVERY[service].label
    for prefix, owner, label in OTHERS:
        if secret.startswith(prefix):
            if owner != service:
                raise NotAKey(f"This looks like a key of {label}, not of {wanted}.")
            return
    if service == "twilio" and not _is_pair(secret, service):
        raise NotAKey(
            "Twilio’s keys have two parts: put in the SID, which begins with SK, a colon, and the "
            "secret."
        )
    if TWILIO.fullmatch(secret) and service != "twilio":
        raise NotAKey(f"This looks like a key of Twilio, not of {wanted}.")
    if UUID.fullmatch(secret) and service in ("openai", "google_places"):
        raise NotAKey(f"This looks like a key of Companies House, not of {wanted}.")
