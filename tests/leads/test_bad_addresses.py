"""Addresses and forms as nobody's page writes them: a sentence or a page, never a crash."""

import base64
import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from crm.pipeline.models import Kind
from leads.facts import facts
from leads.models import Bulk, Lead, SavedView
from leads.work import tasks
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory, SavedViewFactory
from tests.factories.own import CustomFieldFactory, TagFactory, TaggingFactory
from tests.people import Cast, as_person
from tests.walls import addresses

pytestmark = pytest.mark.django_db

NOBODY = "0195f3a0-0000-7000-8000-000000000000"
SCRIPT = "<script>alert(1)</script>"
TEXTS = {
    "script": f"{SCRIPT}\"'><img src=x onerror=alert(1)>{{{{ 7|add:7 }}}}&lt;b&gt;\x1b[31m",
    "other letters": "\u202eשלום مرحبا\u2066 👩🏽‍🚒🦊\ufe0f",
    "long": "Ab " * 100,
    "very long": "x" * 10_000,
}
NUMBERS = ("-1", "0", "1e999", "nan", "9" * 40, "١٢", "0x10", "-" * 99, "1" * 2000)
DAYS = ("9999-99-99", "0000-00-00", "31/02/2027", "10000-01-01", "1000000000000", "-1")
IDS = ("x", "", NOBODY, "0" * 32, "{}", quote("1' OR '1'='1"))


def cursor(key: Any, ident: Any = NOBODY) -> str:
    return base64.urlsafe_b64encode(json.dumps([key, ident]).encode()).decode()


CURSORS = (
    "nonsense",
    "é",
    "A" * 5000,
    cursor(None),
    cursor({}),
    cursor("\0"),
    cursor("\ud800"),
    cursor(10**30),
    cursor("9999-12-31T23:59:59"),
    cursor("infinity"),
    cursor(1.5),
    cursor([[]] * 50),
    cursor(1, "x"),
    base64.urlsafe_b64encode(b"[" * 900).decode(),
)
# Filters of which none makes sense: what each is about stands on the page.
SENSELESS = [
    *((f"{name}={one}", "gone") for name in ("stage", "owner", "tag", "campaign") for one in IDS
      if one),
    ("tier=boiling", "Tier (gone"),
    *((f"where=score:atleast:{quote(each)}", "Score (") for each in NUMBERS if each not in "-1 0"),
    *((f"where=value:between:{quote(each)},1", "Value (") for each in ("x", "", "9" * 40)),
    *((f"where=added:after:{each}", "Added (") for each in DAYS),
    *((f"where=added:last:{each}", "Added (") for each in (str(10**12), "-5", "x", "1.5")),
    *((f"where=closed:during:{each},{each}", "Closed (") for each in DAYS[:4]),
    (f"where=due:next:{10**12}", "Next action ("),
    ("where=" + quote("(" * 50 + "tier:is:hot" + ")" * 50), "there is no such filter"),
    ("where=" + "or1:" * 50 + "tier:is:hot", "there is no such filter"),
    (f"where={quote(SCRIPT)}:is:1", "there is no such filter"),
    ("where=tier", "Tier ("),
    ("where=::::", "there is no such filter"),
    (f"where=stage:is:{','.join([NOBODY] * 3)}", "Stage (gone"),
    (f"where=f_0123456789:is:{NOBODY}", "A field of your own"),
    ("f_0123456789_from=1", "A field of your own"),
    (f"or1=owner:is:{NOBODY}&or1=team:is:{NOBODY}&or2=tag:is:x", "Owner"),
    ("where=town:contains:%01", "Town (Fill in"),
    ("where=" + "x" * 10_000, "too long"),
]  # fmt: skip
# Whatever else stands in an address does no harm: words, places in an order, forms of filters.
WORDS = [
    "q=%ff%fe%80", "q=" + "x" * 10_000, "q=" + quote(TEXTS["other letters"]),
    "q=%27%22%5c%3a%2a%26%7c%21%28", "q=" + "a+" * 3000, "q=one&q=two&q=three&%ff=%fe&&=&?",
    f"show=nonsense&before={NOBODY}&q[]=1&q[x][y]=2", f"page=-1&before={'9' * 40}&on=%ff&as=x",
    f"lead=x&lead={NOBODY}&one=x&other=%ff&from=//evil.example&next=//evil.example&state=x",
]  # fmt: skip
PLACES = [*(f"after={quote(each)}" for each in CURSORS), f"before={quote(CURSORS[0])}"]
ORDERS = [
    *(f"sort={quote(each)}" for each in ("--score", "-f_0123456789", "x" * 5000, SCRIPT)),
    *(f"cols={quote(each)}" for each in ("f_0123456789", SCRIPT)),
    "cols=" + "&cols=".join(["score"] * 300),
    *PLACES,
    *(f"sort={sort}&after={quote(cursor(key))}" for sort in ("name", "-value", "owner", "due")
      for key in ("\ud800", 10**30, "9999-12-31T23:59:59", {})),
    *(f"pipeline={quote(each)}&view={quote(each)}" for each in IDS),
]  # fmt: skip
SINCE = [f"since={each}" for each in ("x", "9:9:9@9", f"1:2:{','.join('1' * 500)}@1")]
EDITS = [
    "edit_field=x&edit_at=-1.-1", f"edit_field=score&edit_op=%ff&edit_at={'9' * 40}.1",
    "edit_or=99&edit_field=tier&edit_op=is&edit_choice=x", f"edit_field={quote(SCRIPT)}",
    "edit_field=score&edit_op=atleast&edit_atleast=" + "9" * 40,
    "edit_field=added&edit_op=last&edit_last=1000000000000",
    "edit_field=owner&edit_op=is&edit_find=%ff&edit_choice=" + "&edit_choice=".join(["x"] * 200),
    f"edit_field=tag&edit_op=is&edit_find={quote(SCRIPT)}&edit_found={'x' * 5000}",
]  # fmt: skip


class World:
    """A company with one row of each kind, and the addresses that lead to them."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, town="Bath"))
        self.other = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
        self.contact = ContactFactory(organisation=self.lead.organisation)
        self.field = CustomFieldFactory(tenant=cast.tenant, label="Remark")
        self.tag = TagFactory(tenant=cast.tenant)
        TaggingFactory(tag=self.tag, lead=self.lead)
        self.view = SavedViewFactory(tenant=cast.tenant, owner=cast.ada, wanted={"tier": "hot"})
        due = tasks.moment(tasks.timezone.localdate())
        self.task = tasks.add(self.lead, "Call", due_at=due, owner=cast.ada, by=cast.ada)
        self.browser = as_person(cast.ada)
        rows = {
            "lead_id": self.lead, "contact_id": self.contact, "tag_id": self.tag,
            "view_id": self.view, "task_id": self.task, "stage_id": self.lead.stage,
        }  # fmt: skip
        self.ids = {name: str(row.pk) for name, row in rows.items()}

    def paths(self) -> dict[str, str]:
        """Every address of leads, and of the dashboard; what there is none of gets a made-up id."""
        found = {}
        for each in addresses.every():
            space, _, name = each.name.rpartition(":")
            if space == "leads" or each.name == "dashboard":
                path = "/" + addresses.ARGUMENT.sub(self._value, each.route)
                found[name] = path
        return found

    def _value(self, found: Any) -> str:
        return self.ids.get(found[1], addresses.NO_ROW.get(found[1], NOBODY))


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


def answer(browser: Client, path: str, query: str = "", **more: Any) -> Any:
    """What a query says, sent byte for byte; a crash would be raised here."""
    found = browser.get(path, QUERY_STRING=query, **more)
    assert found.status_code < 500, (path, query[:200])
    return read(found)


def read(found: Any) -> Any:
    """The answer, read to its end, as a browser reads it."""
    if found.streaming:
        b"".join(found.streaming_content)
    else:
        assert SCRIPT not in found.content.decode(errors="replace"), found.request["PATH_INFO"]
    return found


def test_no_address_of_a_page_crashes_it(world: World) -> None:
    paths = world.paths()
    assert {"list", "board", "count", "column", "detail", "filter", "dashboard"} <= paths.keys()
    some = [each for each, _ in SENSELESS[::4]]
    together = "&".join(each for each in [*some, *WORDS, *ORDERS, *EDITS] if len(each) < 300)
    for path in paths.values():
        answer(world.browser, path, together)
    asked = {
        "list": [*WORDS, *ORDERS], "column": PLACES, "board": ORDERS[-6:], "board_news": SINCE,
        "search": WORDS, "search_options": WORDS, "filter": EDITS,
    }  # fmt: skip
    for name, queries in asked.items():
        headers = {"HX-Request": "true"} if name in ("search_options", "column") else {}
        for query in queries:
            answer(world.browser, paths[name], query, headers=headers)


def test_a_nul_is_refused_wherever_it_stands(world: World) -> None:
    for path in ("/leads/", "/board/", world.lead.get_absolute_url()):
        assert answer(world.browser, path, "q=a%00b").status_code == 400
        assert answer(world.browser, path, "%00=1").status_code == 400


def test_filters_without_sense_are_named_and_mean_no_lead(world: World) -> None:
    assert len(answer(world.browser, "/leads/").context["leads"]) == 2
    for query, said in SENSELESS:
        page = answer(world.browser, "/leads/", query)
        text = page.content.decode()
        assert page.status_code == 200, query[:200]
        assert said in text, query[:200]
        assert "so no lead is shown" in text, query[:200]
        assert not page.context["leads"], query[:200]
    # Wherever else leads are shown, counted or taken, it is the same.
    for query, _ in SENSELESS[:: len(SENSELESS) // 8]:
        board = answer(world.browser, "/board/", query)
        assert "so no lead is shown" in board.content.decode()
        assert not any(column.count or column.cards for column in board.context["columns"])
        more = answer(world.browser, world.paths()["column"], query)
        assert not more.context["column"].cards
        count = answer(world.browser, "/leads/count/", query, headers={"HX-Request": "true"})
        assert "0 leads" in " ".join(count.content.decode().split())
        sent = {"all": "1", "query": query, "do": "delete", "ask": "delete"}
        world.browser.post("/leads/bulk/", sent)
    assert not Bulk.of(world.cast.tenant).exists()
    assert Lead.of(world.cast.tenant).count() == 2


def test_a_saved_view_of_which_nothing_is_left_shows_no_lead(world: World) -> None:
    tenant = world.cast.tenant
    kept = [
        {"stage": NOBODY}, {"where": [f"owner:is:{NOBODY}", f"tag:is:{NOBODY}"]},
        {world.field.short: "x"}, {"or1": ["x" * 3000, ""]}, {"where": {"a": [1, None]}},
        {"sort": "f_0123456789", "cols": "f_0123456789", "campaign": NOBODY},
    ]  # fmt: skip
    type(world.field).of(tenant).filter(pk=world.field.pk).delete()
    for wanted in kept:
        view = SavedViewFactory(tenant=tenant, owner=world.cast.ada, wanted=wanted)
        page = world.browser.get(f"/leads/views/{view.pk}/", follow=True)
        assert page.status_code == 200
        assert "so no lead is shown" in page.content.decode(), wanted
        assert not page.context["leads"], wanted
        assert answer(world.browser, f"/leads/views/{view.pk}/edit/").status_code == 200


def test_nonsense_is_kept_by_no_view(world: World) -> None:
    before = SavedView.of(world.cast.tenant).count()
    for query, _ in SENSELESS[::5]:
        sent = f"{query}&view_name=Mine"
        kind = "application/x-www-form-urlencoded"
        said = world.browser.post("/leads/views/", sent, content_type=kind, follow=True)
        assert "Set a filter first" in said.content.decode(), query[:200]
    assert SavedView.of(world.cast.tenant).count() == before


FIELDS = (
    "name", "text", "value", "seen", "owner", "outcome", "follow", "day", "at", "email", "phone",
    "job_title", "role", "stage", "version", "after", "reason", "own_words", "task", "due",
    "contact", "contact_name", "answered", "placed", "lead", "query", "all", "do", "ask",
    "merge_into", "picked", "step", "view_name", "pinned", "first", "with", "level", "kept",
    "gone", "one", "other", "state", "from", "next", "tag", "asked_about", "taking", "has_more",
    "to", "user", "team", "person", "why", "columns", "sort", "cols", "where", "q",
)  # fmt: skip


def test_no_form_crashes_whatever_stands_in_all_its_fields(world: World) -> None:
    posted = {name: path for name, path in world.paths().items() if name != "dashboard"}
    for text in (TEXTS["script"], TEXTS["long"] + TEXTS["other letters"], NOBODY):
        for name, path in posted.items():
            sent = dict.fromkeys(FIELDS, text)
            found = world.browser.post(path, sent)
            assert found.status_code < 500, (name, text[:50])
            read(found)
    assert Lead.of(world.cast.tenant).count() == 2
    for path in ("/leads/", "/board/", "/", world.lead.get_absolute_url(), "/leads/changes/"):
        answer(world.browser, path)


def test_what_is_written_anywhere_is_shown_as_it_was_or_refused_with_a_sentence(
    world: World,
) -> None:
    lead, page = world.lead.get_absolute_url(), world.browser
    forms: list[tuple[str, str, dict[str, str]]] = [
        (f"{lead}notes/", "text", {}),
        (f"{lead}calls/", "text", {"outcome": "reached"}),
        (f"{lead}tasks/", "text", {"day": "2030-01-01"}),
        (f"{lead}tasks/{world.task.pk}/", "text", {"day": "2030-01-01"}),
        (f"{lead}contacts/", "name", {}),
        (f"{lead}contacts/", "job_title", {"name": "Jo"}),
        (f"{lead}contacts/{world.contact.pk}/", "name", {}),
        (f"{lead}tags/", "name", {}),
        (f"{lead}edit/{world.field.short}/", "value", {}),
        *((f"{lead}edit/{fact}/", "value", {}) for fact in facts.FACTS),
        (f"{lead}edit/value/", "value", {}),
        ("/leads/views/", "view_name", {"tier": "hot"}),
        (f"/leads/views/{world.view.pk}/edit/", "view_name", {}),
    ]
    for kind, text in TEXTS.items():
        for path, name, more in forms:
            found = read(page.post(path, more | {name: text}))
            assert found.status_code in (200, 302, 409, 422), (path, name, kind, found.status_code)
            said = found.content.decode()
            is_told = 'role="alert"' in said or "error" in said
            assert is_told or found.status_code == 302, (path, name, kind)
        # Each of them can be read wherever it stands.
        for place in (lead, "/leads/", "/board/", "/search/?q=a", "/tasks/", "/leads/export/"):
            answer(page, *place.split("?"))


def test_a_reason_of_any_sort_is_kept_as_it_was_said(world: World) -> None:
    lost = world.cast.stage(Kind.LOST)
    for kind, text in TEXTS.items():
        move = f"{world.lead.get_absolute_url()}move/"
        sent = {"stage": str(lost.pk), "answered": "1", "reason": "other", "own_words": text}
        found = world.browser.post(move, sent, follow=True)
        assert found.status_code in (200, 409, 422), kind
        assert SCRIPT not in found.content.decode()
