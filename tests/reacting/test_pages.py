"""The pages of rules: written without scripts, shown in words, refused where somebody may not."""

from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from crm.tenants.models import Membership
from leads.listing import listing
from leads.models import Batch, Lead, Reaction, TimelineEntry
from leads.reacting import examples
from tests.factories.own import TagFactory
from tests.people import Cast, as_person
from tests.reacting.conftest import WANTED, Look, Make, hot, owners

pytestmark = pytest.mark.usefixtures("committed_db")
RULES = "/leads/rules/"


def text(answer: Any) -> str:
    return unescape(" ".join(answer.content.decode().split()))


def said(answer: Any) -> str:
    """Which leads the rule's form says are meant."""
    return text(answer).split("When a lead is</h2><p><bdi>")[1].split("</bdi>")[0]


def sent(cast: Cast, **said: Any) -> dict[str, Any]:
    """The form as a browser sends it: hot leads of nobody's go to Ben."""
    form = {
        **WANTED,
        "rule_name": "Hot ones",
        "rule_does": "assign",
        "rule_people": [str(cast.ben.pk)],
        "rule_days": "",
        "then": "on",
    }
    return form | said


@pytest.fixture
def browser(cast: Cast) -> Client:
    return as_person(cast.ada)


def test_from_the_filters_to_a_rule_that_is_at_work(
    cast: Cast, browser: Client, look: Look
) -> None:
    assert "Which leads is the rule for?" in text(browser.get(RULES + "when/"))
    # The same editor as the list's leads back here, with all that was typed.
    query = {"edit_on": "rule", "edit_field": "tier", "edit_op": "is", "edit_choice": "hot"}
    answer = browser.get("/leads/filter/", query | {"rule_name": "Hot ones"})
    url = urlsplit(answer["Location"])
    assert url.path == RULES + "when/"
    assert dict(parse_qsl(url.query)) == {"tier": "hot", "rule_name": "Hot ones"}
    leads = hot(cast, 2)
    page = text(browser.get(answer["Location"]))
    assert "<b>2 leads</b> match now." in page
    assert leads[0].title in page
    answer = browser.get(RULES + "new/", WANTED | {"rule_name": "Hot ones"})
    assert {"Tier is Hot", "Owner is nobody"} == set(said(answer).split(" · "))
    answer = browser.post(RULES + "new/", sent(cast, then="would"))
    assert "would: Give 2 leads to Ben" in text(answer).replace("<b>", "")
    answer = browser.post(RULES + "new/", sent(cast, then="would", rule_new="on"))
    assert "it leaves alone those that match already. Else it would: <b>Give 2" in text(answer)
    assert not Reaction.of(cast.tenant).exists()
    assert browser.post(RULES + "new/", sent(cast)).status_code == 302
    rule = Reaction.of(cast.tenant).get()
    assert rule.wanted == {"tier": "hot", "where": "owner:is:none"}
    assert (rule.by, rule.is_on) == (cast.ada, True)
    look()
    assert owners(cast, leads) == [cast.ben] * 2
    page = text(browser.get(RULES))
    assert "give it to Ben" in page
    assert "2 leads in 7 days" in page
    page = text(browser.get(f"{RULES}{rule.pk}/done/"))
    assert "Gave 2 leads to Ben" in page
    batch = Batch.of(cast.tenant).get()
    undo = {"next": f"{RULES}{rule.pk}/done/"}
    browser.post(f"/leads/changes/{batch.pk}/undo/", undo)
    assert owners(cast, leads) == [None] * 2
    assert "Undone by Ada" in text(browser.get(f"{RULES}{rule.pk}/done/"))


def test_what_was_typed_goes_along_while_the_filters_are_chosen_anew(
    cast: Cast, browser: Client
) -> None:
    form = sent(cast, then="when", rule_does="task", rule_text="Call & ask", rule_days="3")
    answer = browser.post(RULES + "new/", form)
    kept = dict(parse_qsl(urlsplit(answer["Location"]).query))
    assert kept["rule_text"] == "Call & ask"
    assert "csrfmiddlewaretoken" not in kept
    page = browser.get(answer["Location"]).content.decode()
    following = unescape(page.split('button-primary" href="')[1].split('"')[0])
    page = browser.get(following).content.decode()
    assert 'value="Call &amp; ask"' in page
    assert 'value="task" checked' in page


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"rule_name": " "}, "Give the rule a name"),
        ({"rule_does": "delete"}, "Choose what is done."),
        ({"rule_people": []}, "Tick at least one colleague."),
        ({"rule_people": ["nonsense"]}, "Choose one of them."),
        ({"rule_does": "tag"}, "Choose a tag."),
        ({"rule_does": "move"}, "Choose the stage to move them to."),
        ({"rule_does": "move", "rule_stage": "gone"}, "Choose one of them."),
        ({"rule_does": "task", "rule_days": "1"}, "Say what is to be done."),
        ({"rule_does": "task", "rule_text": "Call", "rule_days": "999"}, "less than or equal"),
        ({"rule_does": "tell"}, "Tick whom to tell."),
        ({"tier": "", "owner": ""}, "Say which leads it is for"),
        ({"owner": "00000000-0000-7000-8000-000000000000"}, "A filter makes no sense any more"),
        ({"where": "f_gone:is:1"}, "A filter makes no sense any more"),
    ],
)
def test_what_makes_no_sense_is_refused_in_clear_words(
    cast: Cast, browser: Client, said: dict[str, Any], why: str
) -> None:
    answer = browser.post(RULES + "new/", sent(cast, **said))
    assert answer.status_code == 422
    assert why in text(answer)
    assert not Reaction.of(cast.tenant).exists()


def test_two_rules_of_one_name_are_refused(cast: Cast, browser: Client, make: Make) -> None:
    make()
    answer = browser.post(RULES + "new/", sent(cast))
    assert answer.status_code == 422
    assert "There is a rule called “Hot ones” already." in text(answer)


def test_a_rule_is_opened_changed_switched_off_and_deleted(
    cast: Cast, browser: Client, make: Make
) -> None:
    rule = make()
    page = browser.get(f"{RULES}{rule.pk}/").content.decode()
    assert 'value="Hot ones"' in page
    assert f'value="{cast.ben.pk}"' in page.split("checked")[1]
    browser.post(f"{RULES}{rule.pk}/", sent(cast, rule_name="Hotter", then="off"))
    rule.refresh_from_db()
    assert (rule.name, rule.is_on, rule.state) == ("Hotter", False, "done")
    browser.post(f"{RULES}{rule.pk}/", sent(cast, rule_new="on"))
    rule.refresh_from_db()
    assert (rule.is_on, rule.is_for_new, rule.state) == (True, True, "ready")
    browser.post(f"{RULES}{rule.pk}/off/")
    rule.refresh_from_db()
    assert not rule.is_on
    browser.post(f"{RULES}{rule.pk}/delete/")
    assert not Reaction.of(cast.tenant).exists()


def test_a_rule_that_stands_still_says_why(cast: Cast, browser: Client, make: Make) -> None:
    tag = TagFactory(tenant=cast.tenant, name="North")
    rule = make(wanted={"tag": str(tag.pk)})
    tag.delete()
    Reaction.of(cast.tenant).update(trouble="A filter of it is gone: Tags.")
    assert "A filter of it is gone: Tags." in text(browser.get(RULES))
    page = text(browser.get(f"{RULES}{rule.pk}/"))
    assert "It stands still. A filter of it is gone: Tags." in page
    assert "A filter makes no sense any more: Tags" in page


def test_one_that_stood_still_from_the_first_leaves_alone_whom_it_was_to(
    cast: Cast, browser: Client, make: Make
) -> None:
    for is_new in (True, False):
        rule = make(f"New {is_new}", new=is_new)
        page = browser.get(f"{RULES}{rule.pk}/").content.decode()
        (tag,) = [each for each in page.split("<") if 'name="rule_new"' in each]
        assert ("checked" in tag) == is_new


def test_what_it_would_do_is_what_it_has_not_done_yet(
    cast: Cast, browser: Client, make: Make, look: Look
) -> None:
    tag = TagFactory(tenant=cast.tenant, name="North")
    rule = make(wanted={"tier": "hot"}, does="tag", given={"tag": str(tag.pk)})
    hot(cast, 3)
    look()
    page = text(browser.get(f"{RULES}{rule.pk}/"))
    assert "<b>3 leads</b> match now. 0 of them it has not seen to yet." in page
    assert "it would:" not in page
    hot(cast, 2)
    browser.post(f"{RULES}{rule.pk}/off/")
    page = text(browser.get(f"{RULES}{rule.pk}/"))
    assert "<b>5 leads</b> match now. 2 of them it has not seen to yet." in page
    assert "it would: <b>Tag 2 leads “North”</b>" in page


def test_how_many_are_left_is_counted_no_further_than_how_many_match(
    cast: Cast, browser: Client, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FEW", 2)
    rule = make()
    hot(cast, 4)
    page = text(browser.get(f"{RULES}{rule.pk}/"))
    assert "<b>2+ leads</b> match now. 2+ of them it has not seen to yet." in page


def test_examples_fill_the_form_in(cast: Cast, browser: Client, ada: Membership) -> None:
    page = browser.get(RULES).content.decode()
    for each in examples.of(ada):
        assert each.query.replace("&", "&amp;") in page
        form = dict(parse_qsl(each.query)) | {"then": "off"}
        form["rule_people"] = str(cast.ben.pk)
        form |= {"where": [value for name, value in parse_qsl(each.query) if name == "where"]}
        assert browser.post(RULES + "new/", form).status_code == 302, each.name
    assert Reaction.of(cast.tenant).filter(is_on=False).count() == 3


def test_the_timeline_leads_managers_to_the_rule(
    cast: Cast, browser: Client, make: Make, look: Look
) -> None:
    (lead,) = hot(cast)
    rule = make()
    look()
    path, link = f"/leads/{lead.pk}/", f"{RULES}{rule.pk}/done/"
    page = browser.get(path).content.decode()
    assert "By the rule “Hot ones”." in page
    assert link in page
    page = as_person(cast.ben).get(path).content.decode()
    assert "By the rule “Hot ones”." in page
    assert link not in page


def test_a_note_that_names_a_rule_of_another_company_leads_nowhere(
    cast: Cast, browser: Client
) -> None:
    Reaction.of(cast.other).create(tenant=cast.other, name="Of others", does="tag")
    (lead,) = hot(cast)
    TimelineEntry.of(cast.tenant).create(
        tenant=cast.tenant, lead=lead, kind="note", text="By the rule “Of others”."
    )
    assert "What the rule did" not in browser.get(f"/leads/{lead.pk}/").content.decode()


def test_reps_and_viewers_write_no_rules(cast: Cast, make: Make) -> None:
    rule = make()
    for person in (cast.ben, cast.vera):
        browser = as_person(person)
        for path in ("", "when/", "new/", f"{rule.pk}/", f"{rule.pk}/done/"):
            assert browser.get(RULES + path).status_code == 403, path
        for path in ("new/", f"{rule.pk}/", f"{rule.pk}/off/", f"{rule.pk}/delete/"):
            assert browser.post(RULES + path, sent(cast)).status_code == 403, path
        said = browser.get(RULES).content.decode()
        assert "you may not look at rules that act by themselves or change them." in said
    rule.refresh_from_db()
    assert rule.is_on
    answer = as_person(cast.ben).get(f"{RULES}{rule.pk}/leads/")
    assert answer["Location"] == "/leads/?tier=hot&owner=none"


def test_a_rule_of_others_is_not_there(cast: Cast, make: Make) -> None:
    rule = make()
    browser = as_person(cast.charlie)
    for path in ("", "done/", "leads/"):
        assert browser.get(f"{RULES}{rule.pk}/{path}").status_code == 404
    for path in ("", "off/", "delete/"):
        assert browser.post(f"{RULES}{rule.pk}/{path}", sent(cast)).status_code == 404
    assert Lead.of(cast.other).count() == 0
