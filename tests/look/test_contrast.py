"""The colours that stand on each other can be told apart (WCAG 2.2 AA), in light and dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
}
GROUNDS = ("canvas", "surface", "raised", "sunken", "hover")
SOFT = ("hot", "warm", "cold", "good", "bad")
TEXT = [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "accent-ink") for ground in GROUNDS]
TEXT += [(name, f"{name}-soft") for name in SOFT]
TEXT += [(name, "surface") for name in SOFT]
TEXT += [("ink", f"{name}-soft") for name in SOFT]
TEXT += [("ink-2", "quiet-soft"), ("accent-ink", "accent-soft")]
# What is no text but must be seen: edges of controls, the focus, marks that mean something.
MARKS = [(name, ground) for name in ("line-strong", "focus") for ground in ("surface", "canvas")]
MARKS += [(f"{name}-mark", "surface") for name in ("hot", "cold", "good", "bad")]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[ink][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_can_be_seen(mark: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[mark][theme], COLOURS[ground][theme]) >= 3


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("fill", ["accent-fill", "accent-fill-hover"])
def test_a_filled_button_can_be_read(fill: str, theme: int) -> None:
    assert contrast("#ffffff", COLOURS[fill][theme]) >= 4.5
