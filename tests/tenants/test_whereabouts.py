"""Where a request comes from: the audit's address, and the zone in which its times are told."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.notices.models import Notice
from crm.tenants import whereabouts
from tests.factories.campaigns import NoticeFactory
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person


@pytest.mark.parametrize(
    ("https", "hops", "address"),
    [
        (True, "192.0.2.7", "192.0.2.7"),
        (True, "10.9.9.9, 192.0.2.7", "192.0.2.7"),
        (True, "2001:db8::7", "2001:db8::7"),
        (True, "192.0.2.7, unknown", "127.0.0.1"),
        (True, "x" * 500, "127.0.0.1"),
        (True, "", "127.0.0.1"),
        (False, "192.0.2.7", "127.0.0.1"),
    ],
)
def test_the_last_hop_counts_behind_a_proxy(
    settings: object, https: bool, hops: str, address: str
) -> None:
    settings.HTTPS = https  # type: ignore[attr-defined]
    request = RequestFactory().get("/", headers={"X-Forwarded-For": hops})
    assert whereabouts.address(request) == address


@pytest.mark.django_db
def test_a_move_behind_a_proxy_is_written_down_with_the_sender_s_address(
    settings: object, cast: Cast
) -> None:
    settings.HTTPS = True  # type: ignore[attr-defined]
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    as_person(cast.ada).post(
        f"/admin/leads/lead/{lead.pk}/change/",
        {"value": "5"},
        headers={"X-Forwarded-For": "203.0.113.1, 192.0.2.7"},
    )
    assert AuditEntry.objects.latest("id").address == "192.0.2.7"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Europe/London", "2 January 2026, 23:30"),
        ("Asia/Tokyo", "3 January 2026, 08:30"),
        ("Nowhere/Land", "2 January 2026, 23:30"),
        ("../etc", "2 January 2026, 23:30"),
    ],
)
def test_times_are_told_in_the_person_s_zone(cast: Cast, zone: str, told: str) -> None:
    cast.ben.zone = zone
    cast.ben.save()
    NoticeFactory(tenant=cast.tenant, user=cast.ben)
    Notice.of(cast.tenant).update(at=datetime(2026, 1, 2, 23, 30, tzinfo=UTC))
    assert told in as_person(cast.ben).get("/notices/").content.decode()
    assert timezone.get_current_timezone_name() == "Europe/London"
