"""Many addresses, judged at once."""

from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from enrichment.emails import verifiers
from enrichment.emails.checking import Asked, check
from enrichment.emails.verdict import State
from tests.simulators.dns import Dns

pytestmark = pytest.mark.django_db


def test_each_is_judged_in_its_place(dns: Dns) -> None:
    today: date = timezone.localdate()
    verdicts = check(
        [
            Asked(text="jo@many-mx.example", said=[verifiers.hunter("valid", on=today)]),
            Asked(text="jo@null-mx.example"),
            Asked(text="ring the office"),
            Asked(text="sales@many-mx.example", is_person=True),
            Asked(text="jo@servfail.example"),
            Asked(text="jo@many-mx.example", is_guess=True),
        ]
    )
    assert [verdict.state for verdict in verdicts] == [
        State.DELIVERABLE,
        State.UNDELIVERABLE,
        State.UNDELIVERABLE,
        State.RISKY,
        State.UNKNOWN,
        State.RISKY,
    ]


def test_hundreds_at_domains_that_are_known_take_one_statement(
    dns: Dns, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = [Asked(text=f"jo{n}@many-mx.example") for n in range(300)]
    check(asked[:1])
    with django_assert_num_queries(1):
        verdicts = check(asked)
    assert {verdict.state for verdict in verdicts} == {State.UNKNOWN}


def test_a_domain_beyond_ascii_is_asked_for_by_its_other_name(dns: Dns) -> None:
    check([Asked(text="info@bücher.example")])
    assert dns.calls()[0]["host"] == "xn--bcher-kva.example"
