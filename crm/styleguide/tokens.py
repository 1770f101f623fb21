"""The scales of the design, read from the stylesheet that defines them."""

import re
from dataclasses import dataclass

from django.conf import settings

SHEET = settings.BASE_DIR / "static" / "css" / "tokens.css"
DEFINED = re.compile(r"^  (--[\w-]+): ([^;{}]+);", re.MULTILINE)
# Scales by how their names begin.
SCALES = ("text", "space", "radius")


@dataclass(frozen=True)
class Token:
    """A custom property as it is defined first."""

    name: str
    value: str

    @property
    def use(self) -> str:
        return f"var({self.name})"


def read() -> dict[str, list[Token]]:
    """Give the tokens by scale, in the order of the sheet, and all colours."""
    first: dict[str, str] = {}
    for name, value in DEFINED.findall(SHEET.read_text()):
        first.setdefault(name, " ".join(value.split()))
    found = [Token(name, value) for name, value in first.items()]
    scales = {
        scale: [token for token in found if token.name.startswith(f"--{scale}-")]
        for scale in SCALES
    }
    return scales | {"colours": [token for token in found if _is_colour(token)]}


def _is_colour(token: Token) -> bool:
    return token.value.startswith(("light-dark(#", "#"))
