"""The websites of the simulated world."""

import http.client
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulating.asking import visit
from tests.simulators import fakes, running, world
from tests.simulators.pages import directory, making
from tests.simulators.sites import Sites
from tests.simulators.world import Organisation


@pytest.fixture(scope="module")
def sites() -> Iterator[Sites]:
    with running("sites", speed=500) as started:
        yield started.sites


@pytest.fixture(autouse=True)
def no_faults(sites: Sites) -> Iterator[None]:
    yield
    sites.faults.clear()


@pytest.fixture(scope="module")
def neighbours() -> list[Organisation]:
    """IT companies around Leicester that have a website."""
    near = world.near(52.6345, -1.1294, 12, "it")
    return [one for one in near if one.domain]


def like(neighbours: list[Organisation], **ways: Any) -> tuple[Organisation, str]:
    """The first whose website is made so."""
    for one in neighbours:
        made = making.of(one)
        plain = {"status": 200, "script_only": False, "gone": False} | ways
        if all(getattr(made, name) == value for name, value in plain.items()):
            return one, f"http://{made.host}"
    raise AssertionError("Nobody's website is made so.")


def test_an_organisation_is_found_under_its_domain(
    sites: Sites, neighbours: list[Organisation]
) -> None:
    one, address = like(neighbours, name_in="heading", postcode_on="both")

    status, text, headers = visit(sites, address)

    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert one.name.replace("&", "&amp;") in text
    assert one.what in text


def test_a_domain_leads_to_its_www_form_where_it_has_one(
    sites: Sites, neighbours: list[Organisation]
) -> None:
    one = next(one for one in neighbours if making.of(one).host.startswith("www."))

    status, _, headers = visit(sites, f"http://{one.domain}/contact?x=1")

    assert (status, headers["location"]) == (301, f"http://www.{one.domain}/contact?x=1")


def test_some_name_themselves_only_in_a_picture_and_the_title(
    sites: Sites, neighbours: list[Organisation]
) -> None:
    one, address = like(neighbours, name_in="image", number_in_footer=False)
    name = one.name.replace("&", "&amp;")

    _, text, _ = visit(sites, f"{address}/contact")

    assert f'alt="{name}"' in text
    assert f"<title>Contact us | {name}</title>" in text
    assert f">{name}<" not in text.replace("</title>", "")


def test_some_give_their_postcode_on_the_contact_page_alone(
    sites: Sites, neighbours: list[Organisation]
) -> None:
    one, address = like(neighbours, postcode_on="contact", json_ld=False)
    written = one.postcode.replace(" ", "").lower()

    home, contact = (
        visit(sites, address + path)[1].replace(" ", "").lower() for path in ("/", "/contact")
    )

    assert written not in home
    assert written in contact


def test_the_footer_of_some_gives_the_company_number(
    sites: Sites, neighbours: list[Organisation]
) -> None:
    one, address = like(neighbours, number_in_footer=True)

    assert f"company number {one.number}" in visit(sites, address)[1]


def test_robots_are_turned_away_by_some(sites: Sites) -> None:
    everybody = world.near(51.51, -0.12, 12, "it")
    _, address = like([one for one in everybody if one.domain], status=403)

    assert visit(sites, address, "python-requests/2.32")[0] == 403
    assert visit(sites, address)[0] == 200
    assert "Disallow: /\n" in visit(sites, f"{address}/robots.txt")[1]


def test_most_sites_can_be_opened(neighbours: list[Organisation]) -> None:
    counts = Counter(making.of(one).status for one in neighbours)

    assert counts[200] / len(neighbours) > 0.9


def test_a_page_that_is_not_there_is_404(sites: Sites, neighbours: list[Organisation]) -> None:
    _, address = like(neighbours)

    assert visit(sites, f"{address}/jobs/4711")[0] == 404


@pytest.mark.parametrize("domain", ["nobody-at-all.example", *sorted(fakes.missing_domains())[:3]])
def test_a_domain_that_nobody_has_gets_no_answer(sites: Sites, domain: str) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        visit(sites, f"http://{domain}/")


def test_directories_list_the_honest_beside_the_fakes(sites: Sites) -> None:
    status, text, _ = visit(sites, "http://yellowlist.example/leicester/it-support")
    last = visit(sites, "http://yellowlist.example/leicester/it-support?page=99")[0]

    assert status == 200
    assert text.count("<article>") == 50
    assert last == 404


def test_an_organisation_has_a_page_in_a_directory(
    sites: Sites, neighbours: list[Organisation]
) -> None:
    one = neighbours[0]

    status, text, _ = visit(sites, directory.page_of(one))

    assert status == 200
    assert one.postcode in text


@pytest.mark.parametrize("kind", fakes.kinds())
def test_the_pages_a_fake_is_claimed_from_are_there_or_do_not_resolve(
    sites: Sites, kind: str
) -> None:
    for fake in fakes.of_kind(kind):
        for url in fake.claim["source_urls"]:
            if fake.host not in fakes.missing_domains():
                assert visit(sites, url)[0] in (200, 301), url


def test_a_profile_shows_nothing_to_strangers(sites: Sites) -> None:
    fake = fakes.of_kind("social-profile")[0]

    _, text, _ = visit(sites, fake.claim["website"])

    assert "Log in" in text
    assert fake.claim["name"] not in text


@pytest.mark.parametrize(
    ("kind", "status"), [("403", 403), ("404", 404), ("500", 500), ("redirect-inside", 302)]
)
def test_a_fault_can_be_set_for_one_host(
    sites: Sites, neighbours: list[Organisation], kind: str, status: int
) -> None:
    _, address = like(neighbours)
    sites.faults.add(kind, host=address.removeprefix("http://"))

    assert visit(sites, address)[0] == status
    assert visit(sites, address)[0] == 200


def test_a_page_can_be_made_to_give_orders(sites: Sites, neighbours: list[Organisation]) -> None:
    _, address = like(neighbours)
    sites.faults.add("orders")

    assert "Ignore all previous instructions" in visit(sites, address)[1]
