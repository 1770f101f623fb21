"""What a website proves or disproves of whoever is said to have it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from campaigns.verification import copies, emptiness, hosts, likeness, notices, orders
from campaigns.verification.circle import spot
from campaigns.verification.contract import Site
from campaigns.verification.likeness import Likeness
from campaigns.verification.rules import Finding
from campaigns.verification.subject import Subject

MOST_SHOWN = 2


@dataclass(frozen=True)
class Told:
    """What it tells. `is_own`: it is the website of whoever was looked for.

    `elsewhere` are the postcodes it gives instead of the one that was claimed.
    """

    findings: list[Finding] = field(default_factory=list)
    is_own: bool = False
    has_place: bool = False
    postcodes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    text: str = ""


def before_reading(subject: Subject) -> list[Finding]:
    """Say what an address tells by itself, without anybody going there."""
    url = subject.website
    if not url:
        return [Finding("no_website")]
    address = url if "//" in url else f"https://{url}"
    words = {"host": hosts.host(address) or url[:40]}
    for slug, applies in (
        ("directory", hosts.is_directory),
        ("official_page", hosts.is_official),
        ("social", hosts.is_social),
    ):
        if applies(address):
            return [Finding(slug, address, words)]
    return []


def look(site: Site, subject: Subject) -> Told:
    """Read what the website says."""
    host = hosts.host(site.url or site.asked) or hosts.host(f"https://{site.asked}")
    words: dict[str, Any] = {"host": host}
    if site.answer == "no domain":
        return Told([Finding("no_domain", site.asked, words)])
    if site.answer == "forbidden":
        return Told([Finding("forbidden", site.asked, words)])
    if site.answer != "read":
        return Told([Finding("site_away", site.asked, words | {"why": site.said})])
    nobodys = _nobodys(site, subject, words)
    if nobodys is not None:
        return Told([nobodys])
    return _read(site, subject, words)


def _nobodys(site: Site, subject: Subject, words: dict[str, Any]) -> Finding | None:
    if emptiness.is_parked(site):
        return Finding("parked", site.url, words)
    if hosts.is_social(site.url):
        return Finding("social", site.url, words)
    if emptiness.is_directory(site, subject.name, subject.around):
        return Finding("directory", site.url, words)
    return None


def _read(site: Site, subject: Subject, words: dict[str, Any]) -> Told:
    leaves = site.every
    postcodes = tuple(dict.fromkeys(p for leaf in leaves for p in leaf.postcodes))
    numbers = tuple(dict.fromkeys(n for leaf in leaves for n in leaf.numbers))
    text = likeness.spoken("\n".join(f"{leaf.title}\n{leaf.text}" for leaf in leaves))
    calls = calls_itself(site, subject)
    mentions = likeness.within(subject.name, text, subject.around)
    has_place = bool(subject.postcode) and subject.postcode in postcodes
    shares = _shares(site, subject, numbers)
    resembles = hosts.resembles(site.url, subject.name)
    is_own = calls or (mentions and (resembles or (has_place and shares)))
    findings = [*_notices(site, subject), *copies.look(site, subject, words)]
    findings += _redirect(site, words)
    if order := orders.given(site):
        findings.append(Finding("orders", site.url, words | {"words": order}))
    if subject.number and numbers and subject.number not in numbers:
        given = {"found": numbers[0], "number": subject.number}
        findings.append(Finding("number_conflict", site.url, given))
    told = Told(findings, is_own, has_place, postcodes, numbers, text)
    if is_own:
        findings += _own(site, subject, told, words)
    else:
        findings += _not_own(site, subject, told, words, mentions=mentions)
    return told


def calls_itself(site: Site, subject: Subject) -> bool:
    """Say whether it gives the name where a website gives its own."""
    return any(_is_name(said, subject) for said in own_names(site))


def own_names(site: Site) -> Iterator[str]:
    """Give what stands where a website names itself; of the page of a guest only its home page."""
    for leaf in site.leaves:
        yield from leaf.names


def _is_name(said: str, subject: Subject) -> bool:
    around = subject.around
    if any(likeness.agrees(subject.name, part, around) for part in likeness.segments(said)):
        return True
    return likeness.within(subject.name, likeness.spoken(said), around)


def _shares(site: Site, subject: Subject, numbers: tuple[str, ...]) -> bool:
    phones = {each for leaf in site.every for each in leaf.phones}
    return bool(subject.phone and subject.phone in phones) or bool(
        subject.number and subject.number in numbers
    )


def _notices(site: Site, subject: Subject) -> Iterator[Finding]:
    for slug, words in (
        ("notice_closed", notices.closed(site, subject.postcode, subject.around)),
        ("notice_moved", notices.moved(site, subject.postcode, subject.around)),
        ("notice_renamed", notices.renamed(site, subject.name, subject.around)),
    ):
        if words:
            yield Finding(slug, site.url, {"words": words})


def _redirect(site: Site, words: dict[str, Any]) -> Iterator[Finding]:
    asked = copies.addressed(site.asked)
    if hosts.are_apart(asked, site.url):
        given = {"host": hosts.host(asked), "goal": hosts.host(site.url)}
        yield Finding("redirected", site.url, given)


def _own(site: Site, subject: Subject, told: Told, words: dict[str, Any]) -> Iterator[Finding]:
    if told.has_place:
        page = next(leaf for leaf in site.every if subject.postcode in leaf.postcodes)
        is_part = hosts.is_part(site.url) and not hosts.resembles(site.url, subject.name)
        is_part = is_part and not copies.is_vouched_for(site, subject)
        slug = "site_part" if is_part else "site_place"
        yield Finding(slug, page.url, words | {"postcode": subject.postcode})
        return
    branch = _branch(site, subject)
    if branch:
        yield Finding("other_branch", site.url, words | {"town": branch})
    if subject.postcode and told.postcodes:
        yield _elsewhere(site, subject, told)
    elif emptiness.is_placeholder(site):
        yield Finding("placeholder", site.url, words)
    elif subject.number and subject.number in told.numbers:
        yield Finding("site_number", site.url, {"number": subject.number})
    elif not told.postcodes:
        yield Finding("site_name_only", site.url)


def _elsewhere(site: Site, subject: Subject, told: Told) -> Finding:
    """It gives other postcodes: in another town, or round the corner."""
    spots = [spot(each, subject.target) for each in told.postcodes]
    # What isn't in the kingdom's list was no postcode.
    there = [each for each in spots if each is not None]
    shown = ", ".join(told.postcodes[:MOST_SHOWN])
    words = {"postcodes": shown, "postcode": subject.postcode}
    is_far = all(each.miles > subject.target.miles for each in there)
    return Finding("site_elsewhere" if there and is_far else "near_elsewhere", site.url, words)


def _branch(site: Site, subject: Subject) -> str:
    """Give the town elsewhere that its names or addresses speak of, if they speak of no other."""
    said = [*(name for leaf in site.leaves for name in leaf.names),
            *(town for leaf in site.every for town in leaf.localities)]  # fmt: skip
    found = ""
    for text in said:
        words = likeness.spoken(text)
        if any(f" {town} " in words for town in subject.around.home):
            return ""
        found = found or next((t for t in subject.around.away if f" {t} " in words), "")
    return found.title()


def _not_own(
    site: Site, subject: Subject, told: Told, words: dict[str, Any], *, mentions: bool
) -> Iterator[Finding]:
    if emptiness.is_placeholder(site):
        yield Finding("placeholder", site.url, words)
    elif emptiness.is_bare(site):
        yield Finding("site_bare", site.url, words)
    elif site.opened is not None and _is_guest(site, subject):
        yield Finding("guest", site.opened.url, words)
    elif mentions:
        yield Finding("not_its_own", site.url, words)
    elif told.has_place and not _is_other(site, subject):
        yield Finding("site_place_only", site.url, words | {"postcode": subject.postcode})
    else:
        yield Finding("stranger", site.url, words)


def _is_guest(site: Site, subject: Subject) -> bool:
    """Whether only the page that was given names it, and not the website around that page."""
    page = site.opened
    return page is not None and any(_is_name(said, subject) for said in page.names)


def _is_other(site: Site, subject: Subject) -> bool:
    """Whether the website is signed by another company."""
    signed = [name for leaf in site.leaves for name in (*leaf.brands, *leaf.publishers)
              if likeness.says_company(name)]  # fmt: skip
    return any(likeness.of(subject.name, name, subject.around) == Likeness.OTHER for name in signed)
