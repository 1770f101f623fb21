"""When two sources mean the same value, however each of them writes it."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from enrichment.fields import Form

SIGNS = re.compile(r"[^\w£€$%&+#]+")
ENDING_SLASHES = re.compile(r"/+$")
# What links carry to be counted by, and what a page is without.
TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|gclid|fbclid|ref|igsh|si)=[^&]*")


def key(form: Form, value: Any) -> str:
    """Give what two values of this form have in common if they are the same, and else have not."""
    match form:
        case Form.URL:
            return _address(str(value))
        case Form.WORDS:
            return json.dumps(sorted({_plain(str(each)) for each in value}))
        case Form.TEXT | Form.ADDRESS:
            return _plain(str(value))
        case Form.POSTCODE | Form.EMAIL:
            return str(value).replace(" ", "").casefold()
        case _:
            return json.dumps(value)


def _plain(text: str) -> str:
    return SIGNS.sub(" ", text.casefold()).strip()


def _address(url: str) -> str:
    """An address without scheme, www, closing slash and what it is counted by."""
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
    except ValueError:
        return url.casefold()
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    query = TRACKING.sub("", parts.query).strip("&")
    return f"{host}{ENDING_SLASHES.sub('', parts.path)}{'?' + query if query else ''}".casefold()
