"""Answers of DNS are remembered, each for as long as it is good."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from crm.outside.pace import InTransaction
from enrichment.emails import domains
from enrichment.emails.answers import UNASKED, Answer, Because
from enrichment.emails.models import MailDomain
from tests.simulators.dns import Dns

pytestmark = pytest.mark.django_db


def grow_old(domain: str, by: timedelta) -> None:
    MailDomain.objects.filter(domain=domain).update(checked_at=timezone.now() - by)


def questions(dns: Dns) -> int:
    return len(dns.calls())


def test_a_domain_is_asked_for_once(dns: Dns) -> None:
    first = domains.look_up(["many-mx.example", "null-mx.example"])
    asked = questions(dns)
    again = domains.look_up(["null-mx.example", "many-mx.example"])
    assert first == again
    assert {name: mail.answer for name, mail in again.items()} == {
        "many-mx.example": Answer.HAS_MAIL,
        "null-mx.example": Answer.NO_MAIL,
    }
    assert questions(dns) == asked > 0


@pytest.mark.parametrize(
    ("domain", "good_for"),
    [
        ("many-mx.example", timedelta(days=7)),
        ("null-mx.example", timedelta(days=1)),
        ("servfail.example", timedelta(minutes=10)),
    ],
)
def test_an_answer_is_good_for_a_while(dns: Dns, domain: str, good_for: timedelta) -> None:
    domains.look_up([domain])
    asked = questions(dns)
    grow_old(domain, good_for - timedelta(minutes=1))
    domains.look_up([domain])
    assert questions(dns) == asked
    grow_old(domain, good_for)
    assert domains.known([domain]) == {}
    domains.look_up([domain])
    assert questions(dns) > asked
    assert MailDomain.objects.get().checked_at > timezone.now() - timedelta(minutes=1)


def test_a_domain_that_comes_back_is_known_again(dns: Dns) -> None:
    dns.faults.add("nxdomain", method="MX", host="many-mx.example")
    assert domains.look_up(["many-mx.example"])["many-mx.example"].answer is Answer.NO_MAIL
    grow_old("many-mx.example", timedelta(days=2))
    assert domains.look_up(["many-mx.example"])["many-mx.example"].answer is Answer.HAS_MAIL


def test_what_the_time_does_not_suffice_for_is_asked_next_time(dns: Dns) -> None:
    found = domains.look_up(["timeout.example", "many-mx.example"], seconds=0)
    assert set(found.values()) == {UNASKED}
    assert not MailDomain.objects.exists()
    later = domains.look_up(["timeout.example", "many-mx.example"], seconds=2)
    assert later["many-mx.example"].because is Because.SERVERS
    assert later["timeout.example"] == UNASKED


def test_no_name_server_is_asked_within_a_transaction(dns: Dns, committed_db: None) -> None:
    with transaction.atomic(), pytest.raises(InTransaction):
        domains.look_up(["many-mx.example"])
    domains.look_up(["many-mx.example"])
    with transaction.atomic():
        assert domains.known(["many-mx.example"])["many-mx.example"].answer is Answer.HAS_MAIL


def test_what_is_no_domain_is_left_out(dns: Dns) -> None:
    assert domains.look_up(["a\x00b.example", "ü.example", "x" * 300, ""]) == {}
    assert questions(dns) == 0


def test_where_a_file_stands_for_dns_nothing_is_remembered(settings: Any) -> None:
    settings.DNS_SERVER, settings.HTTP_NAMES = "", "/dev/null"
    assert domains.look_up(["many-mx.example"]) == {"many-mx.example": UNASKED}
    assert not MailDomain.objects.exists()


def test_what_nobody_asks_for_is_thrown_away(dns: Dns) -> None:
    domains.look_up(["many-mx.example", "null-mx.example"])
    grow_old("many-mx.example", timedelta(days=61))
    domains.forget_old()
    assert [row.domain for row in MailDomain.objects.all()] == ["null-mx.example"]


def test_hundreds_are_asked_for_side_by_side(dns: Dns) -> None:
    wanted = [f"firm-{n}.example" for n in range(200)]
    found = domains.look_up(wanted)
    assert {mail.because for mail in found.values()} == {Because.NO_SUCH_DOMAIN}
    assert MailDomain.objects.count() == 200
