"""What a question is about, fenced so that a model can tell it from its instructions."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

# With these the data could close its fence, or look like the start of another.
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>`\u2028\u2029"}


def fenced(given: Mapping[str, Any]) -> str:
    """Give the values as JSON between marks that nothing inside can forge."""
    text = json.dumps(given, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False, indent=1)
    # Half a character is no text that can be sent.
    whole = text.encode(errors="replace").decode()
    return f"<data>\n{whole.translate(ESCAPED)}\n</data>"
