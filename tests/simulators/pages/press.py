"""Newspapers on the web, which tell of the world's organisations."""

import re
from datetime import date
from html import escape

from tests.simulators.pages.html import document, links, notice
from tests.simulators.truth import growth
from tests.simulators.truth.days import spoken
from tests.simulators.world.population import Population

HOSTS = growth.PRESS
ARTICLE = re.compile(r"/(\d{4})/([a-z-]+)-n(\d{6})")


def page(population: Population, host: str, path: str) -> str | None:
    if path == "/":
        return notice(host, f"Business news, {date.today().year}.")
    found = ARTICLE.fullmatch(path.rstrip("/"))
    if not found or int(found[3]) >= len(population):
        return None
    one = population.at(int(found[3]))
    stories = growth.press(one)
    story = next((each for each in stories if each.url == f"http://{host}{path}"), None)
    if story is None:
        return None
    place = f"The firm is based in {one.town}."
    body = (
        f"<article><h1>{escape(story.title)}</h1>"
        f'<p><time datetime="{story.day}">{spoken(story.day)}</time></p>'
        f"<p>{escape(story.text)} {escape(place)}</p></article>\n{links([('/', 'More news')])}"
    )
    return document(f"{story.title} | {host}", body)
