"""Of what Google alone says of a place nothing stands in any table once a run has ended."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from campaigns.asking.quoting import NOT_KEPT
from campaigns.models import Finding, Run, Verification
from leads.models import Lead
from tests.asking.conftest import Launch, see_through, standing
from tests.people import Cast
from tests.simulators import Running, fakes
from tests.simulators.places.listing import Listing, place_of

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")
# In every name, address and website that Google gives, and nowhere else in the world.
MARK = "mapfold"
PHONE = "0113 555 0199"
GONE, AWAY, STRANGER = (f"{MARK}-{each}.example" for each in ("gone", "away", "stranger"))


class Answers(dict[str, dict[str, Any]]):
    """What Google has told, by the id of the place."""

    def told(self, listing: Listing) -> dict[str, Any]:
        """Give the place as it is, in words that nobody else would use."""
        place = place_of(listing)
        place["displayName"] = {"text": f"{listing.name} t/a {MARK.title()}"}
        place["formattedAddress"] = f"{MARK.title()} House, {place['formattedAddress']}"
        place["nationalPhoneNumber"] = PHONE
        own = f"{listing.website}?from={MARK}" if listing.website else ""
        websites = (own, own, f"https://www.facebook.com/{MARK}", f"https://yell.com/biz/{MARK}",
                    f"http://{GONE}/", f"http://{AWAY}/", f"http://{STRANGER}/", "")  # fmt: skip
        place["websiteUri"] = websites[listing.figure % len(websites)]
        self[listing.id] = place
        return place


@pytest.fixture
def answers(
    vendors: Running, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> Answers:
    """A Google that says everything in its own way."""
    found = Answers()
    monkeypatch.setattr("tests.simulators.google_places.place_of", found.told)
    page = {"status": 200, "title": "Birch Flooring", "text": "Floors of oak and of ash."}
    monkeypatch.setitem(fakes.sites(), STRANGER, {"/": page})
    names = tmp_path / "names"
    names.write_text(f"{GONE} -\nwww.{GONE} -\n{Path(settings.HTTP_NAMES).read_text()}")
    settings.HTTP_NAMES = str(names)
    return found


@pytest.mark.parametrize(
    ("kind", "takes_unverified"), [("healthcare", False), ("it_msp_expansion", True)]
)
def test_what_it_alone_says_stands_in_no_table(
    cast: Cast, answers: Answers, launch: Launch, kind: str, takes_unverified: bool
) -> None:
    wanted = {"kind": kind, "miles": 5, "max_results": 20, "takes_unverified": takes_unverified}
    campaign = launch("google_places", **wanted)
    run = see_through(campaign)
    # What is known by now is not checked, and written down in another way.
    again = see_through(launch("google_places", **wanted | {"miles": 3, "max_results": 5}))

    assert run.state == again.state == Run.State.COMPLETED, standing(campaign)
    assert again.duplicates
    assert not Verification.of(cast.tenant).exclude(sighting={}).exists()
    assert rows_with(MARK) == rows_with(PHONE) == rows_with(PHONE[1:].replace(" ", "")) == {}
    findings = list(Finding.of(cast.tenant).filter(run__in=[run, again]))
    assert {each.key for each in findings} <= set(answers)
    for finding in findings:
        if not finding.name:
            postcode = answers[finding.place_id]["postalAddress"]["postalCode"]
            assert postcode not in str(vars(finding))
    # It was no small matter: some were named by others, and what Google said spoke against them.
    named = [each for each in findings if each.name and each.verdict != "duplicate"]
    readings = {(c["name"], c["verdict"]) for each in named for c in each.evidence["checks"]}
    assert {("Website", "for"), ("Website", "against"), ("Register", "for")} <= readings
    assert {said(each, "Website", "for") for each in named} - {"", NOT_KEPT}
    assert {said(each, "Website", "against") for each in named} == {"", NOT_KEPT}
    assert Lead.of(cast.tenant).count() == run.created + again.created > 0


def said(finding: Finding, check: str, reading: str) -> str:
    """What a check that went so says in the words that were kept."""
    found = (each for each in finding.evidence["checks"] if each["name"] == check)
    return next((each["said"] for each in found if each["verdict"] == reading), "")


def rows_with(text: str) -> dict[str, int]:
    """Count the rows of each table in which a text stands, in whatever column."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS kept WHERE kept::text ILIKE %s', [f"%{text}%"]
            )
            [count] = cursor.fetchone() or (0,)
            if count:
                found[table] = count
    return found
