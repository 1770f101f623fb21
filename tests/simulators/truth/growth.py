"""Signs of growth or trouble: posts to be filled, and what has happened lately."""

from dataclasses import dataclass
from functools import lru_cache

from tests.simulators.truth import days, people
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation
from tests.simulators.world.trades import TRADES

PRESS = ("midlandsbusinessdesk.example", "northernbusinessnews.example", "techtradeweekly.example")
POSTS = {
    "it": ("Service Desk Analyst", "Network Engineer", "Cloud Engineer", "Account Manager",
           "Cyber Security Analyst"),
    "make": ("CNC Machinist", "Production Supervisor", "Quality Inspector", "Warehouse Operative"),
    "care": ("Care Assistant", "Registered Nurse", "Receptionist", "Cleaner"),
    "office": ("Administrator", "Sales Executive", "Office Manager", "Finance Assistant"),
}  # fmt: skip
# kind: what is said of it; {name} of the organisation, {town}, {who}, {role}, {amount}, {other}.
STORIES = {
    "new-office": "{name} has opened a second office in {other} to serve more customers there.",
    "contract": "{name} has won a contract worth {amount} with a customer in {other}.",
    "hire": "{name} has appointed {who} as {role}.",
    "award": "{name} has been named business of the year by the {town} Chamber of Trade.",
    "growth": "{name} plans to take on {count} people in {town} over the next year.",
    "charity": "The team at {name} has raised {amount} for a hospice in {town}.",
    "investment": "{name} has secured {amount} of growth funding from a regional fund.",
    "redundancies": "{name} has begun to consult staff in {town} on {count} redundancies.",
    "move": "{name} is to leave its premises in {town} for larger ones in {other}.",
}
TITLES = {
    "new-office": "{name} opens in {other}",
    "contract": "{name} wins {amount} contract",
    "hire": "{who} joins {name} as {role}",
    "award": "Award for {name}",
    "growth": "{name} to hire {count}",
    "charity": "{name} raises {amount} for hospice",
    "investment": "{name} secures {amount}",
    "redundancies": "Jobs at risk at {name}",
    "move": "{name} to move to {other}",
}
SUMS = ("£85,000", "£180,000", "£450,000", "£1.2m", "£2m")
GIFTS = ("£1,250", "£4,300", "£12,500")
OTHER_TOWNS = ("Derby", "Stockport", "Wakefield", "Coventry", "Reading", "Preston", "Lincoln")


@dataclass(frozen=True, slots=True)
class Vacancy:
    title: str
    town: str
    salary: str
    posted: str
    closes: str


@dataclass(frozen=True, slots=True)
class Story:
    kind: str
    day: str
    title: str
    text: str
    url: str  # where the press has it; "" when only the organisation's own site does


@lru_cache(20_000)
def vacancies(one: Organisation) -> tuple[Vacancy, ...]:
    """Posts that are open now."""
    draw = Draw("vacancies", one.id)
    if not one.employees or one.closed or not draw.chance(0.12 if one.employees[1] < 10 else 0.4):
        return ()
    titles = list(POSTS[posts_of(one)])
    found = []
    for _ in range(1 + draw.number(3)):
        title = titles.pop(draw.number(len(titles)))
        low = 23_000 + 1_000 * draw.number(15)
        posted = days.drawn(draw, 2, 45)
        salary = f"£{low:,} to £{low + 4_000:,} a year"
        found.append(Vacancy(title, one.town, salary, posted, days.later(posted, 60)))
    return tuple(found)


def posts_of(one: Organisation) -> str:
    trade = TRADES[one.trade]
    if trade.family == "it":
        return "it"
    if "manufacturer" in trade.words or one.trade in ("haulier", "wholesaler"):
        return "make"
    return "care" if one.trade in ("care-home", "doctor", "clinic", "dentist") else "office"


@lru_cache(20_000)
def stories(one: Organisation) -> tuple[Story, ...]:
    """What has happened in the last two years and more, the newest first."""
    draw = Draw("news", one.id)
    if one.closed or not draw.chance(0.45):
        return ()
    kinds = list(STORIES)
    found = []
    for _ in range(1 + draw.number(4)):
        kind = kinds.pop(draw.number(len(kinds)))
        found.append(story(one, kind, days.drawn(draw, 5, 900), draw))
    return tuple(sorted(found, key=lambda each: each.day, reverse=True))


def story(one: Organisation, kind: str, day: str, draw: Draw) -> Story:
    who = draw.pick(people.current(one) or [None])
    amount = draw.pick(GIFTS if kind == "charity" else SUMS)
    words = {
        "name": one.name,
        "town": one.town,
        "who": who.name if who else "a new manager",
        "role": who.title if who else "manager",
        "amount": amount,
        "count": 3 + draw.number(20),
        "other": draw.pick([town for town in OTHER_TOWNS if town != one.town]),
    }
    title = TITLES[kind].format(**words)
    url = ""
    if draw.chance(0.6):
        url = f"http://{draw.pick(PRESS)}/{day[:4]}/{kind}-{one.id}"
    return Story(kind, day, title, STORIES[kind].format(**words), url)


def press(one: Organisation) -> list[Story]:
    """Those of them that newspapers have."""
    return [each for each in stories(one) if each.url]
