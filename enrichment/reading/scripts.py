"""What the scripts of a page would write: addresses put together from pieces.

Nothing is run. Pieces are joined where a script says in plain words that they are.
"""

import base64
import binascii
import codecs
import html
import re
from urllib.parse import unquote

from enrichment.reading.bounds import MOST_SCRIPT
from enrichment.reading.protecting import ADDRESS
from enrichment.reading.tolerant import plain

TEXT = r"\"(?:[^\"\\\n]|\\.){0,500}\"|'(?:[^'\\\n]|\\.){0,500}'|`(?:[^`\\$]|\\.){0,500}`"
NAME = r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*){0,3}"
CALL = r"String\.fromCharCode\((?P<codes>[\d\s,x]{1,2000})\)"
WRAPPER = re.compile(r"(unescape|decodeURIComponent|decodeURI|(?:window\.)?atob)\s*\(\s*")
TERM = re.compile(
    rf"\s*(?:\(\s*)?(?:{CALL}|(?P<text>{TEXT})|\[(?P<list>(?:\s*(?:{TEXT})\s*,?){{1,80}})\]"
    rf"|(?P<name>{NAME}))"
    r"(?P<turned>(?:\.split\(\s*(?:''|\"\")\s*\))?\.reverse\(\)(?:\.join\(\s*(?:''|\"\")\s*\))?)?"
    r"(?:\.join\(\s*(?P<glue>\"[^\"]{0,5}\"|'[^']{0,5}')?\s*\))?"
    r"(?:\.replace\(\s*(?P<old>/[^/\n]{1,30}/g?i?|\"[^\"]{1,30}\"|'[^']{1,30}')\s*,"
    r"\s*(?P<new>\"[^\"]{0,10}\"|'[^']{0,10}')\s*\))?\s*\)?"
)
SET = re.compile(rf"(?<![\w$.])(?P<name>{NAME})\s*(?P<how>\+?=)(?!=)\s*")
WRITE = re.compile(
    r"(?:document\.write(?:ln)?|\beval|location(?:\.href)?\s*=|innerHTML\s*\+?=|\.html|\.attr|"
    r"\.append)\s*\(?\s*"
)
# A function of the page that is given the pieces: `mailLink("info", "fern.co.uk")`.
CALLED = re.compile(
    rf"\b\w*(?:mail|addr|contact|cloak|link|"
    rf"write)\w*\(\s*(?P<pieces>(?:(?:{TEXT})\s*,\s*){{1,3}}(?:{TEXT}))\s*\)",
    re.IGNORECASE,
)
QUICK = (
    "mail", "@", "&#", "%40", "\\x40", "\\u0040", "fromcharcode", ".reverse(", "atob", "mailto",
    "rot13",
)  # fmt: skip
MOST_STATEMENTS = 400
MOST_TERMS = 60
LONGEST = 2_000
ROT13 = re.compile(r"rot_?13|charCodeAt\(0\)\s*\+\s*13|<=?\s*['\"]?Z['\"]?\s*\?\s*90", re.I)


def addresses(scripts: list[str]) -> list[str]:
    """Give the addresses that scripts put together, each once; those that stand there whole are
    not among them."""
    found: dict[str, None] = {}
    left = MOST_SCRIPT
    for script in scripts:
        said = script[:left]
        left -= len(said)
        small = said.lower()
        if any(sign in small for sign in QUICK):
            for address in _joined(said):
                found.setdefault(address)
        if left <= 0:
            break
    return list(found)


def _joined(script: str) -> list[str]:
    whole = {match.group().lower() for match in ADDRESS.finditer(script)}
    known: dict[str, str] = {}
    results: list[str] = []
    starts = [(m.start(), m.end(), m["name"], m["how"]) for m in SET.finditer(script)]
    starts += [(m.start(), m.end(), "", "") for m in WRITE.finditer(script)]
    for _, end, name, how in sorted(starts)[:MOST_STATEMENTS]:
        value = _value(script, end, known)
        if name:
            value = (known.get(name, "") if how == "+=" else "") + value
            known[name] = value[:LONGEST]
        results.append(value)
    for called in CALLED.finditer(script):
        pieces = [_text(each) for each in re.findall(TEXT, called["pieces"])]
        if 2 <= len(pieces) <= 4:
            results.append(f"{pieces[0]}@{'.'.join(pieces[1:])}")
    shown = "\n".join(_unpacked(each) for each in results)
    if ROT13.search(script):
        shown += "\n" + codecs.decode(shown + "\n" + script[:LONGEST], "rot13")
    found = [match.group().lower() for match in ADDRESS.finditer(shown)]
    return [address for address in found if address not in whole]


def _value(script: str, at: int, known: dict[str, str]) -> str:
    """Give what a sum of texts comes to; it ends where something else stands."""
    said: list[str] = []
    for _ in range(MOST_TERMS):
        wrapper = WRAPPER.match(script, at)
        term = TERM.match(script, wrapper.end() if wrapper else at)
        if term is None:
            break
        value = _worth(term, known)
        said.append(_from_base64(value) if wrapper and "atob" in wrapper[1] else value)
        at = term.end()
        while at < len(script) and script[at] in ") \t\r\n":
            at += 1
        if at >= len(script) or script[at] != "+":
            break
        at += 1
    return "".join(said)[:LONGEST]


def _worth(term: re.Match[str], known: dict[str, str]) -> str:
    if term["codes"]:
        value = _from_codes(term["codes"])
    elif term["text"]:
        value = _text(term["text"])
    elif term["list"]:
        pieces = [_text(each) for each in re.findall(TEXT, term["list"])]
        glue = _text(term["glue"]) if term["glue"] else ""
        return glue.join(reversed(pieces) if term["turned"] else pieces)
    else:
        value = known.get(term["name"], "")
    if term["old"]:
        value = _replaced(value, term["old"], _text(term["new"]))
    return value[::-1] if term["turned"] else value


def _replaced(value: str, old: str, new: str) -> str:
    if old.startswith("/"):
        # Only plain letters: patterns of others are not run.
        sought = re.sub(r"\\(.)", r"\1", old[1:].rpartition("/")[0])
        return value.replace(sought, new)
    return value.replace(_text(old), new, 1)


def _from_codes(written: str) -> str:
    codes = [int(each, 0) for each in re.findall(r"0x[0-9a-f]{1,4}|[1-9]\d{0,4}", written)]
    return "".join(chr(code) for code in codes[:200] if code < 0xD800)


def _from_base64(value: str) -> str:
    try:
        return base64.b64decode(value + "=" * (-len(value) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _text(quoted: str) -> str:
    said = re.sub(r"\\x([0-9a-fA-F]{2})", lambda hit: chr(int(hit[1], 16)), quoted)
    return plain("'" + said[1:-1] + "'") if said[0] == "`" else plain(said)


def _unpacked(value: str) -> str:
    shown = html.unescape(unquote(value) if "%" in value else value)
    return html.unescape(shown) if "&#" in shown else shown
