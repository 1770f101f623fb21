"""What has become of a page: nobody's yet, nobody's any more, or no page at all."""

import re
from collections.abc import Callable, Iterator

from enrichment.reading import hosts
from enrichment.reading.document import Document, Region
from enrichment.reading.reading import Reading
from enrichment.reading.styling import Shade
from enrichment.reading.things import Thing

NORMAL, PARKED, CONSTRUCTION, WALL = "normal", "parked", "construction", "wall"
DIRECTORY, EMPTY, NOT_FOUND, CLOSED = "directory", "empty", "not_found", "closed"
KINDS = (NORMAL, PARKED, CONSTRUCTION, WALL, DIRECTORY, EMPTY, NOT_FOUND, CLOSED)

SHORT, MIDDLING, BARE = 1_500, 3_000, 40
PARK = re.compile(
    r"(?:this|the|your|our) (?:domain|web ?address|domain name|website name|web ?site|"
    r"site)\b[^.]{0,60}?\b(?:is|may be|has been|are)\b (?:now |currently |still )?(?:for sale|"
    r"available for (?:purchase|sale)|"
    r"parked|registered (?:at|with|by|through|on behalf|for)|reserved|listed for sale|on sale|"
    r"newly registered|recently registered|suspended|expired)|"
    r"(?:newly|just|recently) registered (?:our|this|your|a|the|domain)|parked page|"
    r"[\w-]\.[a-z]{2,12} (?:is|may be) (?:now )?(?:for sale|available for purchase)|"
    r"\bbuy this domain|domain(?: name)? (?:is )?for sale|(?:website|domain) is for sale|"
    r"parked (?:domain|by|at|with|for free|free)|make (?:an )?offer on this domain|"
    r"(?:inquire|enquire) about this domain|domain (?:name )?(?:has |is )?(?:been )?(?:expired|"
    r"suspended|lapsed|registered|reserved|pending)\b|interested in this domain|get this domain|"
    r"own this domain|sponsored listings|account (?:has been |is )?suspended|"
    r"(?:site|website|hosting) (?:has been |is )?suspended|holding page|"
    r"(?:hugedomains|sedo|dan\.com|afternic|undeveloped)\b.{0,80}(?:domain|sale|park)|"
    r"why am i seeing this page|(?:is this|are you) (?:your|the owner of this) (?:domain|site|"
    r"website)",
    re.IGNORECASE,
)
BUILDING = re.compile(
    r"under (?:construction|development|maintenance)|coming soon|launching soon|"
    r"opening soon online|"
    r"(?:site|website|page)[^.]{0,30}\b(?:is )?(?:being (?:built|updated|redesigned|rebuilt|"
    r"developed|refreshed)|"
    r"currently (?:down|unavailable|offline|closed)|on its way|nearly ready|almost here)|"
    r"maintenance mode|(?:scheduled|undergoing|down for|"
    r"briefly unavailable for) (?:\w+ )?maintenance|"
    r"back (?:shortly|soon|online soon)|new (?:web ?site|site) (?:is )?(?:coming|on (?:its|"
    r"the) way|"
    r"launching|will be|soon)|(?:working|busy) (?:hard )?on (?:our|a|the) (?:new )?(?:web ?site|"
    r"site)|"
    r"(?:temporarily|currently) (?:down|unavailable|offline)|this (?:site|page) will be (?:live|"
    r"available)|watch this space|wefan newydd|men at work",
    re.IGNORECASE,
)
BUILDING_MARK = re.compile(
    r"seedprod|coming-?soon|maintenance-?mode|under-?construction|wp-maintenance|cmp-coming", re.I
)
CHALLENGE = re.compile(
    r"just a moment|checking (?:your|if the) (?:browser|site connection)|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"enable javascript and cookies to continue|attention required|ddos protection|access denied|"
    r"are you a (?:robot|human)|prove you(?:[’']re| are) (?:not a robot|human)|"
    r"request unsuccessful|(?:complete|solve) the (?:captcha|security check)|you have been blocked|"
    r"pardon our interruption|"
    r"robot check|please wait while we (?:verify|check)|security (?:check|verification)|"
    r"one more step|403 forbidden|forbidden",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"(?:we|our) (?:and our )?(?:\d+ )?partners|value your privacy|"
    r"consent to (?:the use of )?cookies|"
    r"before you continue|accept (?:all )?cookies|manage (?:my )?(?:cookies|preferences|options)|"
    r"legitimate interest|more options|store (?:and|/)(?:or)? access information",
    re.IGNORECASE,
)
CONSENT_NAMES = frozenset((
    "cmp", "cmp2", "qc", "consent", "didomi", "onetrust", "cookie", "truste",
))  # fmt: skip
DEFAULT = re.compile(
    r"apache2? .{0,20}default page|default (?:web ?)?page|welcome to nginx|^it works!?$|"
    r"iis windows|internet information services|index of /|web server'?s default|test page for|"
    r"directory listing|just another wordpress site|hello world!|"
    r"default web site page|site not configured|no website configured|placeholder page|"
    r"this is the default|your web ?site is ready|congratulations! your|welcome to centos|"
    r"success! your new web server|future home of",
    re.IGNORECASE | re.MULTILINE,
)
MISSING = re.compile(
    r"^(?:error\W*)?(?:404|410)\b|page (?:not|cannot be|can[’']?t be|could not be|couldn[’']?t be|"
    r"was not) found|"
    r"(?:page|file|document)\b.{0,40}\b(?:does(?:n[’']t| not) exist|no longer exists|"
    r"(?:has|have) (?:been )?(?:moved or )?(?:removed|deleted)|not available)|not found$|^oops|"
    r"can[’']?t find (?:that|the|this) page|nothing (?:was )?found here|\b404\b.{0,20}(?:not found|"
    r"error)|(?:error|fehler) 404|gwall 404|heb ei (?:ganfod|chanfod)",
    re.IGNORECASE,
)
GONE = re.compile(
    r"permanent(?:ly)? (?:clos(?:ed?|ure|ing)|shut)|clos(?:ed|ing) (?:down|permanently|for good|"
    r"its doors|our doors|for the last time)|ceased (?:to )?(?:trad(?:e|ing)|operat(?:e|ing|ions))|"
    r"no longer (?:trading|in business|"
    r"operating|open)|gone out of business|(?:is|are|has gone|went|placed|been put|gone) (?:in|"
    r"into) (?:liquidation|administration)|has been (?:wound up|dissolved|acquired by|bought by|"
    r"taken over by)|"
    r"we (?:have|[’']ve) (?:now |sadly |finally |recently |since )*(?:closed|retired|shut|"
    r"sold the business|ceased)\b"
    r"(?! (?:on|for (?:lunch|the (?:day|season|winter)|a)|until|orders|the deal))|"
    r"(?:business|shop|store|company|practice|restaurant|firm|branch) (?:has|is) (?:now |sadly |"
    r"been )*(?:closed|ended|"
    r"been sold)\b(?! (?:on|for|until|at|every))|joined forces with|are now part of|is now part of|"
    r"merged (?:with|into)|we have (?:now )?become part of|after \w+ (?:happy |"
    r"wonderful )?years.{0,40}clos",
    re.IGNORECASE,
)
LISTING = re.compile(
    r"claim (?:this|your) (?:business|listing|profile|company|page|free)|"
    r"(?:add|list|submit) (?:your|a) (?:business|company|listing|firm)|is your (?:firm|business|"
    r"company) missing|similar (?:businesses|companies)|nearby (?:businesses|companies|listings)|"
    r"is this your (?:business|company)|suggest an edit|report this (?:listing|profile|business)|"
    r"update (?:this|your) listing|(?:businesses|companies|results|listings) found|\(\d+ found\)|"
    r"showing \d+ ?(?:-|–|to) ?\d+ of \d+|featured (?:businesses|listings|companies)|"
    r"sponsored result",
    re.IGNORECASE,
)
FRAMED = re.compile(r"<i?frame\b|<embed\b|<object\b|http-equiv=.?refresh", re.IGNORECASE)
FEWEST_ENTRIES = 4


def kind(reading: Reading) -> str:
    """Say what has become of a page, a slug of `KINDS`."""
    document = reading.document
    words, heading = _shown(document), _heading(document)
    head = f"{document.title}\n{heading}"
    asks: tuple[tuple[str, Callable[[], bool]], ...] = (
        (PARKED, lambda: _is_parked(reading, head, words)),
        (WALL, lambda: _is_wall(document, head, words)),
        (NOT_FOUND, lambda: bool(MISSING.search(document.title) or MISSING.search(heading))),
        (CONSTRUCTION, lambda: _is_in_building(document, head, words)),
        (EMPTY, lambda: _is_empty(reading, head, words)),
        (CLOSED, lambda: _is_closed(head, words)),
        (DIRECTORY, lambda: _is_directory(reading, words)),
    )
    return next((name for name, is_so in asks if is_so()), NORMAL)


def _shown(document: Document) -> str:
    """The words of the page itself, as far as they are seen."""
    regions = (Region.HEAD, Region.MACHINE, Region.STATE)
    lines = (line for line in document.lines if line.region not in regions)
    said: list[str] = []
    size = 0
    for line in lines:
        if line.shade == Shade.SHOWN:
            said.append(document.words(line))
            size += line.end - line.start
        if size > MIDDLING * 4:
            break
    return "\n".join(said)


def _heading(document: Document) -> str:
    heads = (document.words(line) for line in document.lines if line.box.tag in ("h1", "h2"))
    return "\n".join(each for each, _ in zip(heads, range(3), strict=False))


def _is_parked(reading: Reading, head: str, words: str) -> bool:
    if PARK.search(reading.document.title):
        return True
    if any(hosts.registrable(mail.host) == reading.identity.domain for mail in reading.mails):
        # Who sells websites may be written to there.
        return False
    return len(words) <= MIDDLING and PARK.search(f"{head}\n{words}") is not None


def _is_wall(document: Document, head: str, words: str) -> bool:
    if len(words) <= SHORT and CHALLENGE.search(head):
        return True
    return _is_behind_consent(document, words)


def _is_behind_consent(document: Document, words: str) -> bool:
    """Whether there is nothing but the question whether one may be watched."""
    if not any(box.names & CONSENT_NAMES for box in document.boxes) or not CONSENT.search(words):
        return False
    inside = outside = 0
    for line in document.lines:
        if line.region in (Region.HEAD, Region.MACHINE, Region.STATE):
            continue
        is_asked = any(box.names & CONSENT_NAMES for box in line.box.above())
        inside += is_asked * (line.end - line.start)
        outside += (not is_asked) * (line.end - line.start)
    return inside > 200 and outside < 300


def _is_empty(reading: Reading, head: str, words: str) -> bool:
    document = reading.document
    if DEFAULT.search(head) or (len(words) <= SHORT // 2 and DEFAULT.search(words)):
        return True
    has_more = any(line.region in (Region.MACHINE, Region.STATE) for line in document.lines)
    if reading.calls or reading.mails or reading.codes:
        return False
    if has_more or document.images or len(re.sub(r"[\W_]+", "", words[:SHORT])) >= BARE:
        return False
    return len(document.metas.get("description", "")) <= BARE and not FRAMED.search(document.source)


def _is_in_building(document: Document, head: str, words: str) -> bool:
    if len(words) > SHORT:
        return False
    return BUILDING.search(head if len(words) > SHORT // 2 else f"{head}\n{words}") is not None or (
        BUILDING_MARK.search(document.source) is not None and len(words) < SHORT // 2
    )


def _is_closed(head: str, words: str) -> bool:
    if GONE.search(head):
        return True
    return len(words) <= SHORT and GONE.search(words) is not None


def _is_directory(reading: Reading, words: str) -> bool:
    entries = sum(_entries(thing) for thing in reading.things)
    said = len({match.group().lower() for match in LISTING.finditer(words[:MIDDLING])})
    if entries >= FEWEST_ENTRIES:
        return True
    return (bool(reading.owner.lists.count or entries) and said >= 1) or said >= 3


def _entries(thing: Thing) -> int:
    """How many organisations a list of schema.org names."""
    if "itemlist" not in thing.kinds:
        return 0
    return sum(
        1
        for part in _items(thing)
        if part.all("telephone") or part.parts.get("address") or part.all("address")
    )


def _items(thing: Thing) -> Iterator[Thing]:
    for item in thing.parts.get("itemlistelement", ()):
        yield item
        yield from item.parts.get("item", ())
