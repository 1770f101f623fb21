"""The company number and the VAT number of whoever made a page."""

import re
from collections.abc import Iterator

from crm.registers.numbers import company_number
from enrichment.reading import companies as companies_
from enrichment.reading import ours
from enrichment.reading.document import Line, Region
from enrichment.reading.reading import Reading
from enrichment.told import Told

# Prefixes that Companies House gives to companies and partnerships, no societies and charities.
# https://www.gov.uk/government/publications/uniform-resource-identifiers-uri-customer-guide
PREFIX = r"(?:SC|NI|[O0]C|S[O0]|NC|NL|SL|LP|FC|SF|NF|BR|GE|IC|SI|R0)"
GAP = r"[\s.,'’-]"
# Seven or eight figures, in groups as people write them; six of old companies.
DIGITS = (
    rf"(?:\d{{8}}|\d{{7}}|\d{{6}}|\d{{4}}{GAP}\d{{3,4}}|\d{{1,2}}{GAP}\d{{3}}{GAP}\d{{3}}|"
    rf"\d{{3}}{GAP}\d{{3}}{GAP}\d{{1,2}}|\d{{3}}{GAP}\d{{2}}{GAP}\d{{3}}|"
    rf"\d{{2}}(?:{GAP}\d{{2}}){{3}}|\d{{3}}{GAP}\d{{4,5}}|\d{{5}}{GAP}\d{{3}}|\d{{2}}{GAP}\d{{6}}|"
    r"\d(?: \d){6,7})"
)
LETTERED = rf"(?:{PREFIX}[\s.-]?(?:\d{{5,6}}|\d{{3}}\s\d{{3}}|\d(?: \d){{5}}))"
ENDED = r"(?![\d\w/]|[.,]\d|-\d|\s(?!0\d{2,4}\s?\d{3})\d)"
NUMBER = rf"(?P<number>{LETTERED}|{DIGITS}){ENDED}"
SIGN = r"(?:no|nos|number|num|nr|n°|nº|№|#|rhif|numer)"
WHERE = (
    r"(?:in|at|with|under|by|cardiff|edinburgh|belfast|the|and|of|uk|gb|england|wales|scotland|"
    r"northern|ireland|united|kingdom|great|britain|guarantee|companies|house|company|limited|ltd|registration|registered|"
    r"reg|as|a|private|is|our|lloegr|cymru|yng|nghymru|a|cofrestredig)"
)
WORD = (
    r"(?:compan(?:y|ies)(?:\s+house)?|co|cwmni|(?:uk\s+)?(?:establishment|branch)|guarantee|"
    r"registered|registration|reg(?:d|istr)?|"
    r"incorporated|partnership|llp|crn|cofrestr\w*|firmenbuch|rejestru)"
)
LABELLED = re.compile(
    rf"\b{WORD}\b(?:[\s,.:()/&–—-]+{WHERE}\b)*[\s,.:()/&|–—-]*(?:{SIGN}\b)?"
    rf"[\s.:#)=–—-]*(?:is\s+)?\(?\s*{NUMBER}",
    re.IGNORECASE,
)
FORM = r"(?:Ltd|LTD|Limited|LIMITED|LLP|Llp|PLC|plc|Plc|CIC|Cyf|Cyfyngedig)"
BEHIND_NAME = re.compile(
    rf"\b{FORM}\.?\s*[,;:|–-]?\s*\(?\s*(?:{SIGN}\b[\s.:]*)?{NUMBER}", re.IGNORECASE
)
# With letters before them they are no others', whatever they are called in between.
LETTERED_BEHIND_NAME = re.compile(
    rf"\b{FORM}\.?\s*[,;:|–-]?\s*\(?\s*[^\W\d_]{{2,10}}[.:]?\s*(?P<number>{LETTERED}){ENDED}",
    re.IGNORECASE,
)
COUNTRY = re.compile(
    rf"\b(?:england|wales|scotland|ireland)\b[\s,.:()&-]*{SIGN}\b[\s.:#)(]*{NUMBER}", re.IGNORECASE
)
BEFORE_LABEL = re.compile(
    rf"(?<![\w.])(?<!\d[\s-])(?:{SIGN}\b)?[\s.:]*{NUMBER}\W{{1,4}}(?:is\s+)?(?:registered|"
    rf"incorporated|reg\.?)\s+(?:in|at)\s+"
    r"(?:england|wales|scotland|northern|cardiff|companies|the uk)",
    re.IGNORECASE,
)
# "Fern Ltd 2001-2026".
YEARS = re.compile(r"(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d")
# Registers of others stand beside it.
OTHER_REGISTERS = re.compile(
    r"charit|vat\b|v\.a\.t|\bico\b|\bfca\b|\bfrn\b|\bfrs\b|data protection|ofsted|\burn\b|\bsra\b|"
    r"law society|\bcqc\b|\bduns\b|elusen|\butr\b|\bpaye\b|society|societies|friendly|mutual|"
    r"\bdx\b|\babta\b|\batol\b|ombudsman|gas safe|niceic|oftec|\bfsa\b|regulat|authoris|authoriz|"
    r"licen[cs]|"
    r"\bgdc\b|\bgmc\b|\bgphc\b|\brics\b|\biso\b|\bkvk\b|\bbic\b|membership|member|phone|telephone|"
    r"\btel\b|"
    r"account|sort code|\bfax\b|trade ?mark|patent|waste|\beori\b|environment agency|design|"
    r"\bisbn\b|"
    r"insurance|policy|food|medic|title|vehicle|provider|premises|nurse|pharmac|veterinar|accredit|"
    r"certificate|carrier|credit",
    re.IGNORECASE,
)
FOREIGN = re.compile(
    r"(?<!northern )\b(?:ireland|dublin|jersey|guernsey|isle of man|france|germany|deutschland|"
    r"netherlands|nederland|delaware|usa|poland|warsz\w+|spain|italy|belgium|luxembourg|cayman|"
    r"gibraltar|malta|cyprus|hong kong|singapore|australia|new zealand|india|canada|sweden|norway|"
    r"denmark|finland|switzerland|austria|portugal)\b",
    re.IGNORECASE,
)
SCOTLAND = re.compile(r"\bscotland\b", re.IGNORECASE)
NORTH = re.compile(r"\bnorthern ireland\b", re.IGNORECASE)
ENGLAND = re.compile(r"\b(?:england|wales)\b", re.IGNORECASE)
COMPANY = re.compile(
    r"\bcompan(?:y|ies)\b|\bco\.|england|wales|scotland|ireland|\bltd\b|limited|\bplc\b|\bllp\b|"
    r"cwmni",
    re.IGNORECASE,
)
VAT = re.compile(
    r"(?:(?P<label>\b(?:VAT|V\.A\.T\.?|TAW)\b[^\d\n]{0,40}?)|(?<![\w]))"
    r"(?P<gb>GB[\s.-]{0,2})?(?P<number>\d{3}[\s.-]{0,2}\d{4}[\s.-]{0,2}\d{2}|"
    r"\d{3}[\s.-]\d{3}[\s.-]\d{3})(?:[\s.-]?\d{3})?(?![\d\w])",
    re.IGNORECASE,
)
NOT_VAT = re.compile(r"eori|tel|phone|fax|charity|company (?:no|num|reg)|€|\bIE\b", re.IGNORECASE)
CHARITY_BEHIND = re.compile(
    r"\W{0,3}\(?(?:registered )?charit(?:y|ies)\b(?!\W{0,3}(?:reg\w*\W{1,3})?(?:no|num|#))",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\d[\d\s.,'’-]{4,60}\d")
MOST_FOUND, AFTER = 60, 60
REACH = 200


def companies(reading: Reading) -> Iterator[Told]:
    """Give the company numbers of whoever made the page."""
    seen: set[str] = set()
    rejected: set[str] = set()
    for at, end, number, entity in _company_candidates(reading):
        if number in seen:
            continue
        if _is_own(reading, at, end, entity):
            seen.add(number)
            yield reading.told("company_number", number, at, end)
        else:
            rejected.add(number)
    reading.rejected |= {("company_number", number) for number in rejected - seen}


def _company_candidates(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    text, count = reading.text, 0
    matches = [
        match
        for start, end in _numbered(text)
        for pattern in (LABELLED, BEHIND_NAME, LETTERED_BEHIND_NAME, COUNTRY, BEFORE_LABEL)
        for match in pattern.finditer(text, start, end)
    ]
    for match in sorted(matches, key=lambda each: each.start("number")):
        at, end = match.span("number")
        line = reading.document.line_at(at)
        count += 1
        if count > MOST_FOUND or match.start() < line.start - REACH:
            return
        before = text[max(line.start, at - REACH) : at]
        if _is_of_another_register(before, match.group()[: at - match.start()]):
            continue
        if CHARITY_BEHIND.match(text, end):
            continue
        number = _company(match["number"], before, text[end : min(line.end, end + 40)])
        if number:
            yield at, end, number, _entity(before)


def _numbered(text: str) -> Iterator[tuple[int, int]]:
    """Give the parts of a text that hold numbers of such a length, with what stands before."""
    start = end = 0
    for match in NUMBERED.finditer(text):
        if match.start() > end:
            if end:
                yield start, end
            start = max(0, match.start() - REACH)
        end = min(len(text), match.end() + AFTER)
    if end:
        yield start, end


def _is_of_another_register(before: str, label: str) -> bool:
    if OTHER_REGISTERS.search(label):
        return True
    # A word right before the label belongs to it: "Charity registration number".
    lead = before[: len(before) - len(label)][-24:]
    lead = re.split(rf"[.;|,()\n·•–—]|\d{{4,}}|\b{FORM}\b", lead)[-1]
    return OTHER_REGISTERS.search(lead) is not None


def _company(written: str, before: str, behind: str) -> str:
    """Give a number as it is published, "" if it is none of Companies House."""
    if YEARS.fullmatch(written):
        return ""
    compact = re.sub(r"[\s.,'’-]", "", written).upper()
    if compact[:2] in ("0C", "S0") and not compact[:2].isdigit():
        # A nought for the letter.
        compact = compact[:2].replace("0", "O") + compact[2:]
    prefix = compact[:2] if compact[:2].isalpha() else ""
    figures = compact.removeprefix(prefix)
    said = re.split(r"(?<!\bNo)(?<!\bno)(?<=[a-z0-9)])[.;|]\s+(?=[A-Z])", before)[-1]
    next_to_it = f"{said} {re.split('[.;|]', behind)[0]}"
    if not prefix and FOREIGN.search(next_to_it) and not NORTH.search(next_to_it):
        return ""
    if not prefix and len(figures) <= 6 and not COMPANY.search(next_to_it):
        # Numbers of six figures are old companies', and of all kinds of registers.
        return ""
    if not figures.strip("0") or len(set(figures)) == 1:
        return ""
    if figures in ("12345678", "1234567", "123456", "01234567"):
        return ""
    if not prefix and len(figures) <= 6:
        around = said + behind if not ENGLAND.search(said) else said
        prefix = _country(around)
    if prefix:
        return prefix + figures.zfill(6)
    return company_number(figures)


def _country(said: str) -> str:
    """Companies of Scotland and Northern Ireland have letters before their number."""
    if ENGLAND.search(said):
        return ""
    if NORTH.search(said):
        return "NI"
    return "SC" if SCOTLAND.search(said) else ""


def _entity(before: str) -> str:
    """Give the company that is named last before a number."""
    named = list(companies_.named(before))
    return named[-1][2] if named else ""


def _is_own(reading: Reading, at: int, end: int, entity: str) -> bool:
    line = reading.document.line_at(at)
    if line.region == Region.MACHINE:
        return _is_said_of_own(reading, at, ("identifier", "taxid", "value", "legalname"))
    companies = reading.identity.companies
    if reading.document.is_unseen(at):
        return False
    if entity and entity in companies:
        return reading.owner.has_no_orders(at)
    if entity and companies and not reading.identity.is_named(entity):
        return False
    return reading.owner.is_own(at, end, is_register=not entity or bool(companies))


def _is_said_of_own(reading: Reading, at: int, keys: tuple[str, ...]) -> bool:
    return any(
        said.at <= at < said.at + max(1, len(said.value))
        for thing in reading.own
        for part in ours.parts(thing)
        for key in keys
        for said in part.says.get(key, ())
    )


def vats(reading: Reading) -> Iterator[Told]:
    """Give the VAT numbers of whoever made the page; their check figures are right."""
    seen: set[str] = set()
    found = (
        match
        for start, end in _numbered(reading.text)
        for match in VAT.finditer(reading.text, start, end)
    )
    for count, match in enumerate(found):
        if count > MOST_FOUND * 5:
            return
        at, end = match.span("number")
        figures = re.sub(r"\D", "", match["number"])
        line = reading.document.line_at(at)
        if not (match["label"] or match["gb"] or _has_vat_label(reading, line, at)):
            continue
        number = f"GB{figures}"
        if not is_vat(figures) or number in seen or NOT_VAT.search(match["label"] or ""):
            continue
        if _is_own_vat(reading, line, at, end):
            seen.add(number)
            yield reading.told("vat_number", number, match.start("gb") if match["gb"] else at, end)


def _is_own_vat(reading: Reading, line: Line, at: int, end: int) -> bool:
    if line.region == Region.MACHINE:
        return _is_said_of_own(reading, at, ("vatid", "taxid", "identifier", "value"))
    return not reading.document.is_unseen(at) and reading.owner.is_own(at, end, is_register=True)


def _has_vat_label(reading: Reading, line: Line, at: int) -> bool:
    before = reading.text[max(line.start, at - 30) : at]
    labels = [line.before, *(each.text for each in line.headings[-1:]), before]
    return any(re.search(r"\bVAT\b|vatid", each, re.IGNORECASE) for each in labels)


def is_vat(figures: str) -> bool:
    """Say whether the last two of nine figures check the others.

    https://en.wikipedia.org/wiki/VAT_identification_number: 97, or 97 and 55 since 2010.
    """
    if len(figures) != 9 or not figures.strip("0"):
        return False
    total = sum(int(each) * weight for each, weight in zip(figures, range(8, 1, -1), strict=False))
    check = int(figures[7:])
    return (total + check) % 97 == 0 or (total + check + 55) % 97 == 0
