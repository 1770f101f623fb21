"""What holds for every template and stylesheet, whoever writes the next one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = Path(settings.BASE_DIR) / "templates"
STATIC = Path(settings.BASE_DIR) / "static"
LONGEST = 120
names = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
sheets = sorted((STATIC / "css").glob("*.css"))


@pytest.fixture(params=names)
def source(request: pytest.FixtureRequest) -> str:
    return (TEMPLATES / request.param).read_text()


@pytest.mark.parametrize("name", names)
def test_it_compiles(name: str) -> None:
    get_template(name)


def test_nothing_is_inline_that_the_policy_forbids(source: str) -> None:
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|<style", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert "hx-on" not in source
    assert "|safe" not in source


def test_what_htmx_does_a_browser_without_it_does_too(source: str) -> None:
    for tag in re.findall(r"<(?:a|form|button)\b[^>]*>", source):
        if "hx-get" in tag or "hx-post" in tag:
            assert re.search(r"\b(href|action)=", tag), tag


def test_every_form_that_posts_carries_its_token(source: str) -> None:
    posts = len(re.findall(r'<form\b[^>]*method="post"', source))
    assert source.count("{% csrf_token %}") == posts


def test_it_stays_short(source: str) -> None:
    assert len(source.splitlines()) <= LONGEST


def test_logic_is_at_most_two_ifs_deep(source: str) -> None:
    depth = deepest = 0
    for word in re.findall(r"\{%-?\s*(if|endif)\b", source):
        depth += 1 if word == "if" else -1
        deepest = max(deepest, depth)
    assert deepest <= 2


@pytest.mark.parametrize("sheet", sheets, ids=lambda path: path.name)
def test_colours_have_their_names_in_one_place(sheet: Path) -> None:
    if sheet.name in ("tokens.css", "admin.css"):
        return
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", sheet.read_text())


@pytest.mark.parametrize("sheet", sheets, ids=lambda path: path.name)
def test_every_name_that_is_used_is_defined(sheet: Path) -> None:
    defined = set(re.findall(r"(--[\w-]+):", "".join(each.read_text() for each in sheets)))
    used = set(re.findall(r"var\((--[\w-]+)\)", sheet.read_text()))
    assert used <= defined
