"""What the words around a number say that it is for: to speak, to send a fax, or not to call."""

import re

from enrichment.reading import relations
from enrichment.reading.calling import candidates
from enrichment.reading.document import Document, Line, Region

FAX = re.compile(
    r"\b(?:tele)?fax(?:es)?\b|\bfax_?n|"
    # Nobody sends a fax to Halifax.
    r"(?:(?<![a-z])f|(?-i:F))ax_?(?:no|number)?\s*:|\bfacsimile\b|\bffacs\b|\bfaks\b|"
    r"\bfx\b|(?:^|[\s|,;(])f\s*[.:]?\s*$",
    re.IGNORECASE,
)
SPEAKING = re.compile(
    r"\b(?:tel(?:e?phone)?|ph(?:one)?|mob(?:ile)?|call|ring|landline|switchboard|direct|office|"
    r"t|m|p|ff[oô]n|hotline|voice|text|sms|whatsapp|freephone|line|telefon|enquiries|"
    r"voicemail)\b\W*$",
    re.IGNORECASE,
)
FAX_BEHIND = re.compile(
    r"^\s*[(\[,–-]?\s*(?:tele)?(?:fax|facsimile)\b(?!\W{0,4}[\d+(])", re.IGNORECASE
)
# What is counted, and not called.
UNIT = re.compile(
    r"^\s?(?:miles?|mi\b|km|kg|mm|cm|m²|sq|ft|gb\b|mb\b|hours?|hrs|%|pounds|usd|gbp|eur)", re.I
)
LABEL = re.compile(
    # The parts counter has a phone.
    r"\b(?!parts\b)(?:(?:ref(?:erence)?|isbn|issn|ean|barcode|gtin|sku|vin|imei|vat|sort code|"
    r"iban|utr|frn|dx|"
    r"crn|uprn|urn|eori|duns|gmc|gdc|nmc|hcpc|voucher|serial|patent|a/c|part|item|stock code)s?"
    r"|(?:order|invoice|account|acc(?:oun)?t|policy|charity|licen[cs]e|permit|certificate|diploma|"
    r"batch|part|membership|claim|tracking|parcel|company|registered|registration|reg|model|card|"
    r"version|item|product)\s*(?:no|number|num|nr|id|code|reference)s?)\b[\s.:#=]*$",
    re.IGNORECASE,
)
COLUMN = re.compile(
    r"^\W*(?:(?:part|item|product|order|stock|catalogue|cat|article|model|serial|job|"
    r"invoice)\s*(?:no|number|code|ref)?|"
    r"code|sku|ref(?:erence)?|ean|barcode|size|qty|quantity|price|pack|weight|isbn|mileage|miles|"
    r"plate|reg)\b",
    re.IGNORECASE,
)
LONGEST_OBJECT = 300


def is_to_speak(document: Document, line: Line, at: int, end: int) -> bool:
    """Say whether it is a line to speak on."""
    text = document.text
    before = text[max(line.start, at - 60) : at]
    # The label of another number labels that.
    before = re.split(r"\d{3,}", before)[-1]
    behind = text[end : min(line.end, end + 24)]
    if UNIT.match(behind) or FAX_BEHIND.match(behind) or relations.SAMPLE.search(before):
        return False
    if line.region == Region.STATE and _is_called_fax(document, line):
        return False
    if LABEL.search(before) or (line.column and COLUMN.search(line.column)):
        return False
    if FAX.search(before):
        return _speaks_last(before)
    if SPEAKING.search(before) or before.strip(" :[("):
        return True
    labels = [line.before, line.column]
    if line.headings and line.headings[-1].level == 7:
        labels.append(line.headings[-1].text)
    labels.append(_line_above(document, line))
    for label in filter(None, labels):
        if len(label) < 60 and (FAX.search(label) or SPEAKING.search(label)):
            return not FAX.search(label) or _speaks_last(label) or "/" in label
    return True


def _is_called_fax(document: Document, line: Line) -> bool:
    """Whether an object of a script says in another line what its number is for."""
    box = line.box
    said = document.text[box.start : min(box.end, box.start + LONGEST_OBJECT)]
    others = said.replace(document.words(line), "")
    return FAX.search(others) is not None and next(candidates(others), None) is None


def _speaks_last(before: str) -> bool:
    """Whether a label that names a fax names a phone as well: "Tel/Fax"."""
    faxes = list(FAX.finditer(before))
    rest = before[faxes[-1].end() :]
    joined = re.search(r"(?:tel\w*|phone|ph|t|call)\.?\s*(?:/|&|and|\+|or)\s*$",
                       before[: faxes[-1].start()], re.IGNORECASE)  # fmt: skip
    return bool(joined) or bool(SPEAKING.search(rest))


def _line_above(document: Document, line: Line) -> str:
    if line.start == 0:
        return ""
    above = document.line_at(line.start - 2)
    same = above.box is line.box or above.box.parent is line.box.parent
    return document.words(above) if same else ""
