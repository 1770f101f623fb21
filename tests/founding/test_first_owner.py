"""The link of an empty installation creates its first owner, once and within a day."""

import time
from typing import Any

import pytest
from django.core import signing
from django.core.management import call_command
from django.test import Client

from crm.founding import first_owner
from crm.ledger.models import AuditEntry
from crm.pipeline.models import Stage
from crm.tenants.models import Membership, Role, Tenant, User
from tests.people import Cast

pytestmark = pytest.mark.django_db
ADA = {
    "company": "Acme Cabling",
    "name": "Ada",
    "email": "Ada@Acme.example",
    "password": "a quiet harbour at dawn",
}


def link() -> str:
    return f"/first-owner/{first_owner.token()}/"


def test_the_link_makes_company_pipeline_and_owner_and_signs_in(client: Client) -> None:
    assert client.get(link()).status_code == 200
    answer = client.post(link(), ADA, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    tenant = Tenant.objects.get()
    assert (tenant.name, tenant.slug) == ("Acme Cabling", "acme-cabling")
    owner = Membership.of(tenant).get()
    assert (owner.role, owner.user.email) == (Role.OWNER, "ada@acme.example")
    assert owner.user.check_password(ADA["password"])
    assert Stage.of(tenant).count() == 6
    told = AuditEntry.objects.filter(tenant_id=tenant.pk).order_by("pk")
    assert [entry.verb for entry in told] == ["gave credits", "joined"]


def test_a_password_is_kept_as_it_was_typed(client: Client) -> None:
    client.post(link(), ADA | {"password": " a quiet harbour at dawn "})
    assert User.objects.get().check_password(" a quiet harbour at dawn ")


def test_the_link_works_once(client: Client) -> None:
    used = link()
    client.post(used, ADA)
    again = Client().post(used, ADA | {"email": "charlie@rival.example"})
    assert again.status_code == 410
    assert User.objects.count() == Tenant.objects.count() == 1


@pytest.mark.parametrize(
    "token",
    ["nonsense", signing.dumps("first owner", salt="another"), first_owner.token()[:-1] + "_"],
    ids=["nonsense", "of something else", "changed"],
)
def test_a_forged_link_creates_nobody(client: Client, token: str) -> None:
    assert client.post(f"/first-owner/{token}/", ADA).status_code == 410
    assert not User.objects.exists()


class Yesterday(signing.TimestampSigner):
    """Signs as the link was signed 25 hours ago."""

    def timestamp(self) -> str:
        return signing.b62_encode(int(time.time()) - 25 * 3600)


def test_an_old_link_creates_nobody(client: Client) -> None:
    assert first_owner.is_valid(signing.dumps("first owner", salt=first_owner.SALT))
    token = Yesterday(salt=first_owner.SALT).sign_object("first owner")
    assert client.post(f"/first-owner/{token}/", ADA).status_code == 410
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"password": "short"},
        {"password": "password1"},
        {"company": ""},
        {"name": ""},
        {"company": "x" * 121},
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_is_made(
    client: Client, wrong: dict[str, str]
) -> None:
    answer = client.post(link(), ADA | wrong)
    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert not User.objects.exists()
    assert not Tenant.objects.exists()


@pytest.mark.parametrize("company", ["Клиника", "😁", "!!!"])
def test_a_company_whose_name_makes_no_slug_gets_one(client: Client, company: str) -> None:
    client.post(link(), ADA | {"company": company})
    assert Tenant.objects.get().slug


def test_the_command_prints_the_link_while_nobody_is_here(client: Client, capsys: Any) -> None:
    call_command("first_owner_link", base="https://crm.example")
    printed = capsys.readouterr().out.split()[-1]
    assert client.get(printed.removeprefix("https://crm.example")).status_code == 200


def test_the_command_is_silent_once_somebody_is_here(cast: Cast, capsys: Any) -> None:
    call_command("first_owner_link")
    assert capsys.readouterr().out == ""
