"""Takes secrets out of whatever is logged or said."""

import re
from base64 import b64encode
from urllib.parse import quote, quote_plus

HIDDEN = "…"
LONGEST = 200
PHONE = re.compile(r"(?:\+|%2B)\d{6,}")


def clean(text: str, secret: str) -> str:
    """Give the text without the secret, however it may be written, in one line and not too long."""
    if secret:
        pair = b64encode(f"{secret}:".encode()).decode()
        alone = b64encode(secret.encode()).decode()
        # Of a name and a password the latter is a secret by itself.
        half = secret.partition(":")[2]
        forms = [secret, quote(secret, safe=""), quote_plus(secret), pair, alone]
        for form in [*forms, half, quote(half, safe="")] if half else forms:
            text = text.replace(form, HIDDEN)
    words = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}{HIDDEN}"


def shown(path: str, query: object, secret: str) -> str:
    """Give path and names of the query for the log: values may be people's or secret.

    A phone number in the path is somebody's, too.
    """
    path = PHONE.sub(HIDDEN, path)
    names = sorted(query) if isinstance(query, dict) else []
    asked = f"?{','.join(map(str, names))}" if names else ""
    return clean(path + asked, secret)
