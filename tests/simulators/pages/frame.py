"""The frame of an organisation's pages: head, menu and foot."""

from html import escape

from tests.simulators.pages import head, structured, ways
from tests.simulators.pages.html import document, links, paragraphs
from tests.simulators.pages.making import Making
from tests.simulators.truth import presence
from tests.simulators.world.organisation import Organisation

DESIGNER = '<a href="https://www.facebook.com/pixelandloom">Website by Pixel &amp; Loom</a>'


def framed(
    one: Organisation,
    made: Making,
    heading: str,
    text: str,
    welcome: bool = False,
    more: str = "",
) -> str:
    """A page of the site; `more` is HTML below the text."""
    name = escape(one.name)
    top = {
        "heading": f'<header><a href="/">{name}</a></header>',
        "image": f'<header><img src="/logo.png" alt="{name}"></header>',
        "title": '<header><img src="/logo.png" alt=""></header>',
    }[made.name_in]
    shown = "Welcome" if welcome and made.name_in != "heading" else heading
    main = f"<main>\n<h1>{escape(shown)}</h1>"
    rows = [top, links(ways.menu(one)), main, paragraphs(text), more, "</main>", footer(one, made)]
    title = one.name if welcome else f"{heading} | {one.name}"
    has = ways.of(one)
    first = head.lines(one, has) + (structured.script(one, has) if made.json_ld else "")
    return document(title, "\n".join(row for row in rows if row), first)


def footer(one: Organisation, made: Making) -> str:
    has = ways.of(one)
    said = f"© {one.name}" if made.name_in == "heading" else "© All rights reserved"
    if made.number_in_footer:
        number = made.other_number or one.number
        said += (
            f". {one.legal_name.title()}. Registered in {country(one)}, company number {number}."
        )
    if has.shows_vat:
        vat = presence.vat_number(one)
        said += f" VAT number GB {vat[:3]} {vat[3:7]} {vat[7:]}."
    rows = [f"<p>{escape(said)}</p>"]
    if has.shows_networks and (own := presence.networks(one)):
        rows.append(" ".join(profile(name, url) for name, url in own.items()))
    if has.designer:
        rows.append(DESIGNER)
    if has.privacy:
        rows.append('<a href="/privacy">Privacy policy</a>')
    return f"<footer>{''.join(rows)}</footer>"


def profile(network: str, url: str) -> str:
    return f'<a href="{escape(url)}" aria-label="{network}" rel="noopener"><i></i></a>'


def country(one: Organisation) -> str:
    found = {"SC": "Scotland", "SO": "Scotland", "NI": "Northern Ireland", "NC": "Northern Ireland"}
    return found.get(one.number[:2], "England and Wales")
