"""Publishing, throwing away and going back: what leads are scored by, and who is told."""

from html import unescape

import pytest
from django.test import Client

from crm.ledger.models import AuditEntry
from leads.models import Lead, Recount, Scorecard
from leads.scorecards import cards
from leads.scored import scores
from scoring.card import FIRST
from scoring.problems import Wrong
from tests.factories.leads import LeadFactory
from tests.factories.own import CustomFieldFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db


def with_email(points: int) -> dict[str, object]:
    return {**FIRST, "given": {**FIRST["given"], "email": points}, "rules": []}


def published(cast: Cast, written: dict[str, object]) -> Scorecard:
    card = cards.draft(cast.tenant, by=cast.ada)
    card = cards.save(card, written, card.edition, by=cast.ada)
    return cards.publish(card, card.edition, by=cast.ada)


def listed(browser: Client) -> str:
    answer = browser.get("/scorecards/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_publishing_says_what_changes_and_begins_to_score_all_leads(
    ada: Client, cast: Cast, draft: Scorecard
) -> None:
    LeadFactory(tenant=cast.tenant)
    card = cards.save(draft, with_email(3), 1, by=cast.ada)
    text = unescape(ada.get(f"/scorecards/{card.pk}/publish/").content.decode())
    assert "One open lead is scored anew" in text
    assert "Points for e-mail address 10 → 3" in text
    assert "Rule “Advertises vacancies” taken away" in text
    assert "It wasn’t tried out since it was saved last" in text

    ada.post(f"/scorecards/{card.pk}/publish/", {"edition": card.edition})

    now = cards.current(cast.tenant)
    assert now is not None
    assert (now.pk, now.state, now.published_by) == (card.pk, "published", cast.ada)
    recount = Recount.of(cast.tenant).get()
    assert (recount.why, recount.by) == ("Version 1 of the scorecard", cast.ada)
    entry = AuditEntry.objects.get(tenant_id=cast.tenant.pk, verb="published")
    assert entry.actor == "Ada"
    assert "At work" in listed(ada)
    assert "Leads are being scored anew" in listed(ada)


def test_what_a_colleague_saved_meanwhile_is_not_published_unseen(
    ada: Client, cast: Cast, draft: Scorecard
) -> None:
    cards.save(draft, with_email(99), 1, by=cast.ada)
    answer = ada.post(f"/scorecards/{draft.pk}/publish/", {"edition": "1"}, follow=True)
    text = unescape(answer.content.decode())

    assert "Nothing was published: Ada saved the draft meanwhile (save 2, you looked at" in text
    assert cards.current(cast.tenant) is None
    assert not Recount.of(cast.tenant).exists()


def test_the_history_tells_who_and_what_and_rolls_back(ada: Client, cast: Cast) -> None:
    first = published(cast, with_email(3))
    LeadFactory(tenant=cast.tenant)
    scores.refresh(Lead.of(cast.tenant).get())
    published(cast, with_email(20))
    text = listed(ada)
    assert "Published by Ada" in text
    assert "Points for e-mail address 3 → 20" in text
    assert "Points for e-mail address 10 → 3" in text
    assert "1 score given" in text

    answer = ada.post(f"/scorecards/{first.pk}/back/", follow=True)
    told = unescape(answer.content.decode())
    assert "Version 1 is at work again, as version 3. Leads are scored anew." in told
    assert "The same as version 1." in told

    now = cards.current(cast.tenant)
    assert now is not None
    assert (now.number, now.base, now.title) == (3, 1, "As version 1")
    assert now.written == first.written
    assert Recount.of(cast.tenant).filter(why="The scorecard goes back to version 1").exists()
    states = Scorecard.of(cast.tenant).order_by("number").values_list("state", "is_current")
    assert list(states) == [("published", False), ("published", False), ("published", True)]
    answer = ada.post("/scorecards/standard/", follow=True)
    told = unescape(answer.content.decode())
    assert "The standard card is at work again, as version 4. Leads are scored anew." in told
    assert "The same as the standard card." in told
    now = cards.current(cast.tenant)
    assert now is not None
    assert now.written == FIRST
    again = ada.post(f"/scorecards/{now.pk}/back/", follow=True)
    assert "Leads are scored by that version already." in again.content.decode()


def asked(browser: Client, path: str) -> str:
    answer = browser.get(f"/scorecards/{path}/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_going_back_asks_first_with_what_changes(ada: Client, cast: Cast) -> None:
    first = published(cast, with_email(3))
    LeadFactory(tenant=cast.tenant)
    second = published(cast, with_email(20))
    assert f'href="/scorecards/{first.pk}/back/"' in listed(ada)
    assert f'action="/scorecards/{first.pk}/back/"' not in listed(ada)
    assert 'href="/scorecards/standard/"' in listed(ada)
    assert 'action="/scorecards/standard/"' not in listed(ada)

    text = asked(ada, f"{first.pk}/back")
    assert "Roll back to version 1?" in text
    assert "One open lead is scored anew" in text
    assert "What changes against version 2" in text
    assert "Points for e-mail address 20 → 3" in text
    assert f'action="/scorecards/{first.pk}/back/"' in text
    text = asked(ada, "standard")
    assert "Roll back to the standard card?" in text
    assert "Points for e-mail address 20 → 10" in text
    assert "Rule “Advertises vacancies” added" in text
    assert 'action="/scorecards/standard/"' in text
    # Nothing was done yet.
    assert cards.current(cast.tenant) == second
    assert Recount.of(cast.tenant).count() == 2


def test_what_came_to_work_meanwhile_is_not_taken_away_unseen(ada: Client, cast: Cast) -> None:
    first = published(cast, with_email(3))
    published(cast, with_email(20))
    text = asked(ada, f"{first.pk}/back")
    assert 'name="against" value="2"' in text
    third = published(cast, with_email(9))
    for path in (f"{first.pk}/back", "standard"):
        answer = ada.post(f"/scorecards/{path}/", {"against": "2"}, follow=True)
        told = unescape(answer.content.decode())
        assert "Nothing was changed: version 3 is at work meanwhile. See what changes" in told
        assert "What changes against version 3" in told
        assert cards.current(cast.tenant) == third
    ada.post(f"/scorecards/{first.pk}/back/", {"against": "3"})
    now = cards.current(cast.tenant)
    assert now is not None
    assert now.base == 1


def test_only_to_an_earlier_version_that_makes_sense_leads_a_way_back(
    ada: Client, cast: Cast, draft: Scorecard
) -> None:
    first = published(cast, with_email(3))
    for path, said in (
        (f"{first.pk}/back", "Leads are scored by that version already."),
        (f"{draft.pk}/back", "Version 1 was never published: make a draft of it instead."),
    ):
        text = asked(ada, path)
        assert said in text
        assert f'action="/scorecards/{path}/"' not in text
    published(cast, {**with_email(20)})
    Scorecard.of(cast.tenant).filter(pk=first.pk).update(written={"rules": "no list"})
    text = asked(ada, f"{first.pk}/back")
    assert "It no longer makes sense. Make a draft of it, and mend that first." in text
    assert f'action="/scorecards/{first.pk}/back/"' not in text


def test_no_way_back_to_what_makes_no_sense_any_more(ada: Client, cast: Cast) -> None:
    field = CustomFieldFactory(tenant=cast.tenant, label="Seats")
    rule = {
        "key": "seats", "name": "Many seats", "group": "signals", "aspect": "growth",
        "points": 5, "when": {"field": field.short, "op": "filled"},
    }  # fmt: skip
    first = published(cast, {**FIRST, "rules": [rule]})
    second = published(cast, with_email(3))
    field.delete()
    answer = ada.post(f"/scorecards/{first.pk}/back/", follow=True)
    text = unescape(answer.content.decode())

    assert "Version 1 no longer makes sense, and nothing was changed." in text
    assert "Rule 1 (Many seats)" in text
    assert cards.current(cast.tenant) == second
    ada.post("/scorecards/draft/", {"base": "1"})
    draft = Scorecard.of(cast.tenant).get(state="draft")
    assert (draft.base, draft.written) == (1, first.written)


def test_a_draft_is_thrown_away_and_stays_in_the_history(
    ada: Client, cast: Cast, draft: Scorecard
) -> None:
    ada.post(f"/scorecards/{draft.pk}/discard/", {"edition": "1"})
    assert "Thrown away" in listed(ada)
    assert ada.post(f"/scorecards/{draft.pk}/publish/", {"edition": "1"}).status_code == 302
    assert cards.current(cast.tenant) is None


def test_drafts_are_bounded_and_unsound_cards_score_nothing(ada: Client, cast: Cast) -> None:
    for _ in range(cards.MOST_DRAFTS):
        ada.post("/scorecards/draft/")
    answer = ada.post("/scorecards/draft/", follow=True)
    assert "There are 20 drafts already." in answer.content.decode()
    assert Scorecard.of(cast.tenant).count() == cards.MOST_DRAFTS
    assert ada.post("/scorecards/draft/", {"base": "9" * 50}).status_code == 302

    card = Scorecard.of(cast.tenant).get(number=1)
    card = cards.save(card, {"rules": "no list", "weights": {"": {}}}, 1, by=cast.ada)
    with pytest.raises(Wrong) as wrong:
        cards.publish(card, card.edition, by=cast.ada)
    assert len(wrong.value.problems) > 5
    assert cards.current(cast.tenant) is None
