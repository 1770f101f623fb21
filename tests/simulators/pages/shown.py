"""What a polite reader can find on an organisation's website: what an extraction is measured by."""

from typing import Any

from tests.simulators.pages import making, more, robots, ways
from tests.simulators.truth import addresses, growth, hearsay, lines, presence
from tests.simulators.world.organisation import Organisation


def readable(one: Organisation) -> list[str]:
    """The pages that robots may read and that can be read without running scripts."""
    made = making.of(one)
    if not one.domain or not made.opens or made.gone:
        return []
    closed = robots.forbidden(one, made)
    found = [path for path in ways.paths(one) if not any(path.startswith(each) for each in closed)]
    return [path for path in found if path != "/" or not made.script_only]


def expected(one: Organisation) -> dict[str, Any]:
    """Values by kind; none when the site cannot be read. Quirks are not reckoned with."""
    pages, made, has = readable(one), making.of(one), ways.of(one)
    framed = bool(pages)
    contact = "/contact" in pages
    visible = has.email not in ways.HIDDEN
    stories = growth.stories(one) if "/news" in pages else ()
    return {
        "host": made.host if one.domain else "",
        "pages": pages,
        "email_form": has.email,
        "emails": emails(one, contact, "/team" in pages) if visible else [],
        "phones": [number for name, number in numbers(one) if contact and name != "fax"],
        "fax": lines.of(one).get("fax", "") if contact else "",
        "postcode": one.postcode if contact else "",
        "company_number": one.number if framed and made.number_in_footer else "",
        "vat_number": presence.vat_number(one) if framed and has.shows_vat else "",
        "networks": presence.networks(one) if framed and has.shows_networks else {},
        "hours": presence.spoken_hours(one) if contact and has.shows_hours else "",
        "people": people(one, pages),
        "vacancies": [job.title for job in growth.vacancies(one) if "/careers" in pages],
        "news": [{"title": story.title, "day": story.day} for story in stories],
        "technologies": technologies(one) if framed else [],
        "services": list(presence.services(one)) if "/services" in pages else [],
        "json_ld": (has.json_ld_damage or "good") if framed and made.json_ld else "",
        "crawl_delay": robots.delay(one),
    }


def numbers(one: Organisation) -> list[tuple[str, str]]:
    return list(lines.of(one).items())


def emails(one: Organisation, contact: bool, team: bool) -> list[str]:
    found = [one.email, *addresses.departments(one)] if contact else []
    if team:
        found += [who.email for who in hearsay.told(one, "site") if more.shown_on_card(one, who)[0]]
    return list(dict.fromkeys(found))


def people(one: Organisation, pages: list[str]) -> list[dict[str, str]]:
    """Those named on the page for the team, else on the page about the organisation."""
    told = hearsay.told(one, "site")
    if not ways.of(one).team:
        told = told[: more.WITHOUT_TEAM] if "/about" in pages else []
    elif "/team" not in pages:
        told = []
    return [{"name": who.name, "title": who.title} for who in told]


def technologies(one: Organisation) -> list[str]:
    return [name for name in (presence.site_system(one), *presence.site_tools(one)) if name]
