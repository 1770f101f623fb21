"""What holds for every template and stylesheet, whoever writes the next one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = Path(settings.BASE_DIR) / "templates"
STATIC = Path(settings.BASE_DIR) / "static"
LONGEST = 120
sources = {
    str(path.relative_to(TEMPLATES)): path.read_text() for path in sorted(TEMPLATES.rglob("*.html"))
}
TOKEN = "{% csrf_token %}"
sheets = sorted((STATIC / "css").glob("*.css"))
FORBIDDEN = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)|hx-on|\|safe"
)


def test_each_compiles() -> None:
    assert len(sources) > 50
    for name in sources:
        get_template(name)


def test_nothing_is_inline_that_the_policy_forbids() -> None:
    found = {name: FORBIDDEN.findall(source) for name, source in sources.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_what_htmx_does_a_browser_without_it_does_too() -> None:
    alone = [
        (name, tag)
        for name, source in sources.items()
        for tag in re.findall(r"<[a-z]+\b[^>]*\bhx-(?:get|post)\b[^>]*>", source)
        if not works_alone(tag)
    ]
    assert alone == []


def works_alone(tag: str) -> bool:
    """What changes something is a form; what fetches something leads there by itself, too."""
    if "hx-post" in tag:
        return bool(re.match(r'<form\b(?=.*\smethod="post")(?=.*\saction=)', tag, re.DOTALL))
    if re.match(r"<(?:a|form|button)\b", tag):
        return bool(re.search(r"\b(?:href|action)=", tag))
    return True


def test_every_form_that_posts_carries_its_token() -> None:
    form = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
    posting = {name: form.findall(source) for name, source in sources.items()}
    assert sum(map(len, posting.values())) >= 6
    without = [name for name, each in posting.items() if any(map(lacks_token, each))]
    # Nor stands one where nothing is posted.
    without += [name for name, each in posting.items() if sources[name].count(TOKEN) != len(each)]
    assert without == []


def lacks_token(form: str) -> bool:
    return TOKEN not in form


def test_each_stays_short() -> None:
    lines = {name: len(source.splitlines()) for name, source in sources.items()}
    assert {name: many for name, many in lines.items() if many > LONGEST} == {}


def test_logic_is_at_most_two_ifs_deep() -> None:
    depths = {name: depth(source) for name, source in sources.items()}
    assert {name: deep for name, deep in depths.items() if deep > 2} == {}


def depth(source: str) -> int:
    """How many ifs stand within one another at most."""
    within = deepest = 0
    for word in re.findall(r"\{%-?\s*(if|endif)\b", source):
        within += 1 if word == "if" else -1
        deepest = max(deepest, within)
    return deepest


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
