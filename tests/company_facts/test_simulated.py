"""Companies House, simulated by people who have not read how it is asked here."""

from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

import pytest

from crm.outside.errors import Away, Later, NotReadable, Outside, Refused, TooBig
from crm.registers.words import humane
from enrichment.companies_house import deadlines, fitting, steps
from enrichment.companies_house.steps import Outcome
from tests.company_facts.looking import EVERYTHING, asked, key, of, one, people
from tests.simulating.calling import ask
from tests.simulating.firms import like, near
from tests.simulators import Running, truth, world
from tests.simulators.truth import Truth, standing

pytestmark = pytest.mark.django_db
FIGURES = {"turnover", "net_assets", "employees"}
SPOILT = ["nulls", "other-types", "empty", "wrapped"]


def looked_up(about: Truth, *wants: str) -> tuple[dict[str, Any], Outcome]:
    who = steps.subject(about.one.number)
    answers = asked(who, wants)
    return answers, steps.told(who, answers)


def filed(form: str, **more: Any) -> Callable[[Truth], bool]:
    """Whether the last accounts are in such a form."""

    def fits(about: Truth) -> bool:
        last = next(iter(about.accounts), None)
        is_one = last is not None and last.form == form
        return is_one and all(bool(getattr(last, name)) is is_so for name, is_so in more.items())

    return fits


def first(fits: Callable[[Truth], bool]) -> Truth:
    return like(lambda about: bool(about.one.number) and fits(about))


@cache
def readable() -> Truth:
    """A company with charges whose last accounts are for machines."""
    return first(lambda about: filed("ixbrl")(about) and bool(about.charges))


def late(about: Truth) -> float:
    """The share of late accounts by the law; nobody here is in their first year."""
    kind = about.one.company_type
    ends = [(date.fromisoformat(each.year_end), each.filed) for each in about.accounts]
    found = [filed_on > str(deadlines.due(end, kind)) for end, filed_on in ends]
    return round(sum(found) / len(found), 2)


def test_what_is_told_is_true(vendors: Running, as_documented: Any) -> None:
    about = first(lambda each: filed("ixbrl", turnover=True)(each) and each.former != ())
    url = f"{vendors.companies_house.url}/_control/truth?number={about.one.number}"
    told = ask(url).json

    answers, found = looked_up(about)

    assert next(iter(answers)) == "profile"
    assert one(found, "legal_name").value == humane(told["one"]["legal_name"])
    assert one(found, "incorporated_on").value == told["one"]["incorporated"]
    assert one(found, "sic_codes").value == told["one"]["sic_codes"]
    assert one(found, "is_late_with_accounts").value is told["overdue"]
    last = told["accounts"][0]
    assert one(found, "accounts_made_up_to").value == last["year_end"]
    assert one(found, "employees").value == last["employees"]
    assert abs(one(found, "net_assets").value - last["net_assets"]) < 1_000
    assert abs(one(found, "turnover").value - last["turnover"]) < 1_000
    assert str(one(found, "turnover").as_of) == last["year_end"]
    outstanding = sum(not each["satisfied"] for each in told["charges"])
    assert one(found, "charges_outstanding").value == outstanding
    directing = [who for who in told["people"] if who["directs"] and not who["left"]]
    names = {" ".join(filter(None, (w["first"], w["middle"], w["last"]))) for w in directing}
    assert set(people(found)) == names
    as_documented("companies_house", vendors.companies_house.calls())
    as_documented("companies_house_documents", vendors.companies_house_documents.calls())


def test_those_who_control_are_told_and_nobody_else(vendors: Running) -> None:
    company = first(lambda each: any(control.company for control in each.controllers))
    person = first(
        lambda each: {bool(control.ceased) for control in each.controllers} == {True, False}
    )
    nobody = first(lambda each: not each.controllers)

    (told,) = of(looked_up(company, "owners")[1], "owners")
    assert told[0].startswith(f"{humane(company.controllers[0].company)} (company 0")
    (told,) = of(looked_up(person, "owners")[1], "owners")
    assert len(told) == sum(not control.ceased for control in person.controllers)
    answers, found = looked_up(nobody, "owners")
    assert (list(answers), of(found, "owners")) == (["profile"], [])


def test_an_insolvency_is_told(vendors: Running) -> None:
    entries = world.population().entries
    at = next(at for at, entry in enumerate(entries) if entry.status in standing.INSOLVENT)
    broke = world.population().at(at)
    who = steps.subject(broke.number)

    answers = asked(who, ["is_insolvent"])

    assert list(answers) == ["profile", "insolvency"]
    assert set(of(steps.told(who, answers), "is_insolvent")) == {True}


def test_many_are_told_as_they_are(vendors: Running) -> None:
    for about in islice((each for each in map(truth.of, near()) if each.accounts), 8):
        _, found = looked_up(about, "filed_late_share", "employees")

        readable = next((each for each in about.accounts[:2] if each.form != "pdf"), None)
        if readable and readable.form == "ixbrl" and readable.employees is not None:
            assert one(found, "employees").value == readable.employees
            assert str(one(found, "employees").as_of) == readable.year_end
        if about.accounts[-1].year_end[:4] > str(int(about.one.incorporated[:4]) + 2):
            assert of(found, "filed_late_share") == [late(about)]


def test_only_calls_that_are_worth_it_are_made(vendors: Running) -> None:
    about = first(lambda each: filed("ixbrl")(each) and not each.charges)

    looked_up(about, "company_status", "charges_outstanding", "is_insolvent")
    assert len(vendors.companies_house.calls()) == 1

    looked_up(about, *EVERYTHING)
    calls = [call["path"].rpartition("/")[2] for call in vendors.companies_house.calls()[1:]]
    assert calls == [
        about.one.number, "officers", *(["persons-with-significant-control"] * bool(
            about.controllers)), "filing-history",
    ]  # fmt: skip
    assert len(vendors.companies_house_documents.calls()) == 2
    assert len(vendors.document_store.calls()) == 1


def test_no_key_goes_to_the_store(vendors: Running) -> None:
    _, found = looked_up(readable(), *FIGURES)

    assert of(found, "net_assets")
    assert vendors.document_store.stats()["limit_breaches"] == 0
    assert all(not call["key"] for call in vendors.document_store.calls())


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ("broken", ["The document is damaged."]),
        ("empty", ["Nothing is tagged in the document."]),
    ],
)
def test_accounts_that_say_nothing_are_not_guessed_at(
    vendors: Running, form: str, why: list[str]
) -> None:
    _, found = looked_up(first(filed(form)), *FIGURES)

    assert not any(of(found, name) for name in FIGURES)
    assert found.untold == why


def test_of_accounts_that_are_pictures_those_before_are_read(vendors: Running) -> None:
    about = first(lambda each: filed("pdf")(each) and len(each.accounts) > 1)
    alone = first(lambda each: filed("pdf")(each) and len(each.accounts) == 1)

    _, found = looked_up(about, *FIGURES)
    assert str(one(found, "net_assets").as_of) == about.accounts[1].year_end
    assert vendors.companies_house_documents.calls()

    vendors.companies_house_documents.forget()
    _, found = looked_up(alone, *FIGURES)
    assert found.untold == ["No accounts that machines can read were filed."]
    assert vendors.companies_house_documents.calls() == []


def test_the_number_of_another_company_tells_nothing(vendors: Running, bundled: None) -> None:
    ours, theirs = [each for each in near() if each.number and each.name != each.legal_name][:2]
    who = steps.subject(theirs.number, ours.legal_name, ours.postcode)

    answers = asked(who, judge=fitting.by_name)

    assert list(answers) == ["profile"]
    assert steps.told(who, answers).told == []
    assert steps.told(who, answers).untold[0].startswith(f"{theirs.number} is ")


def test_a_number_that_nobody_has_is_said_to_be_nobodys(vendors: Running) -> None:
    who = steps.subject("00000001")

    assert list(asked(who)) == ["profile"]
    told = steps.told(who, asked(who))
    assert told == Outcome([], ["Companies House has no company 00000001."])


def test_whoever_has_to_wait_goes_on_where_they_were(vendors: Running) -> None:
    about = readable()
    answers = asked(steps.subject(about.one.number), ["owners"])
    step = steps.following(steps.subject(about.one.number), {"net_assets"}, answers)
    vendors.companies_house.faults.add("429", seconds=600)

    assert step is not None
    with pytest.raises(Later):
        step.ask(key("waiting"), about.one.number, answers)
    answers[step.slug] = step.ask(key("another"), about.one.number, answers)

    following = steps.following(steps.subject(about.one.number), {"net_assets"}, answers)
    assert following is not None
    assert following.slug == "document"


def test_an_address_that_has_run_out_is_asked_for_again(vendors: Running) -> None:
    about = readable()
    vendors.companies_house_documents.faults.add("expired", path="/document/", skip=1)

    _, found = looked_up(about, *FIGURES)

    assert of(found, "net_assets")
    assert [call["status"] for call in vendors.document_store.calls()] == [403, 200]

    vendors.companies_house_documents.faults.add("expired", times=None)
    with pytest.raises(Away, match="did not give the document"):
        looked_up(about, *FIGURES)


@pytest.mark.parametrize(
    ("vendor", "fault", "why"),
    [
        ("companies_house_documents", "loop", "leads back"),
        ("companies_house_documents", "gone", "is not there"),
        ("document_store", "endless", "longer than 20 MB"),
        ("document_store", "content-type", "sent text/html, not a page"),
    ],
)
def test_a_document_that_can_not_be_had_is_left_out(
    vendors: Running, vendor: str, fault: str, why: str
) -> None:
    skip = int(vendor == "companies_house_documents")
    vendors.all[vendor].faults.add(fault, skip=skip)

    _, found = looked_up(readable(), *FIGURES)

    assert not any(of(found, name) for name in FIGURES)
    assert one(found, "company_status").value == "Active"
    assert why in found.untold[0]


@pytest.mark.parametrize("kind", SPOILT)
@pytest.mark.parametrize(
    "path", ["", "/officers", "/persons-with-significant-control", "/charges", "/filing-history"]
)
def test_answers_without_sense_break_nothing(vendors: Running, path: str, kind: str) -> None:
    about = readable()
    whole = f"/company/{about.one.number}{path}"
    vendors.companies_house.faults.add(kind, path=whole, times=1)

    _, found = looked_up(about)

    assert bool(found.told) is bool(path)
    assert not people(found) or path != "/officers"


@pytest.mark.parametrize(
    ("kind", "is_told"),
    [("nulls", True), ("other-types", True), ("empty", False), ("wrapped", False)],
)
def test_a_document_is_read_as_long_as_it_is_said_to_be_there(
    vendors: Running, kind: str, is_told: bool
) -> None:
    vendors.companies_house_documents.faults.add(kind, times=1)

    _, found = looked_up(readable(), *FIGURES)

    assert any(of(found, name) for name in FIGURES) is is_told
    assert bool(found.untold) is not is_told


@pytest.mark.parametrize(
    ("kind", "error"),
    [("500", Away), ("cut", Away), ("malformed", NotReadable), ("content-type", NotReadable),
     ("huge", TooBig)],
)  # fmt: skip
@pytest.mark.parametrize("vendor", ["companies_house", "companies_house_documents"])
def test_trouble_is_raised_for_the_caller_to_come_back(
    vendors: Running, vendor: str, kind: str, error: type[Outside]
) -> None:
    vendors.all[vendor].faults.add(kind, times=None)

    with pytest.raises(error):
        asked(steps.subject(readable().one.number), FIGURES, secret=f"{kind}-{vendor}")


def test_a_key_that_is_refused_is_raised(vendors: Running) -> None:
    with pytest.raises(Refused):
        asked(steps.subject(readable().one.number), secret="sim-revoked")
