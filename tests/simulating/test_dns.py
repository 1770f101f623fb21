"""The simulated name server."""

import socket
from collections.abc import Iterator

import pytest

from tests.simulating.calling import ask
from tests.simulating.firms import like
from tests.simulators import fakes, running
from tests.simulators.dns import Dns
from tests.simulators.naming import packets
from tests.simulators.truth import Truth

PATIENCE = 0.3


@pytest.fixture(scope="module")
def started() -> Iterator[Dns]:
    with running("dns", speed=100) as vendors:
        assert isinstance(vendors.dns, Dns)
        yield vendors.dns


@pytest.fixture
def dns(started: Dns) -> Iterator[Dns]:
    started.forget()
    yield started
    started.faults.clear()


def exchange(dns: Dns, packet: bytes) -> bytes | None:
    """The bytes that come back; None when nothing does."""
    host, _, port = dns.address.partition(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.settimeout(PATIENCE)
        udp.sendto(packet, (host, int(port)))
        try:
            return udp.recv(4_096)
        except TimeoutError:
            return None


def heard(dns: Dns, name: str, kind: str = "MX") -> tuple[str, list[str]]:
    packet = exchange(dns, packets.query(name, kind))
    return packets.heard(packet) if packet else ("", [])


def keeping(kind: str) -> Truth:
    """Somebody whose mail is kept so."""
    return like(lambda each: each.mail.kind == kind)


@pytest.mark.parametrize(
    ("kind", "host"),
    [("google", "aspmx.l.google.com"), ("own", "mail."), ("filter", "mailfilter.example")],
)
def test_a_domains_mail_goes_where_it_is_kept(dns: Dns, kind: str, host: str) -> None:
    about = keeping(kind)

    code, values = heard(dns, about.one.domain)

    assert code == "NOERROR"
    assert host in values[0]
    assert heard(dns, about.one.domain, "A")[1]
    assert heard(dns, about.one.domain, "TXT")[1][0].startswith("v=spf1")


def test_a_domain_without_mail_says_so_or_says_nothing_of_it(dns: Dns) -> None:
    null, bare = keeping("null"), keeping("none")

    assert heard(dns, null.one.domain) == ("NOERROR", ["0 ."])
    assert heard(dns, bare.one.domain) == ("NOERROR", [])
    assert heard(dns, bare.one.domain, "A")[1]


def test_some_servers_fail_or_keep_silent(dns: Dns) -> None:
    failing, silent = keeping("servfail"), keeping("timeout")

    assert heard(dns, failing.one.domain) == ("SERVFAIL", [])
    assert heard(dns, silent.one.domain) == ("", [])


@pytest.mark.parametrize("name", ["nobody.example", "gmail.con", min(fakes.missing_domains())])
def test_what_nobody_has_does_not_exist(dns: Dns, name: str) -> None:
    assert heard(dns, name) == ("NXDOMAIN", [])


@pytest.mark.parametrize(
    ("name", "code", "values"),
    [
        ("null-mx.example", "NOERROR", ["0 ."]),
        ("no-mx.example", "NOERROR", []),
        ("servfail.example", "SERVFAIL", []),
        ("timeout.example", "", []),
        ("many-mx.example", "NOERROR", ["20 mx2.many-mx.example", "10 mx1.many-mx.example"]),
        ("xn--bcher-kva.example", "NOERROR", ["10 mail.xn--bcher-kva.example"]),
        ("gmail.com", "NOERROR", ["10 mx.gmail.com"]),
        ("GMail.com", "NOERROR", ["10 mx.gmail.com"]),
        ("mailinator.com", "NOERROR", ["10 mx.mailinator.com"]),
    ],
)
def test_there_is_a_name_for_every_kind_of_answer(
    dns: Dns, name: str, code: str, values: list[str]
) -> None:
    assert heard(dns, name) == (code, values)


@pytest.mark.parametrize(
    ("kind", "code"), [("servfail", "SERVFAIL"), ("nxdomain", "NXDOMAIN"), ("timeout", "")]
)
def test_a_fault_hits_one_name_once(dns: Dns, kind: str, code: str) -> None:
    dns.faults.add(kind, host="gmail.com", method="MX")

    assert heard(dns, "outlook.com")[0] == "NOERROR"
    assert heard(dns, "gmail.com")[0] == code
    assert heard(dns, "gmail.com")[0] == "NOERROR"


def test_an_answer_may_be_cut_or_for_somebody_else(dns: Dns) -> None:
    dns.faults.add("truncated")
    dns.faults.add("wrong-id")
    asked = packets.query("gmail.com", "MX")

    cut, strange = exchange(dns, asked), exchange(dns, asked)

    assert cut is not None
    assert cut[2] & 0x02
    assert strange is not None
    assert strange[:2] != asked[:2]


def test_questions_are_counted_and_rubbish_is_not_answered(dns: Dns) -> None:
    assert exchange(dns, b"rubbish") is None
    heard(dns, "gmail.com")

    stats = ask(f"{dns.url}/_control/stats").json
    assert stats["by_path"] == {"MX": 1}
    assert dns.calls("/gmail.com")[0]["status"] == "NOERROR"
