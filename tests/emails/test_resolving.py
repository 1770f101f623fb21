"""What DNS says of the mail of a domain."""

import time
from typing import Any

import pytest

from enrichment.emails import resolving
from enrichment.emails.answers import Answer, Because, Mail
from tests.simulators.dns import Dns


@pytest.mark.parametrize(
    ("domain", "because"),
    [
        ("many-mx.example", Because.SERVERS),
        ("alias.example", Because.SERVERS),
        ("gmail.com", Because.SERVERS),
        ("no-mx.example", Because.ADDRESS_ALONE),
        ("null-mx.example", Because.REFUSES),
        ("nobody-has-this-name.example", Because.NO_SUCH_DOMAIN),
        ("nothing.example", Because.NOWHERE),
        ("dangling-mx.example", Because.DEAD_SERVERS),
        ("localhost-mx.example", Because.DEAD_SERVERS),
        ("servfail.example", Because.SILENCE),
        ("refused.example", Because.SILENCE),
    ],
)
def test_says_whether_mail_has_somewhere_to_go(dns: Dns, domain: str, because: Because) -> None:
    assert resolving.ask(domain) is because


@pytest.mark.parametrize("kind", ["garbage", "wrong-id", "truncated", "servfail", "timeout"])
def test_an_answer_that_is_none_leaves_it_open(dns: Dns, kind: str) -> None:
    dns.faults.add(kind, times=None, method="MX")
    assert Mail(resolving.ask("many-mx.example", seconds=1)).answer is Answer.UNKNOWN


def test_a_lost_packet_is_asked_for_again(dns: Dns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "EACH_TRY", 0.2)
    resolving._resolver.cache_clear()
    dns.faults.add("timeout", times=1, method="MX")
    assert resolving.ask("many-mx.example") is Because.SERVERS
    resolving._resolver.cache_clear()


def test_silence_about_its_servers_does_not_make_a_domain_dead(dns: Dns) -> None:
    dns.faults.add("servfail", times=None, host="mail.gone-for-good.example")
    assert resolving.ask("dangling-mx.example") is Because.SILENCE


def test_one_server_that_is_there_is_enough(dns: Dns) -> None:
    dns.faults.add("servfail", times=None, host="mx1.many-mx.example")
    assert resolving.ask("many-mx.example") is Because.SERVERS


def test_who_never_answers_is_not_waited_for_longer_than_allowed(dns: Dns) -> None:
    began = time.monotonic()
    assert resolving.ask("timeout.example", seconds=1) is Because.SILENCE
    assert time.monotonic() - began < 3


def test_nobody_is_asked_where_a_file_stands_for_dns(settings: Any) -> None:
    settings.DNS_SERVER, settings.HTTP_NAMES = "", "/dev/null"
    assert not resolving.can_ask()
    settings.DNS_SERVER = "127.0.0.1:53"
    assert resolving.can_ask()


def test_a_server_that_is_not_there_leaves_it_open(settings: Any) -> None:
    settings.DNS_SERVER = "127.0.0.1:9"
    assert resolving.ask("acme.example", seconds=1) is Because.SILENCE
