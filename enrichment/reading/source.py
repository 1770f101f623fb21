"""From what was sent to what can be read: letters, elements, lines, and whose page it is."""

import re

from selectolax.lexbor import LexborHTMLParser

from enrichment.crawling.contract import Fetched
from enrichment.reading import (
    calling,
    codes,
    identity,
    letters,
    mails,
    marked,
    ours,
    payloads,
    scripts,
    social,
    technologies,
    things,
)
from enrichment.reading.bounds import MOST_HTML, MOST_SCRIPT
from enrichment.reading.document import Document, Region
from enrichment.reading.nesting import shallow
from enrichment.reading.owner import Owner
from enrichment.reading.reading import Reading
from enrichment.reading.scribe import Scribe
from enrichment.reading.styling import Shade
from enrichment.reading.technologies import Mark
from enrichment.reading.things import Thing
from enrichment.reading.walking import walk

MOST_SCRIPTS = 300
# Who wrote the page signs there, and is reached there.
MAKERS = re.compile(r"^(?:dc\.)?(?:web)?[_-]?(?:author|designer|developer|creator|webmaster)$")
LITTLE = 200  # signs
# Two bytes a letter, at most, of pages that are as long as is read.
MOST_BYTES = MOST_HTML * 2


def open(fetched: Fetched) -> tuple[Reading, list[Mark]]:
    """Give a page ready to be read, and the marks that products have left in it."""
    content_type = fetched.headers.get("content-type", "")
    html = letters.decode(fetched.content[:MOST_BYTES], content_type)
    source = shallow(html[:MOST_HTML].replace("\x00", ""))
    document, found, marks = _document(fetched, source)
    return _reading(document, found), marks


def _document(fetched: Fetched, source: str) -> tuple[Document, list[Thing], list[Mark]]:
    tree = LexborHTMLParser(source)
    document = Document(fetched.url, source)
    left = MOST_SCRIPT
    for node in tree.css("script")[:MOST_SCRIPTS]:
        said = node.text()[:left]
        left -= len(said)
        document.scripts.append(((node.attributes.get("type") or "").lower(), said))
    scribe = Scribe(document)
    walk(tree, document, scribe)
    _unfold(document)
    seen = list(scribe.parts)
    document.is_bare = payloads.is_bare("\n".join(seen))
    _write_metas(document, scribe)
    found = things.in_json(document.scripts) + marked.marked(tree, source)
    things.write(found, document, scribe)
    payloads.write(document.scripts, scribe, is_bare=document.is_bare)
    marks = technologies.marks(document, seen, fetched.headers)
    _write_unseen(document, marks, scribe)
    scribe.finish()
    document.links.sort(key=lambda link: link.at)
    return document, found, marks


def _unfold(document: Document) -> None:
    """A page that shows nothing at first shows all once its scripts have run."""
    folded = [line for line in document.lines if line.shade == Shade.FOLDED]
    shown = sum(line.end - line.start for line in document.lines if line.shade == Shade.SHOWN)
    if shown < LITTLE and sum(line.end - line.start for line in folded) > shown:
        for box in document.boxes:
            if box.shade == Shade.FOLDED:
                box.shade = Shade.SHOWN


def _write_metas(document: Document, scribe: Scribe) -> None:
    scribe.open("meta", frozenset(), Region.HEAD, Shade.SHOWN)
    for name, said in document.metas.items():
        if MAKERS.search(name):
            continue
        scribe.end_line()
        scribe.write(f"{name}: {said}")
    scribe.close()


def _write_unseen(document: Document, marks: list[Mark], scribe: Scribe) -> None:
    """Write down what scripts would show, where links lead, and what products leave."""
    scribe.open("unseen", frozenset(), Region.MAIN, Shade.SHOWN)
    written = [said for kind, said in document.scripts if "json" not in kind]
    for address in scripts.addresses(written):
        scribe.end_line()
        start = scribe.here
        scribe.write(address)
        document.decoded.append((start, scribe.here))
    scribe.close()
    scribe.open("unseen", frozenset(), Region.HEAD, Shade.TRAP)
    for href in social.written([link.href for link in document.links]):
        scribe.end_line()
        scribe.write(href)
    technologies.write(marks, scribe)
    scribe.close()


def _reading(document: Document, found: list[Thing]) -> Reading:
    # Whose the things are is known by the page, and some of its name by the things.
    who = identity.of(document, [])
    chosen = ours.own(found, who)
    sites = [thing for top in found for thing in top.within() if "website" in thing.kinds]
    if chosen or sites:
        who = identity.of(document, [*chosen, *sites])
    every = mails.everywhere(document)
    who = mails.adopted(document, who, every, Owner(document, who))
    owner = Owner(document, who)
    calls = list(calling.candidates(document.text))
    spots = [each.at for each in every] + [at for at, _, _ in calls]
    found_codes = list(codes.candidates(document.text))
    spots += [at for at, _, _ in found_codes]
    owner.lists.find(spots)
    return Reading(
        document, who, owner, every, calls, found_codes, found, chosen, _others(found, chosen)
    )


def _others(found: list[Thing], chosen: list[Thing]) -> set[str]:
    """Give the phones, addresses and postcodes that are said to be somebody else's."""
    others: set[str] = set()
    for thing in ours.others(found, chosen):
        others |= _reached(thing)
    for thing in chosen:
        for part in thing.within():
            others -= _reached(part)
    return others - {""}


def _reached(thing: Thing) -> set[str]:
    lines = {calling.national(calling.e164(said.value)) for said in thing.all("telephone")}
    mails = {said.value.lower() for said in thing.all("email")}
    codes = {
        said.value.replace(" ", "").upper()
        for place in thing.within()
        for said in place.all("postalcode")
    }
    return lines | mails | codes
