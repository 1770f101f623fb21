"""What the model finds in the news: mostly of the right company, mostly where it says."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.simulators.pages import making, ways
from tests.simulators.truth import growth
from tests.simulators.truth.growth import Story
from tests.simulators.world import Population
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

ASKED = re.compile(
    r"\b(news|headlines?|press|in the media|recent (?:mentions?|developments?|events?)|"
    r"announcements?|what has happened)\b",
    re.IGNORECASE,
)
SINCE = re.compile(r"\b(?:since|after|from|not older than)\s+(\d{4}-\d\d-\d\d)")
LAST = re.compile(r"\b(?:last|past)\s+(\d{1,3})?\s*(day|week|month|year)s?", re.IGNORECASE)
DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}
INVENTED, OF_A_NAMESAKE, WRONG_YEAR, TOO_OLD = 0.1, 0.08, 0.06, 0.15
INVENTED_HOSTS = ("businesspost.example", "regionalawards.example", "techlocal.example")


@dataclass(frozen=True)
class Item:
    title: str
    day: str
    text: str
    url: str
    publisher: str
    kind: str
    read: bool = True  # it stands on a page that was read


def about(one: Organisation, question: str, population: Population, seed: int) -> list[Item]:
    """What is told of an organisation."""
    draw = Draw(seed, "news", one.id, question)
    since = earliest(question)
    found = [
        spoilt(item_of(one, story), draw)
        for story in growth.stories(one)
        if address_of(one, story) and (story.day >= since or draw.chance(TOO_OLD))
    ]
    if draw.chance(OF_A_NAMESAKE) and (other := namesake(one, population)):
        found += [item_of(other, story) for story in growth.press(other)[:1]]
    if draw.chance(INVENTED):
        found.append(invented(one, draw))
    return found


def earliest(question: str) -> str:
    """The first day asked for; "" when none is."""
    if found := SINCE.search(question):
        return found[1]
    if found := LAST.search(question):
        days = int(found[1] or 1) * DAYS[found[2].lower()]
        return (date.today() - timedelta(days=days)).isoformat()
    return ""


def address_of(one: Organisation, story: Story) -> str:
    """Where it can be read: in a newspaper, or on the organisation's own site."""
    if story.url:
        return story.url
    made = making.of(one)
    shown = story in growth.stories(one)[: ways.NEWS]
    if not (one.domain and made.opens and ways.of(one).news and shown):
        return ""
    return f"http://{made.host}/news/{ways.slug(story.title)}"


def item_of(one: Organisation, story: Story) -> Item:
    url = address_of(one, story)
    return Item(story.title, story.day, story.text, url, url.split("/")[2], story.kind)


def spoilt(item: Item, draw: Draw) -> Item:
    if draw.chance(WRONG_YEAR):
        return replace(item, day=f"{int(item.day[:4]) + 1}{item.day[4:]}")
    return item


def namesake(one: Organisation, population: Population) -> Organisation | None:
    """Another organisation with news of whose name the first word is the same."""
    word = one.name.split()[0].lower()
    for index, entry in enumerate(population.entries):
        if entry.name.lower().startswith(word) and f"n{index:06d}" != one.id:
            other = population.at(index)
            if growth.press(other):
                return other
    return None


def invented(one: Organisation, draw: Draw) -> Item:
    host = draw.pick(INVENTED_HOSTS)
    title = f"{one.name} expands its team"
    day = (date.today() - timedelta(days=20 + draw.number(200))).isoformat()
    url = f"http://{host}/{day[:4]}/{ways.slug(title)}"
    return Item(title, day, f"{one.name} is said to be growing.", url, host, "growth", read=False)
