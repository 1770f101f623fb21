"""The findings of a campaign: each with its reason and evidence, filtered, page by page."""

import html
import re
from typing import Any

import pytest

from campaigns.models import Campaign, Finding, Run
from crm.pipeline.models import Kind
from leads.intake.grounds import Ground
from leads.moving import board
from tests.campaigns.meeting import REFUSALS, listed, met, page_of, refused, run_of, some_candidate
from tests.factories.campaigns import CampaignFactory, FindingFactory, SourceRunFactory
from tests.factories.registers import RegisterEntryFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
# Twenty pages of them.
MANY = 1_000
# What is counted also where it is none: the grounds that a run of registers can have.
ALWAYS = (
    "New lead", "May be known", "Already a lead", "Existing customer", "Lost before",
    "Near the edge", "Closed in the register", "Too small", "Size not known", "Too large",
    "Score too low", "Not usable",
)  # fmt: skip
ALL_FIVE = ["New Practice", "New Practice", "Edge Surgery", "Small Dental", "Nameless"]


def shown(cast: Cast, campaign: Campaign, **query: Any) -> list[str]:
    """The names of the findings on the page."""
    answer = as_person(cast.ben).get(page_of(campaign), query)
    assert answer.status_code == 200
    return [case.finding.name for case in answer.context["cases"]]


def counted(cast: Cast, campaign: Campaign, **query: Any) -> dict[str, int]:
    answer = as_person(cast.ben).get(page_of(campaign), query)
    return {chip.label: chip.count for chip in answer.context["chips"]}


def text_of(answer: Any) -> str:
    """What a person reads on the page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


@pytest.fixture
def run(cast: Cast) -> Run:
    return run_of(cast)


@pytest.fixture
def mixed(cast: Cast, run: Run) -> Run:
    """A run that met one of nearly every ground."""
    met(run, listed(name="New Practice", number="T1", postcode="LE1 1AA"))
    known = {"name": "New Practice", "number": "T2", "register__slug": "surgeries"}
    met(run, listed(postcode="LE1 1AA", **known))
    refused(run, Ground.EDGE, listed(name="Edge Surgery", postcode="LE9 4DA"))
    refused(run, Ground.SMALL, some_candidate(name="Small Dental", postcode="LE2 7LX"))
    refused(run, Ground.UNUSABLE, some_candidate(name="Nameless"))
    return run


def test_a_finding_is_listed_with_its_reason_and_evidence(cast: Cast, run: Run) -> None:
    entry = RegisterEntryFactory(name="Edge Surgery", number="X00042", postcode="LE9 4DA")
    refused(run, Ground.EDGE, listed(entry))
    said = text_of(as_person(cast.ben).get(page_of(run.campaign)))
    reason, detail = REFUSALS[Ground.EDGE]
    for part in (
        "Edge Surgery", "LE9 4DA 2.5 miles", entry.register.label, "X00042",
        "as of 1 January 2016", "Listed in 2016", "Rejected", reason, detail,
        "Take it all the same", "1 finding",
    ):  # fmt: skip
        assert part in said, part


def test_a_new_lead_and_a_known_one_lead_to_their_cards(cast: Cast, mixed: Run) -> None:
    page = as_person(cast.ben).get(page_of(mixed.campaign), {"verdict": "created"})
    lead = Finding.of(cast.tenant).get(verdict="created").lead
    assert lead is not None
    assert f'href="/leads/{lead.pk}/"' in page.content.decode()
    page = as_person(cast.ben).get(page_of(mixed.campaign), {"ground": "known"})
    assert f'href="/leads/{lead.pk}/"' in page.content.decode()
    assert "Known as New Practice , Discovery" in text_of(page)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ALL_FIVE),
        ({"ground": "edge"}, ["Edge Surgery"]),
        ({"ground": "known"}, ["New Practice"]),
        ({"ground": "no-such"}, ALL_FIVE),
        ({"verdict": "rejected"}, ["Edge Surgery", "Small Dental", "Nameless"]),
        ({"verdict": "created"}, ["New Practice"]),
        ({"verdict": "rejected", "proof": "listed"}, ["Edge Surgery"]),
        ({"proof": "verified"}, []),
        ({"overruled": "yes"}, []),
        ({"overruled": "no", "ground": "small"}, ["Small Dental"]),
        ({"q": "surg"}, ["Edge Surgery"]),
        ({"q": "le94da"}, ["Edge Surgery"]),
        ({"q": "le9 4"}, ["Edge Surgery"]),
        ({"q": "edge le9"}, ["Edge Surgery"]),
        ({"q": "edge le1"}, []),
        ({"q": "%"}, []),
        ({"q": "4da"}, []),
        ({"q": "x" * 500}, []),
        ({"run": "1e9"}, ALL_FIVE),
    ],
)
def test_filters(cast: Cast, mixed: Run, query: dict[str, str], names: list[str]) -> None:
    assert shown(cast, mixed.campaign, **query) == names


def test_the_chips_count_under_the_other_filters_and_add_up(cast: Cast, mixed: Run) -> None:
    counts = counted(cast, mixed.campaign, ground="edge")
    assert counts.pop("All") == sum(counts.values()) == 5
    assert counts == dict.fromkeys(ALWAYS, 0) | {
        "New lead": 1, "Already a lead": 1, "Near the edge": 1, "Too small": 1, "Not usable": 1,
    }  # fmt: skip
    assert counted(cast, mixed.campaign, verdict="rejected")["All"] == 3
    assert counted(cast, mixed.campaign, q="practice")["All"] == 2
    answer = as_person(cast.ben).get(page_of(mixed.campaign), {"ground": "edge", "q": "e"})
    chip = next(chip for chip in answer.context["chips"] if chip.label == "Too small")
    assert shown(cast, mixed.campaign, **dict(re.findall(r"(\w+)=(\w+)", chip.url))) == [
        "Small Dental"
    ]


def test_without_a_word_it_is_the_latest_run(cast: Cast, run: Run) -> None:
    later = run_of(cast, campaign=run.campaign)
    refused(run, Ground.EDGE, listed(name="Earlier"))
    refused(later, Ground.EDGE, listed(name="Later"))
    assert shown(cast, run.campaign) == ["Later"]
    assert shown(cast, run.campaign, run=run.number) == ["Earlier"]
    assert shown(cast, run.campaign, run="all") == ["Later", "Earlier"]
    assert shown(cast, run.campaign, run="77777") == ["Later"]
    assert shown(cast, run_of(cast).campaign, run="all") == []


def fill(run: Run, many: int, ground: Ground = Ground.EDGE) -> None:
    Finding.of(run.tenant).bulk_create(
        FindingFactory.build(run=run, tenant=run.tenant, verdict="rejected", ground=ground)
        for _ in range(many)
    )


def test_paging_forth_and_back_over_several_runs_shows_each_once(cast: Cast, run: Run) -> None:
    later = run_of(cast, campaign=run.campaign)
    for each, many in ((run, 70), (later, 60)):
        fill(each, many)
    ben = as_person(cast.ben)
    url, forth = page_of(run.campaign) + "?run=all&verdict=rejected", []
    here = url
    while url:
        context = ben.get(url).context
        forth.append([case.finding.pk for case in context["cases"]])
        here, url = url, context["next_url"]
        assert "verdict=rejected" in (url or "verdict=rejected")
    assert [len(page) for page in forth] == [50, 50, 30]
    nearest_first = Finding.of(cast.tenant).order_by("id").values_list("pk", flat=True)
    in_order = [pk for each in (later, run) for pk in nearest_first.filter(run=each)]
    assert [pk for page in forth for pk in page] == in_order
    back, url = [], here
    while url:
        context = ben.get(url).context
        back.insert(0, [case.finding.pk for case in context["cases"]])
        url = context["previous_url"]
    assert back == forth


@pytest.mark.parametrize("cursor", ["nonsense", "é", "0" * 63, "0" * 500, "-" * 64])
def test_a_place_that_was_tampered_with_harms_nobody(cast: Cast, mixed: Run, cursor: str) -> None:
    for name in ("after", "before"):
        assert len(shown(cast, mixed.campaign, **{name: cursor})) == 5


def test_a_thousand_findings_ask_the_database_no_more_than_three(
    cast: Cast, run: Run, django_assert_max_num_queries: Any
) -> None:
    ben = as_person(cast.ben)
    fill(run, 3)
    for ground in (Ground.KNOWN, Ground.LOST):
        met(run, listed(name=f"Boots {ground}"))
    with django_assert_max_num_queries(20) as few:
        ben.get(page_of(run.campaign))
    fill(run, MANY)
    with django_assert_max_num_queries(len(few)) as many:
        answer = ben.get(page_of(run.campaign))
    assert len(many) <= 16, f"asked {len(many)} times"
    assert answer.context["total_label"] == f"{MANY + 5:,} findings"
    assert len(answer.context["cases"]) == 50


def test_where_nothing_is_the_page_says_what_it_is_for(cast: Cast, mixed: Run) -> None:
    ben = as_person(cast.ben)
    never = CampaignFactory(tenant=cast.tenant)
    assert "Not run yet" in text_of(ben.get(page_of(never)))
    empty = run_of(cast)
    assert f"Run {empty.number} came across nothing." in text_of(ben.get(page_of(empty.campaign)))
    active = run_of(cast, state=Run.State.RUNNING)
    assert "arrive within seconds" in text_of(ben.get(page_of(active.campaign)))
    none = ben.get(page_of(mixed.campaign), {"q": "nobody"})
    assert "No finding matches these filters" in text_of(none)


def test_every_number_of_the_campaign_s_page_leads_to_just_those(cast: Cast, mixed: Run) -> None:
    SourceRunFactory(run=mixed, found=5, created=1, duplicates=1, rejected=3)
    ben = as_person(cast.ben)
    page = ben.get(f"/campaigns/{mixed.campaign.pk}/").content.decode()
    links = re.findall(rf'href="({page_of(mixed.campaign)}[^"]*)"', page)
    found = [len(ben.get(html.unescape(link)).context["cases"]) for link in links]
    # Found, new, duplicates, rejected, valid; then a line for each ground that left something out,
    # and valid in all runs.
    assert found == [5, 1, 1, 3, 0, 1, 1, 1, 1, 0]


def test_an_earlier_run_leads_to_its_own_findings(cast: Cast, mixed: Run) -> None:
    run_of(cast, campaign=mixed.campaign)
    page = as_person(cast.ben).get(f"/campaigns/{mixed.campaign.pk}/").content.decode()
    assert f'href="{page_of(mixed.campaign)}?run={mixed.number}"' in page


def test_reasons_that_differ_in_words_are_one_line(cast: Cast, run: Run) -> None:
    for name, stage in (("Boots", Kind.DISCOVERY), ("Lloyds", Kind.PROSPECT)):
        entries = [RegisterEntryFactory(name=name, register__slug=each) for each in ("a", "b")]
        lead = met(run, listed(entries[0])).lead
        assert lead is not None
        if stage != Kind.DISCOVERY:
            board.move(lead, to=cast.stage(stage), by=cast.ben)
        met(run, listed(entries[1]))
    page = as_person(cast.ben).get(f"/campaigns/{run.campaign.pk}/")
    assert [(row.label, row.count) for row in page.context["left_out"]] == [("Already a lead", 2)]


def test_a_viewer_sees_the_list_without_a_button(cast: Cast, mixed: Run) -> None:
    page = as_person(cast.vera).get(page_of(mixed.campaign))
    assert "Edge Surgery" in text_of(page)
    assert "Take it all the same" not in page.content.decode()
    assert 'type="checkbox"' not in page.content.decode()


def test_the_administration_filters_findings_by_ground(cast: Cast, mixed: Run) -> None:
    ada = as_person(cast.ada)
    page = ada.get("/admin/campaigns/finding/", {"ground__exact": "edge"})
    assert page.status_code == 200
    assert [each.name for each in page.context["cl"].result_list] == ["Edge Surgery"]
    assert "Listed in 2016" in text_of(page)
    assert len(ada.get("/admin/campaigns/finding/?overruled=no").context["cl"].result_list) == 5


def test_a_stranger_finds_nothing(cast: Cast, mixed: Run) -> None:
    assert as_person(cast.charlie).get(page_of(mixed.campaign)).status_code == 404


def test_a_long_name_can_be_read_in_full(cast: Cast, run: Run) -> None:
    refused(run, Ground.SMALL, some_candidate(name="Wide & Long " * 20))
    page = as_person(cast.ben).get(page_of(run.campaign)).content.decode()
    assert f'title="{html.escape("Wide & Long " * 20)}" tabindex="0"' in page
