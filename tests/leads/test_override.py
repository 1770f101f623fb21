"""A rep sets a score by hand with a reason, and gives it back to the scorecard."""

import pytest

from crm.ledger.models import AuditEntry
from leads.models import Lead, Score, TimelineEntry
from leads.scored import overriding, scores, told
from tests.factories.leads import LeadFactory
from tests.people import Cast, as_person
from tests.scored.conftest import card

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    made: Lead = LeadFactory(tenant=cast.tenant, owner=cast.ben)
    scores.refresh(made)
    return Lead.of(cast.tenant).get()


def test_a_rep_says_what_the_score_is_and_why(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    sent = {"points": "88", "reason": "Their director asked me at a fair."}
    answer = ben.post(f"/leads/{lead.pk}/score/", sent)
    assert answer.status_code == 302
    now = Lead.of(cast.tenant).get()
    assert (now.score, now.tier, now.is_set) == (88, "hot", True)
    page = ben.get(f"/leads/{lead.pk}/").content.decode()
    assert "Their director asked me at a fair." in page
    assert "Set by Ben" in page
    entry = TimelineEntry.of(cast.tenant).get(kind="score")
    assert entry.text == "Score set to 88 (hot): Their director asked me at a fair."
    assert AuditEntry.objects.get(tenant_id=cast.tenant.pk, verb="score set").actor == "Ben"


def test_what_is_found_out_later_does_not_change_it(cast: Cast, lead: Lead) -> None:
    as_person(cast.ben).post(f"/leads/{lead.pk}/score/", {"points": "88", "reason": "A fair."})
    organisation = lead.organisation
    organisation.employees, organisation.industry = 5_000, "finance"
    organisation.save()
    scores.refresh(Lead.of(cast.tenant).get())
    now = Lead.of(cast.tenant).get()
    assert (now.score, now.tier) == (88, "hot")
    # The scorecard goes on reckoning beside it.
    last = Score.of(cast.tenant).filter(lead=lead).order_by("-id").first()
    assert last is not None
    assert last.points > lead.score


def test_back_to_automatic_is_what_the_scorecard_says(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    ben.post(f"/leads/{lead.pk}/score/", {"points": "88", "reason": "A fair."})
    assert ben.post(f"/leads/{lead.pk}/score/automatic/").status_code == 302
    now = Lead.of(cast.tenant).get()
    assert (now.score, now.tier, now.is_set) == (lead.score, lead.tier, False)
    assert "Set by" not in ben.get(f"/leads/{lead.pk}/").content.decode()


@pytest.mark.parametrize(
    ("points", "reason", "said"),
    [
        ("", "A fair.", "Give the points, from 0 to 100."),
        ("101", "A fair.", "less than or equal to 100"),
        ("-1", "A fair.", "greater than or equal to 0"),
        ("many", "A fair.", "Enter a whole number."),
        ("50", " ", "Say why, so that your colleagues understand it."),
        ("50", "x" * 301, "at most 300 characters"),
    ],
)
def test_nonsense_is_refused_with_a_reason(
    cast: Cast, lead: Lead, points: str, reason: str, said: str
) -> None:
    sent = {"points": points, "reason": reason}
    answer = as_person(cast.ben).post(f"/leads/{lead.pk}/score/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Lead.of(cast.tenant).get().is_set


def test_a_closed_lead_stays_as_it_was(cast: Cast, lead: Lead) -> None:
    Lead.of(cast.tenant).update(closed_at=lead.created_at)
    sent = {"points": "88", "reason": "A fair."}
    answer = as_person(cast.ben).post(f"/leads/{lead.pk}/score/", sent)
    assert answer.status_code == 422
    assert "This lead is closed" in answer.content.decode()


def test_a_lead_that_was_closed_with_a_word_on_its_score_keeps_that(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    ben.post(f"/leads/{lead.pk}/score/", {"points": "88", "reason": "A fair."})
    Lead.of(cast.tenant).update(closed_at=lead.created_at)
    answer = ben.post(f"/leads/{lead.pk}/score/automatic/", follow=True)
    assert "This lead is closed" in answer.content.decode()
    now = Lead.of(cast.tenant).get()
    assert (now.score, now.tier, now.is_set) == (88, "hot", True)


def test_how_it_came_to_this_shows_each_reckoning_and_its_card(cast: Cast, lead: Lead) -> None:
    organisation = lead.organisation
    organisation.employees = 5_000
    organisation.save()
    scores.refresh(Lead.of(cast.tenant).get())
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/score/trend/").content.decode()
    assert page.count("Standard scorecard") == 2
    assert "<polyline" in page


def test_how_it_came_to_this_tells_what_people_said_and_why(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    ben.post(f"/leads/{lead.pk}/score/", {"points": "88", "reason": "Their <b>director</b> asked."})
    ben.post(f"/leads/{lead.pk}/score/automatic/")
    page = ben.get(f"/leads/{lead.pk}/score/trend/").content.decode()
    assert f"{lead.score} → 88" in page
    assert "Set by Ben: <bdi>Their &lt;b&gt;director&lt;/b&gt; asked.</bdi>" in page
    assert f"88 → {lead.score}" in page
    assert "Given back to the scorecard by Ben" in page
    # The newest first, and a line with its scale.
    assert page.index("Given back") < page.index("Set by Ben") < page.index("Standard scorecard")
    assert page.index("<span>100</span>") < page.index("<polyline") < page.index("<span>0</span>")


def test_what_the_scorecard_reckons_meanwhile_does_not_move_the_line(
    cast: Cast, lead: Lead
) -> None:
    overriding.put(lead, points=88, reason="A fair.", by=cast.ben)
    lead.organisation.employees = 5_000
    lead.organisation.save()
    scores.refresh(Lead.of(cast.tenant).get())
    reckoned = Score.of(cast.tenant).latest("pk").points
    overriding.take_back(Lead.of(cast.tenant).get(), by=cast.ben)
    found = told.trend(Lead.of(cast.tenant).get())
    assert [each.shown for each in found.steps] == [reckoned, 88, 88, lead.score]
    assert [each.before for each in found.steps] == [88, 88, lead.score, None]


def test_a_version_is_called_the_same_wherever_it_stands(cast: Cast, lead: Lead) -> None:
    card(cast, number=3)
    scores.refresh(Lead.of(cast.tenant).get())
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/score/trend/").content.decode()
    assert "Version 3" in page
    assert "Scorecard 3" not in page


def test_the_tier_follows_the_points_that_a_person_set_by_today_s_thresholds(
    cast: Cast, lead: Lead
) -> None:
    overriding.put(lead, points=75, reason="A fair.", by=cast.ben)
    card(cast, tiers={"hot": 80, "warm": 40})
    scores.refresh(Lead.of(cast.tenant).get())
    now = Lead.of(cast.tenant).get()
    assert (now.score, now.tier, now.is_set) == (75, "warm", True)


def test_forms_and_panels_of_a_page_of_their_own_stand_in_one_frame(
    cast: Cast, lead: Lead
) -> None:
    ben = as_person(cast.ben)
    form = ben.get(f"/leads/{lead.pk}/score/").content.decode()
    assert form.count('class="card-panel') == form.count('class="card-body') == 1
    panel = ben.get(f"/leads/{lead.pk}/insights/").content.decode()
    assert panel.count('class="card-panel') == panel.count('class="card-body') == 1


def test_a_score_stays_until_it_is_another(cast: Cast, lead: Lead) -> None:
    reckoned = Score.of(cast.tenant).filter(lead=lead)
    reckoned.update(points=100)
    Lead.of(cast.tenant).update(score=100)
    as_person(cast.ben).post(f"/leads/{lead.pk}/score/", {"points": "0", "reason": "A fair."})

    drawn = told.trend(Lead.of(cast.tenant).get()).points

    # From 100 straight on, and then straight down.
    assert drawn == "0.0,0.0 240.0,0.0 240.0,60.0"
