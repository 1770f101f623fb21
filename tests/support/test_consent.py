"""Only an owner lets support in, one consent at a time, and for no longer than allowed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.support import consenting
from crm.support.consenting import NoConsent
from crm.support.models import Consent
from crm.tenants.models import Membership, Role
from tests.people import Cast, as_person

PAGE = "/support/consent/"
GIVEN = {"length": "day", "may_change": "no", "reason": "The board is empty."}


@pytest.mark.django_db
def test_an_owner_gives_it_and_ends_it(cast: Cast) -> None:
    ada = as_person(cast.ada)
    assert "Let support in" in ada.get(PAGE).content.decode()
    answer = ada.post(PAGE, GIVEN, follow=True)
    said = answer.content.decode()
    assert "Support may come in until" in said
    assert "The board is empty." in said
    assert "<dd>look only</dd>" in said
    (consent,) = Consent.of(cast.tenant)
    assert not consent.may_change
    assert timedelta(hours=23) < consent.until - timezone.now() <= timedelta(days=1)
    ada.post(f"/support/consent/{consent.pk}/end/")
    consent.refresh_from_db()
    assert not consent.is_open
    assert consent.ended_by == cast.ada
    assert (
        "was over already"
        in ada.post(f"/support/consent/{consent.pk}/end/", follow=True).content.decode()
    )
    verbs = AuditEntry.objects.filter(target_id=str(consent.pk)).order_by("id")
    assert [(each.actor, each.verb) for each in verbs] == [
        ("Ada", "let support in by"), ("Ada", "ended"),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.MANAGER, Role.REP, Role.VIEWER])
def test_nobody_else_may(cast: Cast, role: Role, let_in: Any) -> None:
    person = cast.join("Mia", role)
    assert as_person(person).get(PAGE).status_code == 403
    assert as_person(person).post(PAGE, GIVEN).status_code == 403
    assert not Consent.of(cast.tenant).exists()
    consent = let_in()
    assert as_person(person).post(f"/support/consent/{consent.pk}/end/").status_code == 403
    with pytest.raises(NoConsent):
        consenting.end(consent, Membership.of(cast.tenant).get(user=person))
    consent.refresh_from_db()
    assert consent.is_open


@pytest.mark.django_db
def test_a_stranger_can_not_end_it(cast: Cast, let_in: Any) -> None:
    consent = let_in()
    assert as_person(cast.charlie).post(f"/support/consent/{consent.pk}/end/").status_code == 404
    consent.refresh_from_db()
    assert consent.is_open


@pytest.mark.django_db
def test_what_makes_no_sense_is_refused_in_words(cast: Cast) -> None:
    ada = as_person(cast.ada)
    for change, sentence in (
        ({"length": "year"}, "Choose 1 hour, 1 day or 7 days."),
        ({"reason": ""}, "Say in a few words what they shall help with."),
        ({"reason": "x" * 301}, "at most 300 characters"),
        ({"may_change": "maybe"}, "Select a valid choice"),
    ):
        answer = ada.post(PAGE, GIVEN | change)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    owner = Membership.of(cast.tenant).get(user=cast.ada)
    now = timezone.now()
    for until, sentence in (
        (now - timedelta(seconds=1), "has passed"),
        (now + timedelta(days=31), "30 days at most"),
    ):
        with pytest.raises(NoConsent, match=sentence):
            consenting.give(owner, until=until, may_change=False, reason="x")
    assert not Consent.of(cast.tenant).exists()


@pytest.mark.django_db
def test_the_second_owner_is_told_of_the_first(cast: Cast, let_in: Any) -> None:
    let_in()
    otto = cast.join("Otto", Role.OWNER)
    answer = as_person(otto).post(PAGE, GIVEN)
    assert answer.status_code == 422
    assert Consent.of(cast.tenant).count() == 1
    with pytest.raises(NoConsent, match=r"Ada has let support in until .* End that consent first."):
        consenting.give(
            Membership.of(cast.tenant).get(user=otto),
            until=timezone.now() + timedelta(hours=1), may_change=True, reason="x",
        )  # fmt: skip


@pytest.mark.usefixtures("committed_db")
def test_two_owners_at_the_same_moment_give_one(cast: Cast) -> None:
    cast.join("Otto", Role.OWNER)

    def give(name: str) -> bool:
        try:
            with transaction.atomic():
                owner = Membership.of(cast.tenant).select_related("tenant", "user")
                consenting.give(
                    owner.get(user__name=name),
                    until=timezone.now() + timedelta(hours=1), may_change=False, reason="x",
                )  # fmt: skip
        except NoConsent:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(give, ["Ada", "Otto"])) == [False, True]
    assert Consent.of(cast.tenant).count() == 1
