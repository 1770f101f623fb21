"""The pages of an organisation's own website."""

import json
import re
from html import escape

from tests.simulators.pages.html import document, links, notice, paragraphs
from tests.simulators.pages.making import Making
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

MENU = [("/", "Home"), ("/about", "About us"), ("/services", "Services"), ("/contact", "Contact")]
PRAISE = (
    "We have looked after our clients for many years.",
    "Our team is small, friendly and easy to reach.",
    "Ask us for a quote: there is no obligation.",
    "Most of our work comes from people who were told of us by others.",
    "We answer every call ourselves.",
    "Opening hours: Monday to Friday, 9am to 5.30pm.",
)


def page(one: Organisation, made: Making, path: str) -> str | None:
    """The HTML of a page; None when the site has none there."""
    if made.gone:
        text = f"{one.name} has closed for good. We thank all who came to us over the years."
        return notice(one.name, text)
    writer = {"/": home, "/about": about, "/services": services, "/contact": contact}
    path = "/" + re.sub(r"(index\.html?|-us|\.html?|\.php)?/?$", "", path.strip("/"))
    found = writer.get(path)
    return found(one, made) if found else None


def home(one: Organisation, made: Making) -> str:
    if made.script_only:
        body = '<div id="root"></div>\n<noscript>Please turn on JavaScript.</noscript>'
        return document(one.name, body, '<script src="/app.js" defer></script>\n')
    draw = Draw("home", one.id)
    text = [one.what + ".", draw.pick(PRAISE), draw.pick(PRAISE)]
    if made.postcode_on == "both":
        text.append(f"Find us at {written_address(one)}.")
    return framed(one, made, one.name, "\n".join(text), welcome=True)


def about(one: Organisation, made: Making) -> str:
    text = [f"{one.what}."]
    if one.incorporated:
        text.append(f"The company was founded in {one.incorporated[:4]}.")
    text += [f"{name}, {role}" for name, role in one.persons]
    return framed(one, made, "About us", "\n".join(text))


def services(one: Organisation, made: Making) -> str:
    words = [word for word in one.words if " " in word][:5] or list(one.words[:3])
    return framed(one, made, "Services", "\n".join(word.capitalize() for word in words))


def contact(one: Organisation, made: Making) -> str:
    lines = [written_address(one)]
    if one.phone:
        lines.append(f"Telephone: {written_phone(one)}")
    if one.email:
        lines.append(f"E-mail: {one.email}")
    return framed(one, made, "Contact us", "\n".join(lines))


def framed(one: Organisation, made: Making, heading: str, text: str, welcome: bool = False) -> str:
    """A page with the site's head, menu and foot."""
    name = escape(one.name)
    top = {
        "heading": f'<header><a href="/">{name}</a></header>',
        "image": f'<header><img src="/logo.png" alt="{name}"></header>',
        "title": '<header><img src="/logo.png" alt=""></header>',
    }[made.name_in]
    shown = "Welcome" if welcome and made.name_in != "heading" else heading
    body = "\n".join(
        [top, links(MENU), f"<main>\n<h1>{escape(shown)}</h1>", paragraphs(text), "</main>",
         footer(one, made)]
    )  # fmt: skip
    title = one.name if welcome else f"{heading} | {one.name}"
    return document(title, body, structured(one) if made.json_ld else "")


def footer(one: Organisation, made: Making) -> str:
    said = f"© {one.name}" if made.name_in == "heading" else "© All rights reserved"
    if made.number_in_footer:
        legal = one.legal_name.title()
        said += f". {legal}. Registered in {country(one)}, company number {one.number}."
    return f"<footer><p>{escape(said)}</p></footer>"


def country(one: Organisation) -> str:
    found = {"SC": "Scotland", "SO": "Scotland", "NI": "Northern Ireland", "NC": "Northern Ireland"}
    return found.get(one.number[:2], "England and Wales")


def structured(one: Organisation) -> str:
    """schema.org's description, for machines."""
    about = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": one.name,
        "url": one.website,
        "telephone": one.phone,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": one.address,
            "addressLocality": one.town,
            "postalCode": one.postcode,
            "addressCountry": "GB",
        },
    }
    return f'<script type="application/ld+json">{json.dumps(about)}</script>\n'


def written_address(one: Organisation) -> str:
    """With the postcode as some people write it: in small letters or without its blank."""
    draw = Draw("address", one.id)
    postcode = draw.weighted(
        [(one.postcode, 90), (one.postcode.replace(" ", ""), 6), (one.postcode.lower(), 4)]
    )
    return ", ".join(part for part in (one.address, one.town, postcode) if part)


def written_phone(one: Organisation) -> str:
    digits = re.sub(r"\D", "", one.phone)
    draw = Draw("phone", one.id)
    forms = [(one.phone, 70), (digits, 10), (f"+44 (0){digits[1:]}", 12), (f"+44 {digits[1:]}", 8)]
    return draw.weighted(forms)
