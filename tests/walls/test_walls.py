"""What belongs to one company does not exist for another."""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.test import Client
from django.utils.http import urlsafe_base64_encode

from crm.pipeline.models import Stage
from crm.tenants.models import TenantModel
from leads.models import Lead
from tests.people import Cast, as_person
from tests.walls import addresses
from tests.walls.conftest import SECRET
from tests.walls.visitor import Visitor

EVERY = addresses.every()
TO_ROWS = [each for each in EVERY if each.names_a_row]
TO_PAGES = [each for each in EVERY if not each.names_a_row]
# Tables of the installation, not of a company: owners and managers may not open them at all.
OF_NOBODY = tuple(f"admin/{app}/" for app in ("auth", "django_q", "axes", "registers", "outside"))
OF_NOBODY += ("admin/keys/systemkey/",)
OF_NOBODY += tuple(
    f"admin/credits/{each}/" for each in ("price", "rate", "exchange", "vendorprice")
)


def path_to(address: addresses.Address, rows: dict[str, Any]) -> str:
    """The path to one of Ada's rows; of the installation's tables, to whatever bears number 1."""
    if address.route.startswith(OF_NOBODY):
        return "/" + address.route.replace("<path:object_id>", "1")
    return address.path(rows)


def questions(address: addresses.Address) -> list[dict[str, str]]:
    """What a page is asked: nothing, and to search. An empty form of Django's searches nothing."""
    is_form = address.is_admin and address.route.endswith("/add/")
    return [{}] if is_form else [{}, {"q": SECRET, "term": SECRET}]


def test_the_walk_knows_every_argument_and_every_model(rows: dict[str, Any]) -> None:
    unknown = []
    for address in TO_ROWS:
        if address.route.startswith(OF_NOBODY):
            continue
        try:
            address.path(rows)
        except KeyError as missing:
            unknown.append(f"{address}: what is {missing}?")
    assert unknown == []
    assert len(TO_ROWS) > 60


def test_a_stranger_finds_nothing_behind_an_id(rows: dict[str, Any], cast: Cast) -> None:
    charlie = Visitor(as_person(cast.charlie))
    breaches = []
    for address in TO_ROWS:
        statuses = set()
        for method in ("get", "post"):
            answer = charlie.ask(method, path_to(address, rows))
            was_sent_on = answer.request["PATH_INFO"] != path_to(address, rows)
            is_index = answer.request["PATH_INFO"] == "/admin/"
            hidden = answer.status_code in (404, 405) or (
                address.is_admin and (is_index or answer.status_code == 403)
            )
            is_wrong = was_sent_on and not address.is_admin
            if is_wrong or not hidden or SECRET in answer.content.decode():
                breaches.append(f"{method} {address}: {answer.status_code}")
            statuses.add(answer.status_code)
        # Another method than the view's own tells nothing; its own method must answer 404.
        if not address.is_admin and 404 not in statuses:
            breaches.append(f"{address}: {statuses}")
    assert breaches == []
    told = charlie.told_at_last()
    assert "/admin/" in told
    assert [page for page, said in told.items() if SECRET in said] == []


def test_a_signed_out_person_is_sent_to_the_sign_in_page(
    rows: dict[str, Any], client: Client
) -> None:
    open_to_all = ("healthz", "metrics", "sign-in/", "sign-out/", "first-owner/", "set-password/")
    open_to_all += ("join/",)
    visitor = Visitor(client)
    for address in EVERY:
        if address.route.startswith(open_to_all):
            continue
        for method in ("get", "post"):
            answer = visitor.ask(method, path_to(address, rows))
            assert answer.status_code == 200, f"{method} {address}"
            assert answer.request["PATH_INFO"] == "/sign-in/", f"{method} {address}"
            assert SECRET not in answer.content.decode()


def test_no_page_names_the_rows_of_another_company(rows: dict[str, Any], cast: Cast) -> None:
    charlie = as_person(cast.charlie)
    for address in TO_PAGES:
        if address.route == "sign-out/":
            continue
        for query in questions(address):
            answer = charlie.get(path_to(address, rows), query, follow=True)
            # A file comes in pieces; the words of a search come back in its box.
            content = b"".join(answer) if answer.streaming else answer.content
            said = content.decode()
            for echo in (f'value="{SECRET}"', f'data-q="{SECRET}"', f"={SECRET}"):
                said = said.replace(echo, "")
            assert SECRET not in said, str(address)
            assert answer.status_code < 500 or address.name == "healthz", str(address)


def test_the_owner_sees_there_what_the_stranger_does_not(rows: dict[str, Any], cast: Cast) -> None:
    """Else the test above could not fail."""
    ada = as_person(cast.ada)
    lists = ["/", "/leads/", "/board/", "/campaigns/", "/notices/", "/admin/", "/operations/"]
    lists += [f"/admin/{label}/" for label in rows if "/" in label]
    for path in lists:
        answer = ada.get(path)
        if path[1:].startswith(OF_NOBODY):
            assert answer.status_code == 403, path
            continue
        assert answer.status_code == 200, path
        assert SECRET in answer.content.decode(), path


def test_the_owner_opens_every_row_that_the_stranger_does_not_find(
    rows: dict[str, Any], cast: Cast
) -> None:
    ada = Visitor(as_person(cast.ada))
    for address in TO_ROWS:
        if not address.route.startswith(OF_NOBODY):
            answer = ada.ask("get", path_to(address, rows))
            # A row may be there to read only: then deleting it is refused, not unknown.
            assert answer.status_code in (200, 403, 405), str(address)


def test_no_autocomplete_offers_rows_of_another_company(rows: dict[str, Any], cast: Cast) -> None:
    charlie = as_person(cast.charlie)
    asked = 0
    for model in admin.site._registry:
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey):
                continue
            asked += 1
            answer = charlie.get(
                "/admin/autocomplete/",
                {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": field.name,
                    "term": "",
                },
            )
            assert SECRET not in answer.content.decode(), f"{model.__name__}.{field.name}"
    assert asked > 20


def test_no_admin_form_offers_rows_of_another_company(rows: dict[str, Any], cast: Cast) -> None:
    own = cast.other
    charlie = as_person(cast.charlie)
    opened = 0
    for model in admin.site._registry:
        if issubclass(model, TenantModel) and (row := model.of(own).first()):
            label = f"{model._meta.app_label}/{model._meta.model_name}"
            answer = charlie.get(f"/admin/{label}/{row.pk}/change/")
            assert answer.status_code == 200
            assert SECRET not in answer.content.decode()
            opened += 1
    assert opened >= 3


def test_an_admin_action_on_ids_of_another_company_touches_nothing(
    rows: dict[str, Any], cast: Cast
) -> None:
    stage = rows["stage_id"]
    dead = rows["campaigns/sourcerun"]
    charlie = as_person(cast.charlie)
    charlie.post(
        "/admin/pipeline/stage/",
        {"action": "delete_selected", "_selected_action": str(stage.pk), "post": "yes"},
    )
    charlie.post(
        "/admin/campaigns/sourcerun/",
        {"action": "queue_again", "_selected_action": str(dead.pk)},
    )
    stage.refresh_from_db()
    dead.refresh_from_db()
    assert dead.state == "dead"


def test_filters_with_ids_of_another_company_are_left_out(rows: dict[str, Any], cast: Cast) -> None:
    charlie = as_person(cast.charlie)
    for name, value in {
        "stage": rows["stage_id"].pk,
        "owner": cast.ben.pk,
        "campaign": rows["campaign_id"].pk,
    }.items():
        for path in ("/leads/", "/board/"):
            answer = charlie.get(path, {name: value})
            assert answer.status_code == 200
            assert SECRET not in answer.content.decode()


def test_a_card_can_not_be_moved_into_a_stage_of_another_company(
    rows: dict[str, Any], cast: Cast
) -> None:
    ours: Lead = rows["lead_id"]
    theirs = Stage.of(cast.other).first()
    answer = as_person(cast.ben).post(
        f"/leads/{ours.pk}/move/",
        {"stage": theirs.pk, "version": ours.version},
        headers={"Accept": "application/json"},
    )
    ours.refresh_from_db()
    assert answer.status_code == 410
    assert ours.stage == rows["stage_id"]


def test_a_guessed_password_link_tells_nothing(rows: dict[str, Any], cast: Cast) -> None:
    uid = urlsafe_base64_encode(str(cast.ben.pk).encode())
    for browser in (Client(), as_person(cast.charlie)):
        for method in ("get", "post"):
            answer = getattr(browser, method)(f"/set-password/{uid}/not-a-token/")
            assert answer.status_code == 410
            said = answer.content.decode()
            assert SECRET not in said
            assert cast.ben.email not in said


def test_no_password_link_is_made_for_a_member_of_another_company(
    rows: dict[str, Any], cast: Cast
) -> None:
    answer = as_person(cast.charlie).post(
        "/admin/tenants/membership/",
        {
            "action": "new_password_link",
            "_selected_action": str(rows["tenants/membership"].pk),
        },
        follow=True,
    )
    assert "/set-password/" not in answer.content.decode()


def test_a_member_of_no_company_is_told_so(db: None, cast: Cast) -> None:
    nobody = cast.join("Nora", "rep")
    nobody.memberships.all().delete()
    for path in ("/", "/leads/", "/board/", "/campaigns/", "/notices/"):
        answer = as_person(nobody).get(path)
        assert answer.status_code == 403
        assert "You are no longer a member of any company here." in answer.content.decode()
        assert 'action="/sign-out/"' in answer.content.decode()
        assert 'href="/board/"' not in answer.content.decode()
