"""Who gives credits, and how many: managers within a month's bound, others at will."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from crm.credits import credits
from crm.credits.credits import Balance
from crm.credits.models import CreditEntry
from crm.founding import first_owner
from crm.ledger.models import AuditEntry
from crm.tenants.models import Role, Tenant, User
from tests.people import Cast, as_person, joined

pytestmark = pytest.mark.django_db
GIVE = "/admin/credits/creditentry/add/"


def give(person: User, many: object, note: str = "For the spring") -> Any:
    return as_person(person).post(GIVE, {"credits": many, "note": note})


def test_a_manager_gives_the_company_credits(cast: Cast) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    answer = give(mia, 500)
    assert answer.headers["Location"] == "/credits/"
    assert credits.balance(cast.tenant) == Balance(500, 0)
    assert AuditEntry.objects.get(verb="gave credits").actor == "Mia"
    said = as_person(mia).get("/admin/credits/creditentry/").content.decode()
    assert "For the spring" in said


def test_no_more_than_so_many_in_a_month(cast: Cast, settings: Any) -> None:
    settings.CREDITS_MONTHLY_MOST = 800
    give(cast.ada, 500)
    answer = give(cast.ada, 301)
    assert answer.status_code == 200
    assert "and 300 of these are left" in answer.content.decode()
    give(cast.ada, 300)
    assert credits.balance(cast.tenant) == Balance(800, 0)
    assert "and 0 of these are left" in give(cast.ada, 1).content.decode()


def test_where_managers_may_not_they_are_told_who_may(cast: Cast, settings: Any) -> None:
    settings.CREDITS_MONTHLY_MOST = 0
    assert "only those who look after it give credits" in give(cast.ada, 1).content.decode()
    assert credits.balance(cast.tenant) == Balance(0, 0)


def test_whoever_looks_after_the_installation_gives_any_number(cast: Cast, settings: Any) -> None:
    settings.CREDITS_MONTHLY_MOST = 10
    root = joined(cast.tenant, "Root", Role.OWNER).user
    root.is_superuser = True
    root.save()
    give(root, 50_000)
    assert credits.balance(cast.tenant) == Balance(50_000, 0)
    give(cast.ada, 10)
    assert credits.balance(cast.tenant) == Balance(50_010, 0)


@pytest.mark.parametrize("many", ["0", "-3", "1.5", "", "lots", "9" * 25])
def test_what_is_no_number_of_credits_is_refused_kindly(cast: Cast, many: str) -> None:
    answer = give(cast.ada, many)
    assert answer.status_code == 200
    assert "Nothing is given yet" in answer.content.decode()
    assert not CreditEntry.of(cast.tenant).exists()


def test_reps_viewers_and_strangers_give_nothing(cast: Cast) -> None:
    for person in (cast.ben, cast.vera):
        assert give(person, 5).status_code in (302, 403)
    give(cast.charlie, 5)
    assert credits.balance(cast.tenant) == Balance(0, 0)
    assert credits.balance(cast.other) == Balance(5, 0)


def test_an_entry_is_opened_and_nothing_of_it_is_changed(cast: Cast) -> None:
    entry = credits.grant(cast.tenant, 5, by=cast.ada, note="For the spring")
    path = f"/admin/credits/creditentry/{entry.pk}"
    ada = as_person(cast.ada)
    assert "For the spring" in ada.get(f"{path}/change/").content.decode()
    assert ada.post(f"{path}/change/", {"credits": 500}).status_code == 403
    assert ada.post(f"{path}/delete/", {"post": "yes"}).status_code == 403
    assert credits.balance(cast.tenant) == Balance(5, 0)


def test_a_new_company_begins_with_some(db: None, settings: Any) -> None:
    settings.CREDITS_AT_START = 750
    first_owner.found(company="Acme", name="Ada", email="ada@acme.example", password="x")
    tenant = Tenant.objects.get(name="Acme")
    assert credits.balance(tenant) == Balance(750, 0)
    assert CreditEntry.of(tenant).get().at <= timezone.now()


def test_from_the_command_line_any_company_is_given_any_number(cast: Cast) -> None:
    call_command("give_credits", "acme", "70000", note="Agreed by phone", stdout=StringIO())
    assert credits.balance(cast.tenant) == Balance(70_000, 0)
    assert AuditEntry.objects.get(verb="gave credits").tenant_id == cast.tenant.pk
    with pytest.raises(CommandError, match="no company nowhere"):
        call_command("give_credits", "nowhere", "5")
    with pytest.raises(CommandError, match="whole number"):
        call_command("give_credits", "acme", "0")
