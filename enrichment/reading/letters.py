"""The letters of a page from its bytes: what it declares of them may be a lie."""

import codecs
import re

# https://encoding.spec.whatwg.org/#names-and-labels: what a label means to a browser, where that
# is not what it means to Python. Each is a superset of what was named.
MEANT = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "l1": "cp1252",
    "windows-1252": "cp1252", "iso-8859-9": "cp1254", "latin5": "cp1254", "tis-620": "cp874",
    "iso-8859-11": "cp874", "windows-874": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "x-sjis": "cp932",
    "shift_jis": "cp932", "sjis": "cp932", "shift-jis": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "x-x-big5": "big5hkscs", "utf8": "utf-8", "unicode-1-1-utf-8":
    "utf-8", "x-mac-roman": "mac_roman", "macintosh": "mac_roman",
}  # fmt: skip
# What a browser takes for letters; Python knows more, some of which can hide what is written.
PLAIN = re.compile(
    r"utf-?8|cp\d{3,4}|windows-125\d|(?:iso-?)?8859[-_]\d{1,2}|iso8859[-_]\d{1,2}|gb18030|big5hkscs"
    r"|euc[-_]jp|iso-?2022-jp|koi8-[ru]|mac[-_](?:roman|cyrillic)"
)
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
IN_PAGE = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I
)
DECLARED_WITHIN = 4096
LOOKED_AT = 4096
MOST_JUDGED = 200_000
# A page cut off in the middle of a letter has a few bytes too many.
LONGEST_LETTER = 4
# Of so many that are no UTF-8, the page may still be: somebody pasted a line of another kind.
FEW = 0.1
OUTSIDE_ASCII = re.compile(rb"[\x80-\xff]+")


def decode(content: bytes, header: str = "") -> str:
    """Give the text of a page whose `Content-Type` header says so; never raises.

    What is valid UTF-8 is UTF-8, whatever is declared: hardly anything else looks so by chance.
    """
    for mark, name in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    if wide := _wide(content[:LOOKED_AT]):
        return content.decode(wide, "replace")
    declared = _declared(content, header)
    if declared.startswith(("iso2022", "iso-2022")):
        return content.decode(declared, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(content) - LONGEST_LETTER:
            return content.decode("utf-8", "ignore")
    if _is_mostly_utf8(content):
        return content.decode("utf-8", "cp1252_else")
    if declared and declared != "utf-8":
        return content.decode(declared, "replace")
    return content.decode("cp1252", "replace")


def _wide(start: bytes) -> str:
    """UTF-16 without its mark has a nought in every other byte, in a language like ours."""
    half = len(start) // 2
    if half < 8:
        return ""
    if start[1::2].count(0) > half * 0.6:
        return "utf-16-le"
    return "utf-16-be" if start[0::2].count(0) > half * 0.6 else ""


def _declared(content: bytes, header: str) -> str:
    in_page = IN_PAGE.search(content[:DECLARED_WITHIN])
    in_header = IN_HEADER.search(header)
    said = [in_header[1] if in_header else "", in_page[1].decode("ascii") if in_page else ""]
    for label in said:
        name = MEANT.get(label.lower(), label.lower())
        if PLAIN.fullmatch(name):
            try:
                return codecs.lookup(name).name
            except LookupError:
                continue
    return ""


def _is_mostly_utf8(content: bytes) -> bool:
    runs = OUTSIDE_ASCII.findall(content[:MOST_JUDGED])
    wrong = sum(1 for run in runs if not _is_utf8(run))
    return bool(runs) and len(runs) >= 5 and wrong <= len(runs) * FEW


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """What to put in place of bytes that are no UTF-8."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cp1252_else", _as_cp1252)
