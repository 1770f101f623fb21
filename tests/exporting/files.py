"""Files as a person's programs read them, and requests that ask for one."""

import csv
import io
from typing import Any

from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponseBase
from django.test import RequestFactory
from openpyxl import load_workbook

from crm.tenants.models import Membership, Tenant, User


def asking(user: User, tenant: Tenant) -> Any:
    """A request of this member, as the middleware hands it on."""
    request = RequestFactory().get("/")
    request.user = user
    request.tenant = tenant  # type: ignore[attr-defined]
    request.membership = Membership.of(tenant).get(user=user)  # type: ignore[attr-defined]
    return request


def body(response: HttpResponseBase) -> bytes:
    """All of the file, closed as a server closes it."""
    try:
        return b"".join(response)  # type: ignore[arg-type]
    finally:
        close(response)


def close(response: HttpResponseBase) -> None:
    """Close it as a server does; the test's own connection stays open."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


def from_csv(content: bytes) -> list[list[str]]:
    """The rows of a CSV file, read as strictly as the module can."""
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def from_xlsx(content: bytes) -> list[list[Any]]:
    """The rows of a workbook; whatever is a formula comes as one, with its `=`."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f", cell.value
    return [list(row) for row in sheet.iter_rows(values_only=True)]
