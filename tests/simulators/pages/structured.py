"""schema.org's description of an organisation, for machines: mostly right, now and then broken."""

import json
from html import escape
from typing import Any

from tests.simulators.pages.ways import Ways
from tests.simulators.truth import presence
from tests.simulators.world.organisation import Organisation


def script(one: Organisation, ways: Ways) -> str:
    text = damaged(json.dumps(about(one, ways), indent=1), ways.json_ld_damage)
    return f'<script type="application/ld+json">{text}</script>\n'


def about(one: Organisation, ways: Ways) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": one.name,
        "url": one.website,
        "telephone": one.phone,
        "description": one.what,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": one.address,
            "addressLocality": one.town,
            "postalCode": one.postcode,
            "addressCountry": "GB",
        },
    }
    if ways.email in ("plain", "link"):
        found["email"] = one.email
    if ways.shows_networks and (own := presence.networks(one)):
        found["sameAs"] = list(own.values())
    if ways.shows_hours and (hours := presence.hours(one)):
        found["openingHoursSpecification"] = [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": presence.DAYS[at],
                "opens": span[0],
                "closes": span[1],
            }
            for at, span in enumerate(hours)
            if span
        ]
    return found


def damaged(text: str, how: str) -> str:
    """What people, templates and plug-ins make of JSON."""
    if how == "comma":
        return text.replace("\n}", ",\n}").replace("\n ]", ",\n ]")
    if how == "quotes":
        return text.replace('"', "'")
    if how == "newline":
        return text.replace('"description": "', '"description": "\n')
    if how == "escaped":
        return escape(text)
    if how == "cut":
        return text[: len(text) * 4 // 5]
    return text
