"""Profiles in social networks: whose they are, and what is none."""

import pytest

from tests.extraction.reading import bakery, values


@pytest.mark.parametrize(
    ("network", "href"),
    [
        ("facebook", "https://www.facebook.com/fernbakery"),
        ("facebook", "https://www.facebook.com/profile.php?id=100063480000000"),
        ("instagram", "https://instagram.com/fernbakery/"),
        ("x", "https://twitter.com/fernbakery"),
        ("x", "https://x.com/fernbakery"),
        ("linkedin", "https://uk.linkedin.com/company/fern-bakery"),
        ("youtube", "https://www.youtube.com/@fernbakery"),
        ("tiktok", "https://www.tiktok.com/@fernbakery"),
    ],
)
def test_a_profile_in_the_footer(network: str, href: str) -> None:
    found = bakery(f'<footer><a href="{href}">Follow us</a></footer>')
    assert values(found, network) == [href]


@pytest.mark.parametrize(
    "href",
    [
        "https://www.facebook.com/sharer/sharer.php?u=https://fernbakery.example",
        "https://twitter.com/intent/tweet?text=Fern",
        "https://www.facebook.com/wix",
        "https://www.linkedin.com/in/ann-hart",
        "https://www.youtube.com/watch?v=abc123",
        "https://facebook.com/",
        "https://notfacebook.example/fernbakery",
    ],
)
def test_what_is_no_profile_of_its_own(href: str) -> None:
    found = bakery(f'<footer><a href="{href}">Follow us</a></footer>')
    networks = ("facebook", "x", "linkedin", "youtube")
    assert [value for name in networks for value in values(found, name)] == []


def test_the_profile_of_the_web_designer_is_left_out() -> None:
    found = bakery(
        '<footer><a href="https://facebook.com/fernbakery">Facebook</a> Site by '
        '<a href="https://facebook.com/pixelpiestudio">Pixel Pie</a></footer>'
    )
    assert values(found, "facebook") == ["https://facebook.com/fernbakery"]
