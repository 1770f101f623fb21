"""What whoever made a page is called, and what the page says of itself."""

import pytest

from tests.extraction.reading import bakery, read, values

WORDS = "Sourdough and rolls, baked by hand in the middle of Leeds."


@pytest.mark.parametrize(
    "title",
    ["Fern Bakery", "Contact us | Fern Bakery", "Fern Bakery - Bread in Leeds", "Home"],
)
def test_the_name_is_that_of_the_maker(title: str) -> None:
    assert values(bakery("<p>Welcome.</p>", title=title), "name") == ["Fern Bakery"]


def test_the_company_behind_a_name() -> None:
    found = bakery("<footer>© 2024 Fern Bakery. Fern Bakery is a trading name of Hart Foods Ltd"
                   "</footer>")  # fmt: skip
    assert values(found, "name") == ["Fern Bakery"]
    assert values(found, "legal_name") == ["Hart Foods Ltd"]


def test_the_description_for_searchers() -> None:
    found = bakery("<p>Bread</p>", head=f'<meta name="description" content="{WORDS}">')
    assert values(found, "description") == [WORDS]


def test_a_description_that_came_with_the_program_is_none() -> None:
    said = "Just another WordPress site, as it comes"
    found = bakery("<p>Bread</p>", head=f'<meta name="description" content="{said}">')
    assert values(found, "description") == []


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("Established 1987", 1987),
        ("Family-run since 1922.", 1922),
        ("We were founded in 2004 by two friends.", 2004),
        ("Our council was formed in 1974", 1974),
        ("We sold 1987 loaves since Monday", None),
    ],
)
def test_the_year_in_which_it_began(said: str, year: int | None) -> None:
    assert values(bakery(f"<p>{said}</p>"), "founded") == ([year] if year else [])


@pytest.mark.parametrize(
    ("said", "year"),
    [("© 2019 Fern Bakery", 2019), ("Copyright 2015-2023 Fern Bakery", 2023),
     ("Page last updated: 3 May 2021", 2021)],
)  # fmt: skip
def test_the_year_in_which_the_site_was_changed(said: str, year: int) -> None:
    assert values(bakery(f"<footer>{said}</footer>"), "site_changed") == [year]


def test_whether_it_fits_a_phone() -> None:
    head = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    assert values(bakery("<p>Bread</p>", head=head), "site_is_mobile") == [True]
    assert values(bakery("<p>Bread</p>"), "site_is_mobile") == [False]


def test_the_products_it_is_made_with() -> None:
    found = read(
        '<html><head><title>Fern Bakery</title><meta name="generator" content="WordPress 6.4">'
        '<link rel="stylesheet" href="/wp-content/themes/astra/style.css">'
        '<script src="https://www.googletagmanager.com/gtag/js?id=G-1"></script></head>'
        "<body><h1>Fern Bakery</h1><p>We bake bread by hand, every day of the week.</p></body>",
        server="nginx/1.24",
    )
    (products,) = values(found, "technologies")
    assert {"WordPress", "Astra", "Google Analytics", "Nginx"} <= set(products)
