"""Takes apart what a text asks for and whom it tells the model to leave out."""

import json
import re
from typing import Any

MARKER = re.compile(
    r"\b(leave (?:\w+ )?out|leaving out|left out|exclud\w+|omit|skip|apart from|other than|"
    r"except(?: for)?|besides|(?:do not|don't|never) (?:return|include|repeat|list|give|name|"
    r"suggest)|not (?:these|any of (?:these|them))|already (?:known|have|found|on|in|listed|"
    r"returned|given|seen)|(?:we|you) (?:already (?:know|have|found|gave|listed)|know)\b|"
    r"known (?:already|organi[sz]ations|compan\w+|names)|ignore (?:these|the following)|"
    r"(?:not|never) (?:\w+ )?again|(?:already|known|previously|so far)\b[^:\n]{0,60}(?=:))",
    re.IGNORECASE,
)
UNWANTED = re.compile(r"known|exclu|leave|left|skip|seen|omit|avoid|already|except|not_", re.I)
TAG = re.compile(r"<(\w+)>(.*?)</\1>", re.DOTALL)
LABEL = re.compile(r"[A-Z][\w ,()/-]{0,40}:|\"\w+\"\s*:")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b")


def split(text: str) -> tuple[str, str]:
    """(what is asked, what is to be left out)."""
    if (whole := as_json(text)) is not None:
        kept, dropped = sorted_out(whole)
        return "\n".join(kept), "\n".join(dropped)
    dropped = []

    def unwanted_tag(found: re.Match[str]) -> str:
        if not UNWANTED.search(found[1]):
            return found[0]
        dropped.append(found[2])
        return " "

    kept, rest = [], TAG.sub(unwanted_tag, text)
    lines = rest.split("\n")
    at = 0
    while at < len(lines):
        found = MARKER.search(lines[at])
        if not found:
            kept.append(lines[at])
            at += 1
            continue
        kept.append(lines[at][: found.start()])
        tail, at = lines[at][found.end() :], at + 1
        dropped.append(tail)
        if listing(tail):
            while at < len(lines) and lines[at].strip() and not LABEL.match(lines[at].strip()):
                dropped.append(lines[at])
                at += 1
        else:
            sentence = re.split(r"(?<=[.;])\s", tail, maxsplit=1)
            kept.append(sentence[1] if len(sentence) > 1 else "")
    return "\n".join(kept), "\n".join(dropped)


def listing(tail: str) -> bool:
    """Whether a list follows the marker rather than the rest of a sentence."""
    return ":" in tail or not tail.strip(" .…-–")


def as_json(text: str) -> Any:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def sorted_out(value: Any, key: str = "") -> tuple[list[str], list[str]]:
    """The strings of a JSON text: those wanted, with their labels; those under an unwanted key."""
    kept: list[str] = []
    dropped: list[str] = []
    pairs = value.items() if isinstance(value, dict) else [(key, one) for one in value or []]
    for name, one in pairs:
        if isinstance(one, dict | list):
            inner = sorted_out(one, name)
            (dropped if UNWANTED.search(str(name)) else kept).extend(inner[0])
            dropped.extend(inner[1])
        elif UNWANTED.search(str(name)):
            dropped.append(str(one))
        else:
            kept.append(f"{name}: {one}" if name else str(one))
    return kept, dropped


def pieces(text: str) -> list[str]:
    """What stands in lists and in quotation marks, each item up to its first comma or bracket."""
    found = re.split(r"[\n;|\"“”\t]+", POSTCODE.sub("", text))
    return [re.split(r"[,:(–—]| - ", piece.strip(" -*•.0123456789)"))[0] for piece in found]


def labelled(text: str, label: str) -> str:
    """What stands behind labels like "Area:" at the beginning of a line."""
    pattern = rf"^\W*(?:\w+ )?(?:{label})\b[^:\n]{{0,40}}:\s*(.+)$"
    return "\n".join(re.findall(pattern, text, re.IGNORECASE | re.MULTILINE))
