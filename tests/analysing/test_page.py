"""The panel on a lead's page: what is missing, the button, the answer, older ones."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.urls import reverse

from crm.credits import account, credits
from crm.keys.models import Credential
from crm.tenants.acting import acting_for
from crm.work.drain import drain
from leads.analysing import asking
from leads.models import Analysis, Contact, Lead
from tests.ai.responses import IDENT, refusal, response
from tests.ai.vendor import Vendor
from tests.analysing.conftest import Ask, answer, note, said, see_through
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.meanwhile import begun
from tests.people import Cast, as_person
from tests.providers.model import Saying

HX = {"HTTP_HX_REQUEST": "true"}
GOOD = answer(
    qualification={
        "verdict": "good",
        "statements": [
            said("They are called Quay Smiles.", 1),
            said("Hilary Brambleton decides there.", 1),
        ],
    },
    value={"from_pounds": 9_000, "to_pounds": 15_000, "statements": [said("A scanner.", 1)]},
    approach={"channel": "phone", "statements": [said("Open with <b>their</b> name.", 1)]},
)


def panel(lead: Lead, user: Any, query: str = "", **more: Any) -> str:
    answered = as_person(user).get(f"/leads/{lead.pk}/analysis/{query}", **(HX | more))
    assert answered.status_code == 200
    return str(answered.content.decode())


def post(lead: Lead, user: Any, most: str = "3", **more: Any) -> Any:
    return as_person(user).post(f"/leads/{lead.pk}/analysis/ask/", {"most": most}, **more)


def refuses(model: Vendor, words: str) -> None:
    """The AI answers nothing, with these words."""
    model.forget(f"GET /responses/{IDENT}")
    model.on(f"GET /responses/{IDENT}", response(output=[refusal(words)]))


def test_the_page_says_what_it_takes_and_goes_on_by_itself(
    lead: Lead, cast: Cast, let_say: Saying
) -> None:
    let_say(GOOD)
    whole = as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
    assert f'hx-get="/leads/{lead.pk}/analysis/"' in whole
    assert "Ask the AI (3 credits at the most)" in panel(lead, cast.ben)

    live = post(lead, cast.ben, **HX).content.decode()
    assert 'hx-trigger="every 2s"' in live
    assert "Ask the AI" not in live
    while Analysis.of(cast.tenant).filter(phase="asked").exists():
        Analysis.of(cast.tenant).filter(state="waiting").update(due_at="2026-01-01T00:00Z")
        drain(20)
    text = panel(lead, cast.ben)
    assert "every 2s" not in text
    assert "They are called Quay Smiles." in text
    assert "Name: Quay Smiles" in text
    assert "Fits well" in text
    assert "£9,000 to £15,000" in text
    assert "Unknown" in text
    assert "By phone" in text
    assert "Open with &lt;b&gt;their&lt;/b&gt; name." in text
    assert "Hilary" not in text
    assert "One statement was left out: it rests on no fact of this lead." in text
    assert "The model calls itself 80 % sure; we do not use that." in text
    assert "asked by Ben" in text
    assert "gpt-5.6-terra" in text
    assert "3 credits" in text
    assert "changed since" not in text


def test_facts_that_are_new_since_are_said(
    lead: Lead, cast: Cast, ask: Ask, let_say: Saying
) -> None:
    let_say(GOOD)
    ask(lead)
    assert "These facts changed since" not in panel(lead, cast.ben)
    note(lead, cast, "They have a new scanner.")
    assert "These facts changed since: 1 is new or otherwise." in panel(lead, cast.ben)
    assert "Ask the AI again" in panel(lead, cast.ben)


def test_older_ones_are_read_again(lead: Lead, cast: Cast, ask: Ask, let_say: Saying) -> None:
    let_say(GOOD)
    first = ask(lead)
    let_say(answer(qualification={"statements": [said("They grow.", 1)]}))
    ask(lead)

    text = panel(lead, cast.ben)
    assert "They grow." in text
    assert "are called" not in text
    assert f"?of={first.pk}" in text
    old = panel(lead, cast.ben, f"?of={first.pk}")
    assert "An older analysis." in old
    assert "They are called Quay Smiles." in old
    assert "An older analysis." not in panel(lead, cast.ben, "?of=nonsense")


def test_another_lead_s_analysis_is_not_shown_by_its_id(
    lead: Lead, cast: Cast, ask: Ask, let_say: Saying
) -> None:
    let_say(GOOD)
    row = ask(lead)
    other = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=cast.ben)
    assert "Quay Smiles" not in panel(other, cast.ben, f"?of={row.pk}")
    theirs = LeadFactory(organisation=OrganisationFactory(tenant=cast.other), owner=cast.charlie)
    assert "Quay Smiles" not in panel(theirs, cast.charlie, f"?of={row.pk}")
    assert as_person(cast.charlie).get(f"/leads/{lead.pk}/analysis/").status_code == 404
    assert post(lead, cast.charlie).status_code == 404
    assert Analysis.of(cast.tenant).count() == 1


def test_a_viewer_reads_and_may_not_ask(
    lead: Lead, cast: Cast, ask: Ask, let_say: Saying
) -> None:
    assert "Nobody has asked the AI" in panel(lead, cast.vera)
    let_say(GOOD)
    ask(lead)
    text = panel(lead, cast.vera)
    assert "They are called Quay Smiles." in text
    assert "<form" not in text
    assert post(lead, cast.vera).status_code == 403
    assert Analysis.of(cast.tenant).count() == 1


def test_without_a_key_it_says_what_is_missing_and_where(
    lead: Lead, cast: Cast, settings: Any
) -> None:
    settings.OPENAI_API_KEY = ""
    text = panel(lead, cast.ada)
    assert "The AI takes a key of OpenAI, and there is none." in text
    assert f'Owners and managers see to it under <a href="{reverse("keys:page")}">' in text
    assert "<form" not in text
    refused = post(lead, cast.ben, **HX)
    assert refused.status_code == 409
    assert "there is none" in refused.content.decode()


def test_without_credits_the_button_is_off_and_says_why(lead: Lead, cast: Cast) -> None:
    with acting_for(cast.tenant):
        credits.reserve(cast.tenant, 19, by=cast.ada)
    text = panel(lead, cast.ben)
    assert "disabled" in text
    assert "1 credit left" in text
    refused = post(lead, cast.ben, **HX)
    assert refused.status_code == 409
    assert "This takes 3 credits" in refused.content.decode()


def test_to_look_at_it_waits_for_nobody_who_uses_credits(lead: Lead, cast: Cast) -> None:
    Credential.of(cast.tenant).create(tenant=cast.tenant, service="openai", budget_pence=5_000)
    with ThreadPoolExecutor(1) as pool, account.turn(cast.tenant):
        looking = begun(pool, lambda: panel(lead, cast.ben))
        assert looking.done()
    assert "Ask the AI" in looking.result()


@pytest.mark.parametrize("most", ["2", "", "-1", "x", "9" * 400, "३"])
def test_a_dearer_question_than_was_said_is_refused(lead: Lead, cast: Cast, most: str) -> None:
    refused = post(lead, cast.ben, most, follow=True)
    assert "Look at the price, then ask." in refused.content.decode() or most == "३"
    assert Analysis.of(cast.tenant).exists() == (most == "३")


def test_without_scripts_it_is_a_page(lead: Lead, cast: Cast) -> None:
    text = as_person(cast.ben).get(f"/leads/{lead.pk}/analysis/").content.decode()
    assert "<html" in text
    assert "Ask the AI (3 credits at the most)" in text
    sent = post(lead, cast.ben)
    assert sent.status_code == 302
    assert sent["Location"] == f"/leads/{lead.pk}/#analysis"
    text = as_person(cast.ben).get(f"/leads/{lead.pk}/analysis/").content.decode()
    assert "Look again" in text


def test_whoever_is_removed_is_taken_out_of_what_is_kept(
    lead: Lead, cast: Cast, ask: Ask, model: Vendor, let_say: Saying
) -> None:
    note(lead, cast, "Spoke with Jenna Pascoe; Jenna wants a scanner.")
    let_say(GOOD)
    people = [each["n"] for each in ask(lead).facts if each["kind"] == "person"]
    told = answer(
        qualification={
            "statements": [
                said("Jenna Pascoe runs the practice.", *people),
                said("They are called Quay Smiles.", 1),
            ]
        },
        approach={
            "who": said("Jenna Pascoe", *people), "channel": "phone",
            "statements": [said("Mention it to Jenna first.", *people, 1)],
        },
        questions={"statements": [said("Is Jenna Pascoe there on Mondays?")]},
    )  # fmt: skip
    let_say(told)
    row = ask(lead)
    assert "Jenna" in panel(lead, cast.ben)
    refuses(model, "Nothing of Jenna Pascoe.")
    assert "Jenna" in ask(lead).trouble

    jenna = Contact.of(cast.tenant).get(name="Jenna Pascoe")
    done = as_person(cast.ben).post(f"/leads/{lead.pk}/contacts/{jenna.pk}/remove/")
    assert done.status_code == 302
    for kept in Analysis.of(cast.tenant):
        assert "Jenna" not in str([kept.facts, kept.said, kept.trouble])
        assert "Pascoe" not in str([kept.facts, kept.said, kept.trouble])
    row = Analysis.of(cast.tenant).get(pk=row.pk)
    assert row.said["shown"]["approach"]["who"] is None
    text = panel(lead, cast.ben, f"?of={row.pk}")
    assert "They are called Quay Smiles." in text
    assert "Jenna" not in text


@pytest.mark.parametrize("is_refused", [False, True])
def test_an_answer_under_way_about_somebody_who_is_removed_is_not_kept(
    lead: Lead, cast: Cast, model: Vendor, let_say: Saying, is_refused: bool
) -> None:
    model.on(f"GET /responses/{IDENT}", response("in_progress"))
    post(lead, cast.ben)
    drain(5)
    row = Analysis.of(cast.tenant).get()
    assert row.asked["ticket"] == IDENT
    jenna = Contact.of(cast.tenant).get(name="Jenna Pascoe")
    as_person(cast.ben).post(f"/leads/{lead.pk}/contacts/{jenna.pk}/remove/")
    let_say(answer(qualification={"statements": [said("Jenna Pascoe is theirs.", 1)]}))
    if is_refused:
        refuses(model, "Nothing of Jenna Pascoe.")
    row = see_through(row)

    assert row.phase == "failed"
    assert "was not kept" in row.trouble
    assert "Jenna" not in str([row.facts, row.said, row.asked, row.trouble])
    assert row.credits == 0


def test_a_question_that_never_went_out_says_why_whoever_was_removed(
    lead: Lead, cast: Cast, settings: Any
) -> None:
    post(lead, cast.ben)
    jenna = Contact.of(cast.tenant).get(name="Jenna Pascoe")
    as_person(cast.ben).post(f"/leads/{lead.pk}/contacts/{jenna.pk}/remove/")
    settings.OPENAI_API_KEY = ""
    row = see_through(Analysis.of(cast.tenant).get())

    assert row.phase == "failed"
    assert row.trouble == asking.NO_KEY
