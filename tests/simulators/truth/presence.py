"""What an organisation shows of itself: networks, hours, services, VAT number, technology."""

import re
from functools import lru_cache

from tests.simulators.truth.figures import figure
from tests.simulators.world import codes
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation
from tests.simulators.world.trades import TRADES

NETWORKS = (
    ("linkedin", 0.6, "https://www.linkedin.com/company/{}"),
    ("facebook", 0.5, "https://www.facebook.com/{}"),
    ("x", 0.28, "https://x.com/{}"),
    ("instagram", 0.25, "https://www.instagram.com/{}/"),
    ("youtube", 0.1, "https://www.youtube.com/@{}"),
)
SYSTEMS = (
    ("WordPress", 45), ("Wix", 12), ("Squarespace", 8), ("Drupal", 4), ("Joomla", 3), ("", 28),
)  # fmt: skip
TOOLS = (("Google Analytics", 0.55), ("Google Tag Manager", 0.3), ("HubSpot", 0.08),
         ("Hotjar", 0.07), ("Intercom", 0.04), ("reCAPTCHA", 0.3))  # fmt: skip
MAIL = {"microsoft": "Microsoft 365", "google": "Google Workspace"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS = (("09:00", "17:00"), ("09:00", "17:30"), ("08:30", "18:00"), ("08:00", "20:00"))
FAMILIES = {"school", "doctor", "dentist", "pharmacy", "clinic", "care-home", "hairdresser"}
CONSUMERS = {"shop", "online-shop", "food", "takeaway", "gym", "sports-club"}
Hours = tuple[tuple[str, str] | None, ...]  # of each day from Monday on; None: closed


@lru_cache(50_000)
def networks(one: Organisation) -> dict[str, str]:
    """The organisation's own profiles by network; do not change what you are given."""
    if not one.domain:
        return {}
    draw = Draw("networks", one.id)
    handle = one.domain.removesuffix(".example")
    return {name: form.format(handle) for name, share, form in NETWORKS if draw.chance(share)}


def linkedin_of(one: Organisation, name: str, number: int) -> str:
    """A person's profile, which ends with their place in the world; "" for those without one."""
    if figure(f"linkedin{one.id}{number}") % 10 > 6:
        return ""
    slug = "-".join(name.lower().replace(".", "").split())
    return f"https://www.linkedin.com/in/{slug}-{codes.mark(int(one.id[1:]))}{number:02d}"


def whose_profile(address: str) -> tuple[int, int] | None:
    """The place of the organisation in the world, and of the person in it."""
    found = re.fullmatch(r".*-([0-9a-z]{4})(\d\d)/?", address)
    return (int(found[1], 36), int(found[2])) if found else None


def site_system(one: Organisation) -> str:
    """What the website is made with; "" when it does not show."""
    shop = one.trade in ("shop", "online-shop")
    draw = Draw("system", one.id)
    return "Shopify" if shop and draw.chance(0.5) else draw.weighted(SYSTEMS)


def site_tools(one: Organisation) -> tuple[str, ...]:
    draw = Draw("tools", one.id)
    return tuple(name for name, share in TOOLS if draw.chance(share))


def hours(one: Organisation) -> Hours | None:
    """When they are open; None when nobody says."""
    draw = Draw("hours", one.id)
    if draw.chance(0.15):
        return None
    if not one.public:
        day = ("09:00", "17:30")
        return (day,) * 5 + (None, None)
    day = draw.pick(WEEKDAYS)
    saturday = draw.pick((None, ("09:00", "13:00"), day))
    sunday = draw.pick((None, None, None, ("10:00", "16:00")))
    return (day,) * 5 + (saturday, sunday)


def spoken_hours(one: Organisation) -> str:
    """ "Monday to Friday, 9am to 5.30pm; Saturday, 9am to 1pm"; "" when nobody says."""
    when = hours(one)
    if when is None:
        return ""
    runs: list[list[int]] = []
    for at, span in enumerate(when):
        if runs and when[runs[-1][0]] == span:
            runs[-1].append(at)
        else:
            runs.append([at])
    said = []
    for run in runs:
        if (span := when[run[0]]) is not None:
            days = DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]} to {DAYS[run[-1]]}"
            said.append(f"{days}, {clock(span[0])} to {clock(span[1])}")
    return "; ".join(said)


def clock(time: str) -> str:
    """ "17:30" as "5.30pm"."""
    hour, minute = int(time[:2]), time[3:]
    shown = f"{(hour - 1) % 12 + 1}" + (f".{minute}" if minute != "00" else "")
    return shown + ("am" if hour < 12 else "pm")


def services(one: Organisation) -> tuple[str, ...]:
    """What they offer, as their site names it."""
    words = [word for word in one.words if " " in word][:5] or list(one.words[:3])
    return tuple(word.capitalize() for word in words)


def customers(one: Organisation) -> str:
    """Whom they serve."""
    if one.trade in FAMILIES:
        return "families and private people"
    if one.trade in CONSUMERS:
        return "consumers"
    family = TRADES[one.trade].family
    if family == "it" or "manufacturer" in TRADES[one.trade].words:
        return "small and medium-sized companies"
    return "companies and private people"


def vat_number(one: Organisation) -> str:
    """Nine digits with the right check digits; "" for those who have none."""
    if not one.number or figure("vat?" + one.number) % 100 >= 60:
        return ""
    body = f"{1_000_000 + figure('vat' + one.number) % 8_999_999:07d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, range(8, 1, -1), strict=True))
    return f"{body}{97 - (total + 55) % 97:02d}"
