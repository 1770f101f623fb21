"""The commands: a campaign in the foreground, and the demo company."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import Campaign, Run
from crm.places.locate import place
from crm.tenants.models import Membership, Role, Tenant, User
from crm.upward import named
from leads.models import Lead, Organisation
from leads.sight import sight
from tests.geometry import miles
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")
ASKED = {
    "tenant": "acme",
    "kind": "healthcare",
    "postcode": "LE1 1AA",
    "miles": 15,
    "max_results": 10,
}
KEYS = ["campaign", "status", "found", "created", "duplicates", "rejected", "verified", "left"]
KEYS += ["seconds", "sources"]


def run_campaign(capsys: Any, **options: Any) -> dict[str, Any]:
    """Run it with --json, and read the one line."""
    call_command("run_campaign", json=True, **(ASKED | options))
    out = capsys.readouterr().out
    assert out.endswith("\n")
    (line,) = out.splitlines()
    said: dict[str, Any] = json.loads(line)
    assert list(said) == KEYS
    return said


def test_one_line_of_json_says_what_came_of_it(cast: Cast, capsys: Any) -> None:
    said = run_campaign(capsys)
    assert (said["status"], said["created"], said["rejected"], said["left"]) == (
        "completed",
        10,
        0,
        488,
    )
    assert said["found"] == said["created"] + said["duplicates"] + said["rejected"]
    assert said["sources"][0]["source"] == "register"
    assert said["campaign"] == str(Campaign.of(cast.tenant).get().pk)
    assert isinstance(said["seconds"], float)
    assert Lead.of(cast.tenant).filter(score=0).count() == 0


def test_the_same_call_repeats_the_slice_and_more_goes_on(cast: Cast, capsys: Any) -> None:
    run_campaign(capsys)
    again = run_campaign(capsys, postcode="le11aa")
    assert (again["created"], again["duplicates"], again["left"]) == (0, 10, 488)
    more = run_campaign(capsys, more=True)
    assert (more["created"], more["left"]) == (10, 478)
    assert Campaign.of(cast.tenant).count() == 1
    modes = Run.of(cast.tenant).order_by("id").values_list("mode", flat=True)
    assert list(modes) == ["first", "again", "more"]


def test_without_json_it_says_a_sentence(cast: Cast, capsys: Any) -> None:
    call_command("run_campaign", **ASKED)
    assert "10 new leads; 488 left." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"tenant": "nobody"}, "No tenant is called “nobody”. Known: acme, rival."),
        (
            {"kind": "planning_applications"},
            "Planning applications needs AI web search, chosen and with a key."
            " Put one in under API keys, and choose it."
            " Or upload a council’s list first.",
        ),
        ({"kind": "bakeries"}, "No kind of campaign is called “bakeries”."),
        ({"postcode": "ZZ99 9ZZ"}, "There is no postcode that begins with ZZ99."),
        ({"postcode": "JE2 3AB"}, "JE2 3AB is in Jersey."),
        ({"miles": 201}, "201 is outside that."),
        ({"max_results": 501}, "501 is outside that."),
    ],
)
def test_what_cannot_be_run_is_said_in_a_sentence_and_leaves_nothing(
    cast: Cast, capsys: Any, wanted: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("run_campaign", json=True, **(ASKED | wanted))
    assert sentence in str(refused.value)
    assert capsys.readouterr().out == ""
    assert not Campaign.of(cast.tenant).exists()


def test_a_run_that_fails_says_so_in_its_line_and_its_status(
    cast: Cast, capsys: Any, settings: Any
) -> None:
    settings.WORK_TABLES = ["tests.campaigns.dying.DOOMED"]
    named.cache_clear()
    with pytest.raises(SystemExit) as ended:
        call_command("run_campaign", json=True, **ASKED)
    named.cache_clear()
    assert ended.value.code == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["status"] == "failed"
    assert Run.of(cast.tenant).get().reason.startswith("Stopped by an error.")


def test_the_demo_has_two_teams_and_worked_leads_far_from_leicester(
    capsys: Any, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    call_command("demo")
    tenant = Tenant.objects.get(slug="demo")
    roles = Membership.of(tenant).values_list("role", flat=True)
    assert sorted(roles) == [Role.MANAGER, Role.OWNER, *[Role.REP] * 3]
    kept = tmp_path / "demo-people.txt"
    assert kept.stat().st_mode & 0o777 == 0o600
    printed = capsys.readouterr().out
    for user in User.objects.filter(memberships__tenant=tenant):
        (line,) = [line for line in kept.read_text().splitlines() if user.email in line]
        assert line in printed
        assert user.check_password(line.split()[-1])
    leicester = place("LE1 1AA")
    here = (leicester.latitude, leicester.longitude)
    found = Organisation.of(tenant)
    assert found.count() == Lead.of(tenant).count() == 9
    for each in found:
        assert each.latitude is not None
        assert each.longitude is not None
        assert miles(*here, each.latitude, each.longitude) > 50
    assert Lead.of(tenant).filter(stage__kind="customer").get().organisation.is_customer
    assert Lead.of(tenant).filter(tier="hot").exists()
    seen = {}
    for row in Membership.of(tenant).select_related("tenant", "user"):
        owners = sight.leads(row).exclude(owner=None).values_list("owner__name", flat=True)
        seen[row.user.name.split()[0]] = {name.split()[0] for name in owners}
    south = {"Priya", "Tom"}
    assert seen == {
        "Olivia": south | {"Aisha"},
        "Marcus": south | {"Aisha"},
        "Priya": south,
        "Tom": south,
        "Aisha": {"Aisha"},
    }
    # It is made once.
    call_command("demo")
    assert capsys.readouterr().out == ""
    assert User.objects.count() == 5
