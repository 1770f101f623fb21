"""What Companies House tells beyond a company's profile, and its documents."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from tests.simulating.calling import Answer, ask, basic
from tests.simulating.firms import like, near
from tests.simulators import Running, running, truth, world
from tests.simulators.companies import codes, history
from tests.simulators.companies.officers import registered_name
from tests.simulators.companies_house_documents import STORE
from tests.simulators.truth import Truth, accounts, standing

KEY = basic("sim-ch")
XHTML = "application/xhtml+xml"
IX = "{http://www.xbrl.org/2013/inlineXBRL}"


@pytest.fixture(scope="module")
def started() -> Iterator[Running]:
    names = ("companies_house", "companies_house_documents", "document_store")
    with running(*names, speed=100) as vendors:
        yield vendors


@pytest.fixture
def vendors(started: Running) -> Iterator[Running]:
    started.clock.advance(300)
    for vendor in started.all.values():
        vendor.forget()
    yield started
    for vendor in started.all.values():
        vendor.faults.clear()


def tell(vendors: Running, about: Truth, part: str) -> Answer:
    return ask(f"{vendors.companies_house.url}/company/{about.one.number}{part}", headers=KEY)


def filing_like(form: str, **more: object) -> Truth:
    """A company whose last accounts are in such a form."""
    return like(
        lambda each: (
            bool(each.accounts)
            and each.accounts[0].form == form
            and all(bool(getattr(each.accounts[0], name)) == value for name, value in more.items())
        )
    )


def document_of(vendors: Running, about: Truth) -> str:
    """The id of the last accounts' document, out of the filing history."""
    filings = tell(vendors, about, "/filing-history?category=accounts").json["items"]
    host, _, code = filings[0]["links"]["document_metadata"].partition("/document/")
    assert host == "https://frontend-doc-api.company-information.service.gov.uk"
    return str(code)


def content(vendors: Running, code: str, kind: str = XHTML) -> Answer:
    url = f"{vendors.companies_house_documents.url}/document/{code}/content"
    return ask(url, headers=KEY | {"Accept": kind})


def stored(vendors: Running, location: str, **headers: str) -> tuple[int, str]:
    """What the store has at an address; its name stands in the file of names."""
    assert location.startswith(f"http://{STORE}/")
    names = (vendors.folder / "names").read_text()
    assert f"{STORE} 127.0.0.1:{vendors.document_store.port}\n" in names
    target = location.removeprefix(f"http://{STORE}")
    answer = ask(f"{vendors.document_store.url}{target}", headers={"Host": STORE, **headers})
    return answer.status, answer.body.decode()


def test_officers_are_those_who_direct_and_those_who_did(vendors: Running) -> None:
    about = like(lambda each: any(who.directs for who in each.former) and bool(each.one.number))
    directing = [who for who in about.people if who.directs]

    told = tell(vendors, about, "/officers").json

    names = {item["name"]: item for item in told["items"]}
    assert {registered_name(who) for who in directing} <= set(names)
    assert told["active_count"] + told["resigned_count"] == told["total_results"]
    for who in directing:
        assert names[registered_name(who)].get("resigned_on", "") == who.left
        assert set(names[registered_name(who)]["date_of_birth"]) == {"month", "year"}


def test_an_officer_may_have_appointments_elsewhere(vendors: Running) -> None:
    several = 0
    for one in [each for each in near() if each.number][:12]:
        about = truth.of(one)
        first = tell(vendors, about, "/officers").json["items"][0]["links"]["officer"]
        found = ask(f"{vendors.companies_house.url}{first['appointments']}", headers=KEY).json
        assert found["items"][0]["appointed_to"]["company_number"] == one.number
        several += found["total_results"] > 1

    assert several


def test_persons_in_control_are_people_or_companies(vendors: Running) -> None:
    person = like(lambda each: any(control.who for control in each.controllers))
    company = like(lambda each: any(control.company for control in each.controllers))
    nobody = like(lambda each: bool(each.one.number) and not each.controllers)
    part = "/persons-with-significant-control"

    item = tell(vendors, company, part).json["items"][0]

    assert item["kind"] == "corporate-entity-person-with-significant-control"
    assert item["name"] == company.controllers[0].company
    assert "date_of_birth" in tell(vendors, person, part).json["items"][0]
    assert tell(vendors, nobody, part).status == 404


def test_charges_and_insolvency_are_told_where_there_are_any(vendors: Running) -> None:
    pledged = like(lambda each: bool(each.charges))
    free = like(lambda each: bool(each.one.number) and not each.charges)
    entries = world.population().entries
    at = next(at for at, entry in enumerate(entries) if entry.status in standing.INSOLVENT)
    broke = world.population().at(at)
    url = f"{vendors.companies_house.url}/company/{broke.number}"

    told = tell(vendors, pledged, "/charges").json

    assert told["total_count"] == len(pledged.charges)
    assert {item["status"] for item in told["items"]} <= {"outstanding", "fully-satisfied"}
    assert tell(vendors, pledged, "").json["has_charges"] is True
    assert tell(vendors, free, "/charges").status == 404
    assert tell(vendors, free, "/insolvency").status == 404
    assert ask(f"{url}/insolvency", headers=KEY).json["cases"][0]["practitioners"]
    assert ask(url, headers=KEY).json["has_insolvency_history"] is True


def test_a_profile_tells_of_the_last_accounts_and_of_late_ones(vendors: Running) -> None:
    punctual = like(lambda each: bool(each.accounts) and not each.overdue)
    late = like(lambda each: each.overdue and bool(each.accounts))

    told = tell(vendors, punctual, "").json["accounts"]

    assert told["last_accounts"]["made_up_to"] == punctual.accounts[0].year_end
    assert told["last_accounts"]["type"] == punctual.accounts[0].kind
    assert told["overdue"] is False
    assert tell(vendors, late, "").json["accounts"]["overdue"] is True


def test_the_history_begins_with_the_newest_and_can_be_asked_for_one_kind(
    vendors: Running,
) -> None:
    about = like(lambda each: len(each.accounts) == 3 and bool(each.charges))

    everything = tell(vendors, about, "/filing-history?items_per_page=100").json
    years = tell(vendors, about, "/filing-history?category=accounts").json["items"]
    link = years[0]["links"]["self"]

    days = [item["date"] for item in everything["items"]]
    assert days == sorted(days, reverse=True)
    assert len(everything["items"]) == everything["total_count"]
    assert [item["action_date"] for item in years] == [each.year_end for each in about.accounts]
    assert ask(vendors.companies_house.url + link, headers=KEY).json == years[0]


def test_accounts_can_be_read_by_machines(vendors: Running) -> None:
    about = filing_like("ixbrl", employees=True)
    code = document_of(vendors, about)

    metadata = ask(f"{vendors.companies_house_documents.url}/document/{code}", headers=KEY).json
    moved = content(vendors, code)
    status, text = stored(vendors, moved.headers["location"])

    assert metadata["company_number"] == about.one.number
    assert XHTML in metadata["resources"]
    assert metadata["resources"][XHTML]["content_length"] == len(text.encode())
    assert (moved.status, status) == (302, 200)
    assert figures(text, "AverageNumberEmployeesDuringPeriod")[0] == about.accounts[0].employees
    assert figures(text, "NetAssetsLiabilities")[0] == about.accounts[0].net_assets


def test_turnover_is_told_by_larger_companies_in_thousands(vendors: Running) -> None:
    about = filing_like("ixbrl", turnover=True)
    _, text = stored(vendors, content(vendors, document_of(vendors, about)).headers["location"])

    turnover = about.accounts[0].turnover
    assert turnover is not None
    assert abs(figures(text, "TurnoverRevenue")[0] - turnover) < 1000


def figures(text: str, name: str) -> list[int]:
    """The tagged figures of a name, as the rules of inline XBRL say."""
    found = []
    for tag in ElementTree.fromstring(text).iter(f"{IX}nonFraction"):
        if tag.get("name", "").endswith(f":{name}"):
            digits = int(re.sub(r"\D", "", "".join(tag.itertext())) or 0)
            found.append(digits * 10 ** int(tag.get("scale", "0")) * (-1 if tag.get("sign") else 1))
    return found


def test_some_accounts_are_pictures_broken_or_empty(vendors: Running) -> None:
    scanned, broken, empty = (filing_like(form) for form in ("pdf", "broken", "empty"))
    picture = document_of(vendors, scanned)

    refused = content(vendors, picture)
    moved = content(vendors, picture, "application/pdf")
    _, damaged = stored(vendors, content(vendors, document_of(vendors, broken)).headers["location"])
    _, bare = stored(vendors, content(vendors, document_of(vendors, empty)).headers["location"])

    assert (refused.status, moved.status) == (406, 302)
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(damaged)
    assert figures(bare, "NetAssetsLiabilities") == []


def test_the_store_wants_no_key_and_forgets_soon(vendors: Running) -> None:
    code = document_of(vendors, filing_like("ixbrl"))
    first, second = (content(vendors, code).headers["location"] for _ in range(2))

    with_key = stored(vendors, first, **KEY)
    vendors.clock.advance(120)
    late = stored(vendors, second)
    forged = stored(vendors, second.replace("Signature=", "Signature=0"))

    assert (with_key[0], late[0], forged[0]) == (400, 403, 403)
    assert "expired" in late[1]
    assert vendors.document_store.stats()["limit_breaches"] == 1


def test_unknown_documents_are_404(vendors: Running) -> None:
    url = f"{vendors.companies_house_documents.url}/document"
    about = filing_like("ixbrl")

    assert ask(f"{url}/nothing", headers=KEY).status == 404
    assert ask(f"{url}/{document_of(vendors, about)}").status == 401
    vendors.companies_house_documents.faults.add("gone")
    assert content(vendors, document_of(vendors, about)).status == 404


def test_ids_lead_back_to_their_companies() -> None:
    one = next(one for one in near() if accounts.filed(one))

    assert codes.opened(codes.opaque(one.number, 2, history.DOCUMENT)) == (one.number, 2)
    assert codes.opened("x" * history.DOCUMENT) is None
