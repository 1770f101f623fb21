"""The further pages of a website: people, posts, news and small print."""

from datetime import date
from html import escape
from urllib.parse import quote

from tests.simulators.pages import mails, ways
from tests.simulators.pages.frame import framed
from tests.simulators.pages.making import Making
from tests.simulators.pages.ways import slug
from tests.simulators.truth import growth, hearsay, presence
from tests.simulators.truth.days import spoken
from tests.simulators.truth.growth import Story, Vacancy
from tests.simulators.truth.hearsay import Told
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

WITHOUT_TEAM = 3  # people whom the page about us names where there is no page for the team
ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def team(one: Organisation, made: Making) -> str | None:
    if not ways.of(one).team:
        return None
    cards = "\n".join(card(one, who) for who in hearsay.told(one, "site"))
    return framed(one, made, "Our team", "The people you will meet.", more=cards)


def card(one: Organisation, who: Told) -> str:
    rows = [f"<h3>{escape(who.name)}</h3><p>{escape(who.title)}</p>"]
    email, profile = shown_on_card(one, who)
    if email:
        rows.append(f"<p>{mails.written(who.email, ways.of(one).email)}</p>")
    if profile:
        url = presence.linkedin_of(one, who.who.name, who.number)
        rows.append(f'<p><a href="{escape(url)}">LinkedIn</a></p>')
    return f'<article class="member">{"".join(rows)}</article>'


def shown_on_card(one: Organisation, who: Told) -> tuple[bool, bool]:
    """Whether their address and their profile stand there."""
    draw = Draw("card", one.id, who.number)
    profile = presence.linkedin_of(one, who.who.name, who.number)
    return bool(who.email) and draw.chance(0.3), bool(profile) and draw.chance(0.4)


def careers(one: Organisation, made: Making) -> str | None:
    if not ways.of(one).careers:
        return None
    posts = growth.vacancies(one)
    if not posts:
        return framed(one, made, "Careers", "We have no vacancies at present.")
    text = f"We are looking for people to join us in {one.town}."
    return framed(one, made, "Careers", text, more="\n".join(post(one, each) for each in posts))


def post(one: Organisation, job: Vacancy) -> str:
    title = escape(job.title)
    if job in growth.vacancies(one)[: ways.JOBS]:
        title = f'<a href="/careers/{slug(job.title)}">{title}</a>'
    shown = written_date(job.closes, ways.of(one).dates)
    return (
        f'<article class="vacancy"><h2>{title}</h2>'
        f"<p>{escape(job.town)} · {escape(job.salary)}</p><p>Closing date: {shown}</p></article>"
    )


def vacancy(one: Organisation, made: Making, name: str) -> str | None:
    found = [job for job in growth.vacancies(one)[: ways.JOBS] if slug(job.title) == name]
    if not ways.of(one).careers or not found:
        return None
    job = found[0]
    text = (
        f"{one.name} is looking for a {job.title} in {job.town}.\n{job.salary}\n"
        f"Apply by {spoken(job.closes)}."
    )
    return framed(one, made, job.title, text)


def news(one: Organisation, made: Making) -> str | None:
    if not ways.of(one).news:
        return None
    rows = "\n".join(teaser(one, story) for story in growth.stories(one))
    return framed(one, made, "News", "What we have been up to.", more=rows)


def teaser(one: Organisation, story: Story) -> str:
    shown = written_date(story.day, ways.of(one).dates)
    title = escape(story.title)
    if story in growth.stories(one)[: ways.NEWS]:
        title = f'<a href="/news/{slug(story.title)}">{title}</a>'
    return f"<article><h2>{title}</h2><p>{shown}</p><p>{escape(story.text)}</p></article>"


def article(one: Organisation, made: Making, name: str) -> str | None:
    found = [each for each in growth.stories(one)[: ways.NEWS] if slug(each.title) == name]
    if not ways.of(one).news or not found:
        return None
    story = found[0]
    here = quote(f"http://{one.domain}/news/{name}", safe="")
    shares = (
        f'<a href="https://www.facebook.com/sharer/sharer.php?u={here}">Share</a> '
        f'<a href="https://www.linkedin.com/shareArticle?url={here}">Share</a>'
    )
    more = f"<p>{written_date(story.day, ways.of(one).dates)}</p>\n{shares}"
    return framed(one, made, story.title, story.text, more=more)


def privacy(one: Organisation, made: Making) -> str | None:
    """It names the authority to complain to, whose details are not the organisation's."""
    if not ways.of(one).privacy:
        return None
    text = (
        f"{one.legal_name.title() or one.name} decides how your personal data is used.\n"
        f"Write to the data protection lead at {one.name}, {one.full_address}.\n"
        "You may complain to the Information Commissioner's Office, Wycliffe House, Water Lane, "
        "Wilmslow, Cheshire SK9 5AF, telephone 0303 123 1113."
    )
    return framed(one, made, "Privacy policy", text)


def written_date(day: str, form: str) -> str:
    when = date.fromisoformat(day)
    if form == "figures":
        return f"{when:%d/%m/%Y}"
    if form == "machine":
        return f'<time datetime="{day}">{spoken(day)}</time>'
    if form == "ordinal":
        return f"{when:%B} {when.day}{ORDINALS.get(when.day, 'th')}, {when.year}"
    return spoken(day)
