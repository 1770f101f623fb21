"""Which pages a crawler is told to read next."""

from tests.extraction.reading import bakery

HOME = "https://www.fernbakery.example/"


def leads(body: str, head: str = "") -> list[str]:
    return [each.removeprefix(HOME) for each in bakery(body, head=head, url=HOME).links]


def test_the_pages_that_tell_most_come_first() -> None:
    body = (
        '<a href="/blog">Blog</a><a href="/cakes">Cakes</a><a href="/privacy">Privacy</a>'
        '<a href="/p3">Our team</a><a href="/about/">About</a><a href="contact.html">Contact</a>'
    )
    assert leads(body) == ["contact.html", "about/", "p3", "privacy", "blog", "cakes"]


def test_of_one_kind_only_a_few_come_before_the_others() -> None:
    news = "".join(f'<a href="/news/{at}-news">News {at}</a>' for at in range(4))
    assert leads(f'{news}<a href="/cakes">Cakes</a>') == [
        "news/0-news", "news/1-news", "cakes", "news/2-news", "news/3-news",
    ]  # fmt: skip


def test_links_that_lead_nowhere_or_elsewhere_are_left_out() -> None:
    body = (
        '<a href="https://other.example/contact">Contact</a><a href="mailto:x@y.example">Mail</a>'
        '<a href="tel:0113">Call</a><a href="javascript:go()">Go</a><a href="#top">Top</a>'
        '<a rel="nofollow" href="/bait">Team</a><a href="http://[broken">Contact</a>'
        '<a href="https://shop.fernbakery.example/">Shop</a>'
    )
    assert leads(body) == ["https://shop.fernbakery.example/"]


def test_links_begin_where_the_page_says() -> None:
    assert leads('<a href="contact">Contact</a>', '<base href="/en/">') == ["en/contact"]
