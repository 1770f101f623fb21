"""The pages of an organisation's own website."""

import re
from html import escape

from tests.simulators.pages import mails, more, ways
from tests.simulators.pages.frame import framed
from tests.simulators.pages.html import document, notice
from tests.simulators.pages.making import Making
from tests.simulators.truth import addresses, hearsay, lines, presence
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

PRAISE = (
    "We have looked after our clients for many years.",
    "Our team is small, friendly and easy to reach.",
    "Ask us for a quote: there is no obligation.",
    "Most of our work comes from people who were told of us by others.",
    "We answer every call ourselves.",
    "Opening hours: {hours}.",
)


def page(one: Organisation, made: Making, path: str) -> str | None:
    """The HTML of a page; None when the site has none there."""
    if made.gone:
        text = f"{one.name} has closed for good. We thank all who came to us over the years."
        return notice(one.name, text)
    writers = {
        "/": home,
        "/about": about,
        "/services": services,
        "/contact": contact,
        "/team": more.team,
        "/careers": more.careers,
        "/news": more.news,
        "/privacy": more.privacy,
    }
    path = "/" + re.sub(r"(index\.html?|-us|\.html?|\.php)?/?$", "", path.strip("/"))
    if found := writers.get(path):
        return found(one, made)
    room, _, name = path.strip("/").partition("/")
    inner = {"careers": more.vacancy, "news": more.article}.get(room)
    return inner(one, made, name) if inner and name else None


def home(one: Organisation, made: Making) -> str:
    if made.script_only:
        body = '<div id="root"></div>\n<noscript>Please turn on JavaScript.</noscript>'
        return document(one.name, body, '<script src="/app.js" defer></script>\n')
    draw = Draw("home", one.id)
    hours = presence.spoken_hours(one) or "please ask"
    praise = [draw.pick(PRAISE).format(hours=hours) for _ in range(2)]
    text = [one.what + ".", *praise]
    if made.postcode_on == "both":
        text.append(f"Find us at {written_address(one)}.")
    return framed(one, made, one.name, "\n".join(text), welcome=True)


def about(one: Organisation, made: Making) -> str:
    text = [f"{one.what}."]
    if one.incorporated:
        text.append(f"The company was founded in {one.incorporated[:4]}.")
    text.append(f"Our customers are {presence.customers(one)}.")
    if not ways.of(one).team:
        told = hearsay.told(one, "site")[: more.WITHOUT_TEAM]
        text += [f"{who.name}, {who.title}" for who in told]
    return framed(one, made, "About us", "\n".join(text))


def services(one: Organisation, made: Making) -> str:
    return framed(one, made, "Services", "\n".join(presence.services(one)))


def contact(one: Organisation, made: Making) -> str:
    has = ways.of(one)
    rows = []
    if one.phone:
        rows.append(f"Telephone: {escape(written_phone(one))}")
    for name, number in lines.of(one).items():
        if name != "main":
            rows.append(f"{name.capitalize()}: {number}")
    if one.email:
        rows.append(f"E-mail: {mails.written(one.email, has.email)}")
        departments = addresses.departments(one)
        rows += [
            f"{email.partition('@')[0].capitalize()}: {mails.written(email, has.email)}"
            for email in departments
            if has.email != "none"
        ]
    if has.shows_hours:
        rows.append(f"Opening hours: {escape(presence.spoken_hours(one))}")
    inner = "\n".join(f"<p>{row}</p>" for row in rows)
    return framed(one, made, "Contact us", written_address(one), more=inner)


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
