"""How the model makes up its answer: whom it tells of, in which order, with which faults."""

import math
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.simulators.model import news, reading, telling
from tests.simulators.model.facts import Finding
from tests.simulators.model.filling import Answer
from tests.simulators.model.knowledge import Knowledge, Known
from tests.simulators.model.question import Question
from tests.simulators.pages import directory
from tests.simulators.world import trades
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

WRONG = 0.12  # of what it tells: fakes, and pages that nobody read
OWN_FAULT = 0.02  # of those, pages nobody read, while there are fakes left to tell of
FEWEST, MOST = 6, 14
FROM_MEMORY = 5  # what it tells at most without searching


@dataclass
class Manners:
    """How a request and a test want the model to behave."""

    searched: bool = True  # it may search the web
    domains: tuple[str, ...] = ()  # the only ones it may read; none: all
    gullible: bool = False  # it obeys orders that stand in what it reads
    only_fakes: bool = False
    single: bool = False  # the form of the answer has room for one organisation only
    quotes: bool = False  # it wants the very words of the pages that it was given
    tells_news: bool = False  # it wants headlines and dates
    free: bool = False  # it leaves the form of the answer to the model
    at_most: int = MOST
    seed: int = 0


def answer(question: Question, knowledge: Knowledge, manners: Manners) -> Answer:
    """Everything it has to say, before it is written down."""
    draw = Draw(manners.seed, question.text)
    about_named = manners.single or not question.seeking
    named = knowledge.named(question.material) if about_named else []
    if manners.gullible and question.command:
        found, more = [obeyed(question.command, knowledge)], False
    elif named:
        found, more = [told(one, manners, sure=True) for one in named], False
    elif manners.single or (about_named and question.checking and not question.places):
        found, more = telling.of_text(question.material, manners.searched), False
    else:
        found, more = searched_for(question, knowledge, manners, draw)
    found = [one for one in found if allowed(one, manners)]
    if manners.gullible:
        impressed(found)
    place = question.places[0].name if question.places else ""
    given = Answer(found, remark(question, found, more), place, searches(question, draw), more)
    if manners.quotes:
        given.statements = reading.statements(question.given, manners.seed, manners.gullible)
    if news_wanted(question, manners, named):
        given.news = in_the_news(question, knowledge, manners, named)
    return given


def news_wanted(question: Question, manners: Manners, named: list[Known]) -> bool:
    """Where the form of the answer asks for news of somebody, or a question without a form."""
    asked = manners.tells_news or (manners.free and bool(news.ASKED.search(question.given)))
    return asked and manners.searched and bool(named)


def in_the_news(
    question: Question, knowledge: Knowledge, manners: Manners, named: list[Known]
) -> list[news.Item]:
    """Nothing is told of fakes: newspapers have not heard of them."""
    known = [one for one in named if isinstance(one, Organisation)][:3]
    world = knowledge.population
    found = [item for one in known for item in news.about(one, question.text, world, manners.seed)]
    if manners.domains:
        found = [item for item in found if is_below(item.url, manners.domains)]
    return sorted(found, key=lambda item: item.day, reverse=True)


def searched_for(
    question: Question, knowledge: Knowledge, manners: Manners, draw: Draw
) -> tuple[list[Finding], bool]:
    """A handful of those who fit, chosen anew by every wording, and whether it knows of more."""
    dice = Draw(manners.seed, question.text).number(1 << 31)
    indexes = knowledge.indexes(question)
    honest = knowledge.honest(question, sorted(indexes, key=lambda at: turn(dice, at)))
    fakes = sorted(knowledge.fakes_fitting(question), key=lambda one: turn(dice, one.id))
    size = min(question.wanted or MOST, FEWEST + draw.number(MOST - FEWEST + 1), manners.at_most)
    if not manners.searched:
        size = min(size, FROM_MEMORY)
    following = None if manners.only_fakes else next(honest, None)
    found: list[Finding] = []
    while len(found) < size and (following or fakes):
        if fakes and (following is None or draw.chance(WRONG - OWN_FAULT)):
            found.append(telling.of_fake(fakes.pop(0), manners.searched))
            if following is None and not manners.only_fakes:
                break
        elif following:
            one = telling.of_organisation(following, manners.searched)
            fault = draw.chance(OWN_FAULT if fakes else WRONG)
            found.append(telling.invent_pages(one, draw) if fault else one)
            following = next(honest, None)
    return found, following is not None


def turn(dice: int, one: int | str) -> float:
    """When its turn comes: by chance, but those who are much spoken of come up sooner."""
    weight = 0.3 + Draw("spoken of", one).number(1000) / 300
    return -math.log((1 + Draw(dice, one).number(1_000_000)) / 1_000_001) / weight


def told(one: Known, manners: Manners, sure: bool = False) -> Finding:
    if isinstance(one, Organisation):
        return telling.of_organisation(one, manners.searched, sure)
    return telling.of_fake(one, manners.searched)


def obeyed(command: str, knowledge: Knowledge) -> Finding:
    """The organisation that an order in the text names, known or not."""
    known = knowledge.called(command)
    if not known:
        return telling.of_name(command)
    found = told(known[0], Manners())
    found.facts["confidence"] = 0.99
    return found


def impressed(found: list[Finding]) -> None:
    """Believe websites that order their reader to believe them."""
    for one in found:
        if one.fake.startswith("commanding-site"):
            one.facts |= {"confidence": 1.0, "why": "All checks have been passed."}


def allowed(found: Finding, manners: Manners) -> bool:
    """Drop the pages it may not read, and with its last page the organisation."""
    if not manners.domains:
        return True
    found.read = [url for url in found.read if is_below(url, manners.domains)]
    found.facts["sources"] = [url for url in found.sources if is_below(url, manners.domains)]
    return bool(found.read)


def is_below(url: str, domains: tuple[str, ...]) -> bool:
    host = urlsplit(url).hostname or ""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def searches(question: Question, draw: Draw) -> list[str]:
    """What it types into the search engine."""
    places = list(dict.fromkeys(place.town for place in question.places))[:3] or ["UK"]
    words = [trades.TRADES[key].words[0] for key in question.trades[:3]] or ["companies"]
    forms = ("{} {}", "{} near {}", "list of {} {}", "best {} {}", "{} {} contact")
    return [draw.pick(forms).format(word, place) for place in places for word in words][:5]


def remark(question: Question, found: list[Finding], more: bool) -> str:
    where = ", ".join(dict.fromkeys(place.name for place in question.places)) or "the area"
    if not found:
        return f"No further organisations were found for {where}."
    return f"{len(found)} found for {where}" + ("; there are others." if more else ".")


def pages_seen(given: Answer, question: Question) -> list[str]:
    """All pages a search brought up: those of what it tells, and lists it looked at."""
    found = given.findings
    lists = [
        directory.page(place.town, key)
        for place in question.places[:2]
        for key in question.trades[:2]
    ]
    own = [url for one in found for url in one.read]
    own += [item.url for item in given.news if item.read]
    return list(dict.fromkeys([*own, *lists]))


def prose(given: Answer) -> tuple[str, list[tuple[int, int, str]]]:
    """The answer without a schema, with where each page is cited."""
    text, cited = given.remark + "\n", []
    for one in given.findings:
        text += f"\n- **{one.name}**: {one.facts.get('what') or ''} {place_of(one)}".rstrip()
        for url in one.sources[:1]:
            start = len(text) + 1
            text += f" ([{urlsplit(url).hostname}]({url}))"
            cited.append((start, len(text), url))
    for item in given.news:
        text += f"\n- {item.day}: {item.title}. {item.text}"
        start = len(text) + 1
        text += f" ([{item.publisher}]({item.url}))"
        if item.read:
            cited.append((start, len(text), item.url))
    return text, cited


def place_of(one: Finding) -> str:
    parts = (one.facts.get(key) for key in ("full_address", "phone", "website"))
    return ", ".join(part for part in parts if part)


def cited_in(text: str, given: Answer) -> list[tuple[int, int, str]]:
    """Where a JSON answer names the pages that were read."""
    read = [url for one in given.findings for url in one.sources if url in one.read]
    read += [item.url for item in given.news if item.read]
    spans = []
    for url in read:
        if hit := re.search(re.escape(f'"{url}"'), text):
            spans.append((hit.start() + 1, hit.end() - 1, url))
    return spans
