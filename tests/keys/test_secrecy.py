"""The secret of a key is shown by no page, log, report or row."""

import logging
import sys
from typing import Any

import pytest
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from crm.keys import views
from crm.keys.models import Credential
from crm.ledger.models import AuditEntry, AuditPayload
from crm.tenants.models import Membership
from tests.keys.conftest import MINE
from tests.keys.test_page import PAGE
from tests.people import Cast, as_person
from tests.simulators import Running

pytestmark = pytest.mark.usefixtures("db")


def test_the_secret_stands_nowhere_but_sealed(
    cast: Cast, vendors: Running, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings.DEBUG = True
    browser = as_person(cast.ada)
    browser.raise_request_exception = False
    pages = [browser.post(f"{PAGE}openai/", {"secret": MINE}, follow=True)]
    row = Credential.of(cast.tenant).get(service="openai")
    pages += [browser.get(PAGE), browser.post(f"{PAGE}openai/test/", follow=True)]
    pages += [browser.get("/admin/keys/credential/"), browser.get("/admin/")]
    pages += [
        browser.get(f"/admin/keys/credential/{row.pk}/{part}/") for part in ("change", "history")
    ]
    vendors.openai.faults.add("500", times=9)
    Credential.of(cast.tenant).update(tried_at=None)
    pages.append(browser.post(f"{PAGE}openai/test/", follow=True))
    assert {answer.status_code for answer in pages} == {200}
    told = [each.content.decode() for each in pages]
    told += [str(vars(each)) for each in AuditEntry.objects.all()]
    told += [str(vars(each)) for each in AuditPayload.objects.all()]
    told += [caplog.text, str(vars(row)), str(row)]
    assert [each[:80] for each in told if MINE in each or MINE[-8:] in each] == []
    assert any("•••• mine" in each for each in told)


def test_a_report_of_an_error_does_not_hold_the_secret(
    cast: Cast, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("Something else is broken.")

    monkeypatch.setattr("crm.keys.changing.making.last4", fail)
    request = rf.post(f"{PAGE}openai/", {"secret": MINE})
    request.user = cast.ada
    request.tenant = cast.tenant  # type: ignore[attr-defined]
    request.membership = Membership.of(cast.tenant).get(user=cast.ada)  # type: ignore[attr-defined]
    request.htmx = False  # type: ignore[attr-defined]
    try:
        views.put(request, service="openai")
    except RuntimeError:
        report = ExceptionReporter(request, *sys.exc_info())
    told = report.get_traceback_text() + report.get_traceback_html()
    assert "Something else is broken." in told
    assert MINE not in told
