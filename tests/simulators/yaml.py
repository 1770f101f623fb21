"""Reads the plain kind of YAML that vendors' documents are written in.

Mappings and lists by indentation, `{…}` and `[…]` on one line, plain and quoted words: no anchors,
no blocks of text, nothing that goes over several lines.
"""

import json
import re
from typing import Any

WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
KEY = re.compile(r"('[^']*'|\"[^\"]*\"|[^\s#{}\[\],:][^#{}\[\],:]*):(?:\s+|$)")
PLAIN = re.compile(r"[^,\[\]{}]*")
QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")


def read(text: str) -> Any:
    lines = [line for line in text.splitlines() if line.strip() and line.lstrip()[0] != "#"]
    found, rest = block(lines, indent(lines[0]))
    if rest:
        raise ValueError(f"This cannot be read: {rest[0]}")
    return found


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def block(lines: list[str], depth: int) -> tuple[Any, list[str]]:
    """The mapping or list that begins here, and the lines behind it."""
    if lines[0].lstrip().startswith("- "):
        return sequence(lines, depth)
    found: dict[str, Any] = {}
    while lines and indent(lines[0]) == depth:
        line = lines[0].strip()
        key = KEY.match(line)
        if key is None:
            raise ValueError(f"This cannot be read: {line}")
        found[scalar_key(key[1])], lines = value(line[key.end() :], lines[1:], depth)
    return found, lines


def value(written: str, lines: list[str], depth: int) -> tuple[Any, list[str]]:
    """What stands behind a colon, or in the lines below it."""
    if written:
        return flow(written), lines
    deeper = lines and (
        indent(lines[0]) > depth
        or (indent(lines[0]) == depth and lines[0].lstrip().startswith("- "))
    )
    return block(lines, indent(lines[0])) if deeper else (None, lines)


def sequence(lines: list[str], depth: int) -> tuple[list[Any], list[str]]:
    found = []
    while lines and indent(lines[0]) == depth and lines[0].lstrip().startswith("- "):
        found.append(flow(lines[0].strip()[2:].strip()))
        lines = lines[1:]
    return found, lines


def scalar_key(written: str) -> str:
    return written.strip("'\"").strip()


def flow(written: str) -> Any:
    """One line's worth: a word, a list or a mapping."""
    if written[0] not in "{[":
        return scalar(written)
    found, end = part(written, 0)
    if written[end:].strip():
        raise ValueError(f"This cannot be read: {written[end:]}")
    return found


def part(text: str, at: int) -> tuple[Any, int]:
    at = skipped(text, at)
    if text[at] == "{":
        return mapping(text, at + 1)
    if text[at] == "[":
        return listing(text, at + 1)
    found = QUOTED.match(text, at) or PLAIN.match(text, at)
    assert found is not None
    return scalar(found[0].strip()), found.end()


def mapping(text: str, at: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while text[at := skipped(text, at)] != "}":
        if key := KEY.match(text, at):
            found[scalar_key(key[1])], at = part(text, key.end())
        else:  # a word alone: a key without a value
            word, at = part(text, at)
            found[str(word)] = None
        at = skipped(text, at)
        at += text[at] == ","
    return found, at + 1


def listing(text: str, at: int) -> tuple[list[Any], int]:
    found = []
    while text[at := skipped(text, at)] != "]":
        one, at = part(text, at)
        found.append(one)
        at = skipped(text, at)
        at += text[at] == ","
    return found, at + 1


def skipped(text: str, at: int) -> int:
    while text[at].isspace():
        at += 1
    return at


def scalar(written: str) -> Any:
    if written.startswith("'"):
        return written[1:-1].replace("''", "'")
    if written.startswith('"'):
        return json.loads(written)
    if written in WORDS:
        return WORDS[written]
    if re.fullmatch(r"-?\d+", written):
        return int(written)
    return float(written) if re.fullmatch(r"-?\d+\.\d+", written) else written
