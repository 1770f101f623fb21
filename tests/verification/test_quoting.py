"""Who a place is may be known from others by now: what Google says of it is not kept even then."""

import json
from typing import Any

import pytest

from campaigns.asking import quoting
from campaigns.discovery.contract import EDGE
from campaigns.discovery.live import Seen
from campaigns.models import Checked
from campaigns.verification.contract import Verdict
from crm.registers.models import RegisterEntry
from leads.identity.candidate import Candidate
from leads.intake.grounds import Ground
from tests.verification.aspen import ADDRESS, HERE, NUMBER
from tests.verification.conftest import Check, House, within
from tests.verification.web import Web

MARK = "mapfold"
PLACE = {"place_id": "ChIJ1", "miles": 0.3}
OF_PLACE = Seen(Candidate(name="", source="google_places"), "ChIJ1", place_id="ChIJ1")
OF_OTHERS = Seen(Candidate(name="", source="openai_web"), "1", pages=["https://x.example/"])


@pytest.fixture
def school(bundled: None, db: None) -> RegisterEntry:
    schools = RegisterEntry.objects.filter(
        register="schools", status="active", postcode__startswith="LE"
    )
    return schools.select_related("register").order_by("number")[0]


def kept(verdict: Verdict) -> str:
    """All that is written down of it, besides its candidate."""
    written: Any = [quoting.evidence(OF_PLACE, verdict), quoting.refusal(OF_PLACE, verdict)]
    return json.dumps(written, ensure_ascii=False)


@pytest.mark.parametrize(
    ("website", "ground", "said"),
    [
        (f"https://www.facebook.com/{MARK}", Ground.UNVERIFIED, "facebook.com is open to"),
        (f"https://www.yell.com/biz/{MARK}", Ground.CONTRADICTED, "yell.com is a directory"),
        (f"http://{MARK}.example/", Ground.CONTRADICTED, f"no website at {MARK}.example"),
        (f"http://{MARK}-away.example/", Ground.NEW, f"{MARK}-away.example could not be read"),
        (f"http://{MARK}-floors.example/", Ground.UNVERIFIED, f"{MARK}-floors.example names"),
    ],
)
def test_a_register_names_it_and_google_gives_a_website(
    check: Check, web: Web, school: RegisterEntry, website: str, ground: Ground, said: str
) -> None:
    web.put(f"{MARK}-away.example", "/", "no", status=500)
    web.site(f"{MARK}-floors.example", title="Birch Flooring", home="<p>Floors of oak.</p>")

    target = within(5, school.postcode)
    given = {"address": f"{MARK} House", "phone": "0116 496 0999", "website": website}
    verdict = check(school.name, postcode=school.postcode, seen=PLACE | {"target": target}, **given)

    assert any(said in each.said for each in verdict.checks), verdict
    assert verdict.candidate.name == school.name
    assert verdict.candidate.website == school.website
    assert verdict.ground == ground
    written = kept(verdict)
    for secret in (MARK, "facebook", "yell", "496 0999", "4964960999"):
        assert secret not in written
    checks = quoting.evidence(OF_PLACE, verdict)["checks"]
    assert [(each["name"], each["verdict"]) for each in checks] == [
        (each.name, each.verdict) for each in verdict.checks
    ]
    listed = f"{school.register.label} listed it at {school.postcode}"
    by_register = [each for each in checks if each["said"].startswith(listed)]
    # A contradiction by its website ends the look, but not before the registers have spoken.
    assert [(each["name"], each["url"]) for each in by_register] == [
        ("Register", school.register.source_url)
    ]


def test_a_website_names_it_and_no_company_is_called_so(check: Check, web: Web) -> None:
    url = web.site("aspencabling.example", title="Aspen Cabling", contact=ADDRESS)

    verdict = check(
        f"Aspen Cabling Ltd t/a {MARK}", postcode=HERE, website=f"{url}?from={MARK}", seen=PLACE
    )

    assert verdict.checked == Checked.UNVERIFIED
    assert MARK in verdict.reason, verdict
    assert verdict.candidate.name == "Aspen Cabling"
    assert MARK not in kept(verdict)
    assert quoting.refusal(OF_PLACE, verdict) == ("Not verified", "")
    said = {each["said"]: each["url"] for each in quoting.evidence(OF_PLACE, verdict)["checks"]}
    # Of its pages the home page alone: others may be there because Google links to them.
    assert said[f"Its website names it and {HERE}."] == verdict.candidate.website == url


def test_companies_house_names_it_and_the_reason_is_kept(check: Check, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)

    verdict = check("Aspen Cabling", postcode=HERE, seen=PLACE)
    evidence = quoting.evidence(OF_PLACE, verdict)

    assert verdict.checked == Checked.VERIFIED
    assert evidence["reason"] == verdict.reason
    assert NUMBER in evidence["reason"]
    assert evidence["pages"] == []


def test_nobody_names_it_and_nothing_is_quoted(check: Check) -> None:
    verdict = check("Aspen Cabling", postcode=HERE, seen=PLACE)
    evidence = quoting.evidence(OF_PLACE, verdict)

    assert {each["said"] for each in evidence["checks"]} == {quoting.NOT_KEPT}
    assert evidence["reason"] == ""
    assert HERE not in kept(verdict)


def test_of_other_sources_all_is_kept(check: Check) -> None:
    verdict = check("Aspen Cabling", postcode=HERE, website="https://www.yell.com/biz/a")
    evidence = quoting.evidence(OF_OTHERS, verdict)

    assert [each["said"] for each in evidence["checks"]] == [each.said for each in verdict.checks]
    assert (evidence["reason"], evidence["pages"]) == (verdict.reason, ["https://x.example/"])
    reason, detail = quoting.refusal(OF_OTHERS, verdict)
    assert reason == verdict.reason
    assert "yell.com" in detail


def test_near_the_edge_the_place_is_the_reason(check: Check, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode="NG1 2AB")

    verdict = check("Aspen Cabling", postcode="NG1 2AB", seen={"target": within(24)})

    reason, detail = quoting.refusal(OF_OTHERS, verdict)
    assert reason == EDGE
    assert detail.startswith("NG1 2AB is known to NG1 only")
    assert quoting.refusal(OF_PLACE, verdict) == (Ground.EDGE.label, "")
