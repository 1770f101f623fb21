"""What somebody offers and when, whom they look for, what is new, and who works there."""

from datetime import date

import pytest

from tests.extraction.reading import bakery, values

JOBS = "https://www.fernbakery.example/careers"
NEWS = "https://www.fernbakery.example/news"


@pytest.mark.parametrize(
    ("body", "hours"),
    [
        ("<p>Open Monday to Friday 9am - 5pm</p>", ["Mo-Fr 09:00-17:00"]),
        ("<p>Mon-Thu 08:30-17:00, Fri 08:30-16:00</p>", ["Fr 08:30-16:00", "Mo-Th 08:30-17:00"]),
        ("<table><tr><td>Monday</td><td>9.00am to 5.30pm</td></tr><tr><td>Sunday</td><td>Closed"
         "</td></tr></table>", ["Mo 09:00-17:30"]),
        ("<p>Open 24 hours, 7 days a week</p>", ["Mo-Su 00:00-24:00"]),
        ("<p>Deliveries are Monday to Friday 9am - 5pm</p>", None),
    ],
)  # fmt: skip
def test_opening_hours(body: str, hours: list[str] | None) -> None:
    said = values(bakery(f"<h2>Opening hours</h2>{body}"), "opening_hours")
    assert [sorted(each) for each in said] == ([hours] if hours else [])


def test_services_under_their_heading() -> None:
    found = bakery("<h2>Our services</h2><ul><li>Wedding cakes</li><li>Bread by post</li></ul>")
    assert values(found, "services") == [["Wedding cakes", "Bread by post"]]


def test_open_jobs() -> None:
    found = bakery(
        "<h2>Current vacancies</h2><ul><li><h3>Night Baker</h3><p>Full-time, £13 per hour</p></li>"
        "<li><h3>Delivery Driver</h3><p>Part-time</p></li></ul>",
        url=JOBS,
    )
    assert values(found, "vacancies") == [["Night Baker", "Delivery Driver"]]


def test_no_jobs_where_the_page_says_so() -> None:
    found = bakery("<h2>Vacancies</h2><p>We have no current vacancies for a Baker.</p>", url=JOBS)
    assert values(found, "vacancies") == []


def test_news_with_their_days() -> None:
    found = bakery(
        "<h2>Latest news</h2><article><h3>A new oven is in</h3><p>12 March 2026</p></article>"
        "<article><h3>We open in York</h3><p>3 June 2026</p></article>",
        url=NEWS,
    )
    (news,) = values(found, "news")
    assert news == ["2026-06-03 We open in York", "2026-03-12 A new oven is in"]
    told = next(each for each in found.told if each.field == "news")
    assert told.as_of == date(2026, 6, 3)


def test_people_with_what_they_do_and_how_they_are_reached() -> None:
    found = bakery(
        "<h2>Our team</h2><div class=team><div class=card><h3>Ann Hart</h3><p>Managing Director"
        '</p><a href="mailto:ann@fernbakery.example">E-mail Ann</a></div>'
        "<div class=card><h3>Dr Tom O’Neill</h3><p>Head Baker</p></div></div>"
    )
    assert values(found, "name", about="ann-hart") == ["Ann Hart"]
    assert values(found, "job_title", about="ann-hart") == ["Managing Director"]
    assert values(found, "email", about="ann-hart") == ["ann@fernbakery.example"]
    assert values(found, "job_title", about="tom-oneill") == ["Head Baker"]
    assert values(found, "email", about="tom-oneill") == []


def test_who_praises_it_does_not_work_there() -> None:
    found = bakery("<blockquote>“Best bread.” – Ann Hart, Managing Director, Hart Estates Ltd"
                   "</blockquote>")  # fmt: skip
    assert values(found, "name", about="ann-hart") == []
