"""What is true of an organisation, and what the sources make of it."""

from collections import Counter

from tests.simulating.calling import ask
from tests.simulating.firms import like, near
from tests.simulators import running, truth
from tests.simulators.truth import accounts, hearsay, mail, people
from tests.simulators.truth.people import SOURCES
from tests.simulators.world import by_domain, population

SOME = 400


def test_the_same_organisation_is_the_same_again() -> None:
    one = near()[7]

    before = truth.of(one)
    people.everyone.cache_clear()
    accounts.filed.cache_clear()

    assert truth.of(one) == before


def test_sources_know_some_of_the_same_people_and_some_of_others() -> None:
    pairs: Counter[str] = Counter()
    for one in near()[:SOME]:
        known = {source: {who.number for who in hearsay.told(one, source)} for source in SOURCES}
        everybody = {who.number for who in people.everyone(one)}
        pairs["shared"] += len(known["hunter"] & known["apollo"])
        pairs["hunter alone"] += len(known["hunter"] - known["apollo"])
        pairs["apollo alone"] += len(known["apollo"] - known["hunter"])
        pairs["nobody"] += len(everybody - set[int]().union(*known.values()))

    assert min(pairs.values()) > SOME / 50


def test_sources_are_wrong_in_every_way_but_mostly_right() -> None:
    told = [who for one in near()[:SOME] for source in SOURCES for who in hearsay.told(one, source)]
    wrong = Counter(each for who in told for each in who.wrong)

    assert set(wrong) == {"spelling", "short", "title", "address", "left"}
    assert sum(not who.wrong for who in told) > len(told) * 0.6


def test_whoever_has_left_is_still_there_for_some() -> None:
    stale = [who for one in near()[:SOME] for who in hearsay.told(one, "hunter") if who.who.left]

    assert stale
    assert all(who.current and "left" in who.wrong for who in stale)


def test_mail_is_kept_in_many_ways() -> None:
    kinds = Counter(mail.of(one).kind for one in near())
    states = Counter(
        mail.state(population(), who.email) for one in near()[:SOME] for who in people.everyone(one)
    )

    assert set(kinds) == {kind for kind, _ in mail.KINDS}
    assert set(states) >= {"valid", "gone", "full", "accept_all", "unknown", "no-mail"}
    assert mail.state(population(), f"nobody@{near()[0].domain}") != "valid"
    assert mail.state(population(), "x@mailinator.com") == "disposable"


def test_companies_have_accounts_in_every_form() -> None:
    years = [latest for one in near() if (latest := accounts.latest(one))]

    assert {year.form for year in years} == {"ixbrl", "pdf", "broken", "empty"}
    assert any(year.turnover for year in years)
    assert any(year.net_assets < 0 for year in years)
    assert any(accounts.overdue(one) for one in near())


def test_another_process_is_told_the_same() -> None:
    about = like(lambda each: bool(each.former and each.accounts and each.vacancies))

    with running("hunter", speed=100) as vendors:
        url = f"{vendors.hunter.url}/_control/truth"
        told = ask(f"{url}?domain={about.one.domain}").json
        unknown = ask(f"{url}?domain=nobody.example")

    assert told["one"]["id"] == about.one.id
    assert [who["email"] for who in told["people"]] == [who.email for who in about.people]
    assert told["accounts"][0]["net_assets"] == about.accounts[0].net_assets
    assert set(told["told_by"]) == set(SOURCES)
    assert told["site"]["pages"]
    assert unknown.status == 400


def test_an_address_belongs_to_its_owner() -> None:
    about = like(lambda each: bool(each.current))
    who = about.current[0]
    found = mail.owner(population(), who.email)

    assert by_domain(who.email.partition("@")[2]) == about.one
    assert found is not None
    assert found.email == who.email
