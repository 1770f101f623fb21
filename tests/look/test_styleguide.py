"""The style guide: for staff, and with every component that there is."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from crm.look.templatetags.look import register
from crm.styleguide import tokens
from tests.people import Cast, as_person

# Of the administration's own tables alone.
ELSEWHERE = {"labelled"}
SOURCE = "".join(
    path.read_text() for path in Path(settings.BASE_DIR, "templates/styleguide").iterdir()
)


@pytest.mark.parametrize("name", sorted(register.tags))
def test_it_shows_every_tag(name: str) -> None:
    assert re.search(rf"{{% {name}\b", SOURCE)


@pytest.mark.parametrize("name", sorted(set(register.filters) - ELSEWHERE))
def test_it_shows_every_format(name: str) -> None:
    assert f"|{name}" in SOURCE


@pytest.mark.django_db
def test_it_is_for_staff(cast: Cast) -> None:
    page = as_person(cast.ada).get("/styleguide/")
    assert page.status_code == 200
    assert "--space-4" in page.content.decode()
    for person in (cast.ben, cast.vera):
        assert as_person(person).get("/styleguide/").status_code == 403


def test_the_scales_are_those_of_the_stylesheet() -> None:
    found = tokens.read()
    assert [token.value for token in found["space"]][:2] == ["0.25rem", "0.5rem"]
    assert {"--ink", "--hot", "--stage-lost"} <= {token.name for token in found["colours"]}
