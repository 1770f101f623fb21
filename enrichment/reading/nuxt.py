"""What Nuxt 2 puts into a page: a function that is given at its end what stands in it by letters.

`window.__NUXT__=(function(a,b){return {office:{phone:a}}}("0113 496 0123","LS1 1AA"))`
"""

import json
import re
from typing import Any

from enrichment.reading.bounds import MOST_JSON
from enrichment.reading.tolerant import plain, values

BEGIN = re.compile(r"__NUXT__\s*=\s*\(?function\s*\((?P<names>[\w$,\s]{0,20000})\)\s*\{")
# A text, or a name that is not that of a property.
TOKEN = re.compile(
    r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|(?<![\w$.])(?P<name>[A-Za-z_$][\w$]{0,7})(?![\w$]*\s*:)"
)
NOTHING = re.compile(r"\bvoid 0\b")
JOINT = re.compile(r"(?<!\\)\"\s*\+\s*\"")


def unfolded(script: str) -> list[Any]:
    """Give the values with what the letters stand for; none if the script is no such one."""
    begin = BEGIN.search(script)
    if begin is None or len(script) > MOST_JSON:
        return []
    first, last = script.find("{", script.find("return", begin.end())), script.rfind("}(")
    if first < begin.end() or last < first:
        return []
    given = values("[" + NOTHING.sub("null", script[last + 2 :]).rstrip("); \n") + "]")
    names = [each.strip() for each in begin["names"].split(",")]
    meant = given[0] if given and isinstance(given[0], list) else []
    known = {name: json.dumps(value) for name, value in zip(names, meant, strict=False)}

    def shown(token: re.Match[str]) -> str:
        said = token.group()
        return json.dumps(plain(said)) if said[0] == "'" else known.get(said, said)

    return values(JOINT.sub("", TOKEN.sub(shown, script[first:last])))
