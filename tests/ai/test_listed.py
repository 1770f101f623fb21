"""Which models there are, and until when."""

from datetime import date
from typing import Any

import pytest

from crm.ai import ai
from crm.outside import errors
from crm.outside.key import Key
from tests.ai.vendor import Vendor

pytestmark = pytest.mark.django_db


def row(ident: Any, **more: Any) -> dict[str, Any]:
    return {"id": ident, "object": "model", "created": 1, "owned_by": "openai", **more}


def test_models_are_listed_with_the_day_of_their_end(vendor: Vendor, key: Key) -> None:
    rows = [
        row("gpt-5.6-terra", shutdown_date=None),
        row("gpt-5-mini", shutdown_date="2026-12-11"),
        row("gpt-6.1-terra"),
        row("odd", shutdown_date="soon"),
        row(7),
        "text",
    ]
    vendor.on("GET /models", {"object": "list", "data": rows})

    assert ai.listed(key) == [
        ai.Model("gpt-5-mini", date(2026, 12, 11)),
        ai.Model("gpt-5.6-terra", None),
        ai.Model("gpt-6.1-terra", None),
        ai.Model("odd", None),
    ]


def test_a_list_of_another_form_is_none(vendor: Vendor, key: Key) -> None:
    vendor.on("GET /models", {"object": "list"})

    with pytest.raises(errors.NotReadable):
        ai.listed(key)
