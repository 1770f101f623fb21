"""What an organisation's website has and how it writes it down."""

from dataclasses import dataclass
from functools import lru_cache

from tests.simulators.truth import growth, presence
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

# How an e-mail address is written; the last three cannot be read by a machine.
FORMS = (
    ("plain", 36), ("link", 32), ("words", 8), ("entities", 5), ("cloudflare", 8), ("reversed", 2),
    ("script", 3), ("image", 3), ("none", 3),
)  # fmt: skip
HIDDEN = {"script", "image", "none"}
DATES = ("words", "figures", "machine", "ordinal")
DAMAGE = ("comma", "quotes", "newline", "escaped", "cut")
JOBS = NEWS = 2  # pages of their own


@dataclass(frozen=True, slots=True)
class Ways:
    team: bool
    careers: bool
    news: bool
    privacy: bool
    sitemap: bool
    robots: bool
    crawl_delay: int  # seconds; 0: none is asked for
    closed_to_robots: str  # a path that robots.txt forbids
    email: str  # one of FORMS
    dates: str  # one of DATES
    json_ld_damage: str  # "" or one of DAMAGE, where there is JSON-LD at all
    shows_hours: bool
    shows_vat: bool
    shows_networks: bool
    designer: bool  # the footer links to the profile of whoever made the site
    narrow: bool  # fit for a telephone's screen


@lru_cache(50_000)
def of(one: Organisation) -> Ways:
    draw = Draw("ways", one.id)
    team = draw.chance(0.45)
    careers = draw.chance(0.8 if growth.vacancies(one) else 0.15)
    news = bool(growth.stories(one)) and draw.chance(0.8)
    forbidden = draw.pick(("/team", "/careers", "/news")) if draw.chance(0.08) else ""
    return Ways(
        team=team,
        careers=careers,
        news=news,
        privacy=draw.chance(0.75),
        sitemap=draw.chance(0.6),
        robots=draw.chance(0.92),
        crawl_delay=draw.pick((1, 2, 5)) if draw.chance(0.1) else 0,
        closed_to_robots=forbidden,
        email=draw.weighted(FORMS),
        dates=draw.pick(DATES),
        json_ld_damage=draw.pick(DAMAGE) if draw.chance(0.12) else "",
        shows_hours=presence.hours(one) is not None and draw.chance(0.6),
        shows_vat=bool(presence.vat_number(one)) and draw.chance(0.4),
        shows_networks=draw.chance(0.8),
        designer=draw.chance(0.25),
        narrow=draw.chance(0.85),
    )


def menu(one: Organisation) -> list[tuple[str, str]]:
    """The pages that every page links to."""
    has = of(one)
    found = [("/", "Home"), ("/about", "About us"), ("/services", "Services")]
    if has.team:
        found.append(("/team", "Our team"))
    if has.news:
        found.append(("/news", "News"))
    if has.careers:
        found.append(("/careers", "Careers"))
    return [*found, ("/contact", "Contact")]


def slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def paths(one: Organisation) -> list[str]:
    """Every page of a site that is well behaved, at most twelve."""
    has = of(one)
    found = [path for path, _ in menu(one)]
    if has.careers:
        found += [f"/careers/{slug(job.title)}" for job in growth.vacancies(one)[:JOBS]]
    if has.news:
        found += [f"/news/{slug(story.title)}" for story in growth.stories(one)[:NEWS]]
    return found + (["/privacy"] if has.privacy else [])
