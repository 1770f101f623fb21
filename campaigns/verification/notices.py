"""Sentences by which a website says that something has ended: closed, moved, renamed."""

import re
from collections.abc import Iterator

from campaigns.verification import stems
from campaigns.verification.contract import Site
from campaigns.verification.likeness import Surroundings, spoken, within
from campaigns.verification.pages import postcodes

DAYTIME = (
    r"(?! (?:on|until|for (?:the )?(?:day|lunch|weekend|season|winter|holiday|christmas|easter|"
    r"refurb)|(?:a|the|another|its|this) (?:deal|round|sale|fund|year)))"
)
PLACES = (
    r"(?:branch|office|shop|store|site|depot|practice|surgery|school|clinic|location|premises|"
    r"showroom|workshop|factory|restaurant|garage|centre|salon|warehouse|business|company)"
)
CLOSED = re.compile(
    r"permanent(?:ly)? clos(?:ed?|ure|ing)|clos(?:ed|ing|es) (?:down|permanently|for good|"
    r"(?:its|our|their) doors|for the last time)|"
    r"(?:has|have|had) (?:now |sadly |since |been |recently )*closed(?: down)?\b" + DAYTIME + "|"
    r"(?:is|are) (?:now |sadly )closed\b" + DAYTIME + "|"
    r"(?:ceased|stopped|no longer) (?:to )?(?:trad(?:e|ing)|operat(?:e|ing|es)|open|in business)|"
    r"gone out of business|" + PLACES + r" (?:\w+ ){0,3}(?:closed|shut)(?: down)?"
    r"(?: (?:on|in) (?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|20\d\d)|[.,!]|$)|"
    r"closure of (?:our|this|the)|shut(?:ting)? (?:down|(?:its|our) doors)|has been wound up|"
    r"in liquidation|(?:has|have) (?:now )?merged (?:with|into)|"
    r"(?:status|" + PLACES + r")[^.\n]{0,25}[:–-]\s*closed\b",
    re.I,
)
# What else closes, named just before.
HARMLESS = re.compile(
    r"(?:holiday|day|days|weekend|lunch|evenings?|term|cookie|pop.?up|window|dialog|modal|vacanc|"
    r"applications?|consultation|survey|competition|comments?|nominations?|registrations?|"
    r"lines|admissions?|bookings?|entries|poll|deadline|auction|bids?|position|role|job|ticket|"
    r"deals?)\W+(?:(?:are|is|has|have|been|now|currently|will|be)\W+){0,3}$",
    re.I,
)
HEADING = re.compile(r"^(?!.*day\b).{0,60}\b(?:now |permanently )?closed\b.{0,30}$", re.I)
MOVED = re.compile(
    r"(?:we|" + PLACES + r")(?:['’]ve| have| has)? (?:now |recently |since |just )*"
    r"(?:moved|relocated)\b|(?:has|have) (?:now |recently |since |just )*(?:moved|relocated)\b|"
    r"(?:we are|we['’]re|is|are) (?:now )?(?:moving|relocating) to|"
    r"our new (?:address|premises|home|offices?|location) (?:is|at|in|:)|"
    r"new address:|change of address",
    re.I,
)
LEFT = re.compile(
    r"(?:previously|formerly) (?:based|located|at)|"
    r"(?:old|former|previous) (?:address|premises|office|location)|"
    r"no longer (?:at|here|based|located|in)|(?:moved|relocated) (?:away )?from|left our",
    re.I,
)
# What moves without anybody leaving: “We have moved hundreds of customers to the cloud.”
NOT_US = re.compile(
    r"cloud|customers?|clients?|data|servers?|mailbox|systems?|platform|website|online|forward|"
    r"goalposts|365|azure|users|patients to|pupils|away from|move[ds]? on\b|towards|profit|markets",
    re.I,
)
WHERE = re.compile(
    r"premises|office|address|building|unit\b|street|road|lane\b|park\b|house\b|find us|location|"
    r"bigger|larger|\bhome\b|here\b|town|city|site\b",
    re.I,
)
RENAMED = re.compile(
    r"(?:formerly|previously)(?: (?:known as|called|trading as|named))?|"
    r"(?:has|have) (?:been )?(?:changed (?:its|our) name|renamed|rebranded)|new name for|"
    r"(?:is|are) now (?:known as|called|trading as|part of)|"
    r"(?:has|have) become (?!a\b|an\b|the\b|one\b|known|increasingly|very|more|so\b|well)|"
    r"\bf/?k/?a\b",
    re.I,
)
CLOSED_STEMS = ("clos", "shut", "ceas", "stopped", "no longer", "out of business", "wound up",
                "liquidation", "merged")  # fmt: skip
MOVED_STEMS = ("move", "moving", "relocat", "new ", "change of")
LEFT_STEMS = ("previous", "former", "old ", "no longer", " from", "left our")
RENAMED_STEMS = ("former", "previous", "changed", "renamed", "rebranded", "new name", " now ",
                 "become", "fka", "f/k", "fk/")  # fmt: skip
BEHIND, AHEAD, NEXT = 60, 160, 25
MOST_WORDS = 70


def closed(site: Site, postcode: str, around: Surroundings) -> str:
    """Give the words by which it says that this place has closed, "" if it doesn't.

    What names another place, and not this one, tells of that.
    """
    for text, match in _found(site, CLOSED, CLOSED_STEMS):
        if HARMLESS.search(text[max(0, match.start() - BEHIND) : match.start()]):
            continue
        sentence = _sentence(text, match)
        places = postcodes(_near(text, match))
        about = _about(text, match)
        if places and postcode and postcode not in places and not _is_here(about, around):
            continue
        if not _is_elsewhere(about, around):
            return _shown(sentence, match.group())
    return next((said for said in _headings(site) if HEADING.search(said)), "")


def moved(site: Site, postcode: str, around: Surroundings) -> str:
    """Give the words by which it says that it has left this place, "" if it doesn't."""
    for text, match in _found(site, LEFT, LEFT_STEMS):
        after = text[match.end() : match.end() + AHEAD // 2]
        if (postcodes(after) or ("",))[0] == postcode != "" or (
            not postcodes(after) and match.group().lower().startswith("no longer")
            and _is_here(_rest(text, match), around)
        ):  # fmt: skip
            return _shown(_sentence(text, match), match.group())
    for text, match in _found(site, MOVED, MOVED_STEMS):
        sentence, after = _sentence(text, match), text[match.end() : match.end() + AHEAD]
        if NOT_US.search(sentence):
            continue
        places = postcodes(after)
        # “We have moved to Leicester”: to here.
        is_here = postcode in places if places else _is_here(_rest(text, match), around)
        is_there = bool(places) or _names(_rest(text, match), around.away)
        if not is_here and (is_there or WHERE.search(sentence)):
            return _shown(sentence, match.group())
    return ""


def renamed(site: Site, name: str, around: Surroundings) -> str:
    """Give the words by which it says that it was called so once, "" if it doesn't."""
    for text, match in _found(site, RENAMED, RENAMED_STEMS):
        is_former = match.group().lower().startswith(("former", "previous", "f"))
        if is_former:
            about = text[match.end() : match.end() + len(name) + 30]
        else:
            about = text[max(0, match.start() - len(name) - 20) : match.start()]
        if within(name, spoken(about), around):
            return _shown(_sentence(text, match), match.group())
    return ""


def _found(
    site: Site, pattern: re.Pattern[str], words: tuple[str, ...]
) -> Iterator[tuple[str, re.Match[str]]]:
    for leaf in site.every:
        text = f"{leaf.title}\n{leaf.text}"
        for match in stems.found(text, pattern, words):
            yield text, match


def _headings(site: Site) -> Iterator[str]:
    for leaf in site.every:
        yield from (leaf.title, *leaf.headings)


def _about(text: str, match: re.Match[str]) -> str:
    """What a phrase speaks of: what stands before it, or right behind: “closed in Leeds”."""
    before = re.split(r"[.!?;\n]", text[max(0, match.start() - AHEAD) : match.start()])[-1]
    after = re.split(r"[.!?;,\n]", text[match.end() : match.end() + NEXT], maxsplit=1)[0]
    return f"{before} {match.group()} {after}"


def _rest(text: str, match: re.Match[str]) -> str:
    """The sentence behind a phrase."""
    return re.split(r"[.!?\n]", text[match.end() : match.end() + AHEAD], maxsplit=1)[0]


def _sentence(text: str, match: re.Match[str]) -> str:
    start = max(text.rfind(end, 0, match.start()) for end in (". ", "! ", "? ", "\n")) + 1
    ends = [text.find(end, match.end()) for end in (". ", "! ", "? ", "\n")]
    end = min((each for each in ends if each >= 0), default=len(text))
    return text[max(start, match.start() - AHEAD) : min(end + 1, match.end() + AHEAD)].strip()


def _near(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - BEHIND) : match.end() + AHEAD]


def _is_here(sentence: str, around: Surroundings) -> bool:
    return _names(sentence, around.home)


def _is_elsewhere(sentence: str, around: Surroundings) -> bool:
    return _names(sentence, around.away) and not _is_here(sentence, around)


def _names(sentence: str, places: frozenset[str]) -> bool:
    said = spoken(sentence).split()
    return any(
        " ".join(said[start : start + size]) in places
        for size in (1, 2, 3)
        for start in range(len(said) - size + 1)
    )


def _shown(sentence: str, words: str) -> str:
    text = " ".join(sentence.split())
    if len(text) > MOST_WORDS:
        text = " ".join(words.split())
    return text[:MOST_WORDS]
