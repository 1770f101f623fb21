"""A company's drafts, and the editor's form as a browser would send it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from leads.models import Scorecard
from leads.scorecards import cards
from tests.people import Cast, as_person

Form = dict[str, Any]
INPUT = re.compile(r"<input\b([^>]*)>")
SELECT = re.compile(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
TEXT = re.compile(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]*)" selected')


@pytest.fixture
def draft(cast: Cast, db: None) -> Scorecard:
    return cards.draft(cast.tenant, by=cast.ada)


@pytest.fixture
def ada(cast: Cast, db: None) -> Client:
    return as_person(cast.ada)


@pytest.fixture
def form_of() -> Callable[[str, str], Form]:
    """Reads what a browser would send of a form that is open and not changed."""

    def read(page: str, ident: str) -> Form:
        text = page.partition(f'id="{ident}"')[2].partition("</form>")[0]
        found: Form = {}
        for given in INPUT.findall(text):
            said = dict(re.findall(r'([\w-]+)="([^"]*)"', given))
            if "name" not in said or said["name"] == "csrfmiddlewaretoken":
                continue
            is_ticked = said.get("type") in ("checkbox", "radio")
            if is_ticked and not given.rstrip().endswith("checked"):
                continue
            value = unescape(said.get("value", ""))
            if said.get("type") == "checkbox":
                found.setdefault(said["name"], []).append(value)
            else:
                found[said["name"]] = value
        for name, options in SELECT.findall(text):
            chosen = CHOSEN.findall(options)
            found[name] = unescape(chosen[0]) if chosen else ""
        for name, value in TEXT.findall(text):
            found[name] = unescape(value)
        return found

    return read
