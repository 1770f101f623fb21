"""The components that templates are built of: {% load look %}."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, TextInput

from crm.look import blocks, charts, chips, formats, graphs, rows

register = template.Library()

for name in (
    "thousands", "pounds", "miles", "duration", "span", "roughly", "since", "either", "phone",
):  # fmt: skip
    register.filter(name, getattr(formats, name))

for name in (
    "icon", "badge", "tier", "grade", "run_state", "timeline_icon", "stage", "score", "avatar",
    "when",
):  # fmt: skip
    register.simple_tag(getattr(chips, name), name=name)

register.simple_tag(chips.notice_icon)
register.filter(chips.notice_tone)
register.filter(rows.labelled)

for name in ("stat", "button", "progress"):
    register.simple_tag(getattr(blocks, name), name=name)

for name in ("panel", "empty", "note", "page_header"):
    register.simple_block_tag(getattr(blocks, name), name=name)


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, so that a template can walk over a few of them."""
    return text.split()


@register.inclusion_tag("look/_field.html")
def field(
    bound: BoundField, label: str = "", hint: str = "", **attrs: str | bool
) -> dict[str, Any]:
    """Label, control, hint and errors that point at each other."""
    ident = bound.id_for_label
    text = hint or bound.help_text
    extra: dict[str, str | bool] = {name.replace("_", "-"): value for name, value in attrs.items()}
    described = [f"{ident}-hint"] if text else []
    if bound.errors:
        described.append(f"{ident}-error")
        extra["aria-invalid"] = "true"
    if described:
        extra["aria-describedby"] = " ".join(described)
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=extra),
        "label": label or bound.label,
        "ident": ident,
        "hint": text,
        "check": isinstance(bound.field.widget, CheckboxInput),
    }


@register.inclusion_tag("look/_filter.html")
def filter_control(bound: BoundField) -> dict[str, Any]:
    """A control in one line with its label; a text field carries its label as placeholder."""
    is_text = isinstance(bound.field.widget, TextInput)
    control = bound.as_widget(attrs={"placeholder": str(bound.label)} if is_text else None)
    return {"bound": bound, "control": control, "is_text": is_text, "is_set": bool(bound.value())}


@register.inclusion_tag("look/_funnel.html")
def funnel_chart(steps: Iterable[charts.Step]) -> dict[str, Any]:
    """The funnel as a table with a bar in each row."""
    return {"bars": charts.funnel(steps)}


@register.inclusion_tag("look/_columns.html")
def columns_chart(minutes: Iterable[charts.Minute], label: str) -> dict[str, Any]:
    """What was done and what failed in each minute; the numbers stand in a table elsewhere."""
    drawn = charts.columns(minutes)
    return {"columns": drawn, "label": label, "width": len(drawn)}


@register.inclusion_tag("look/_bars.html")
def bar_chart(
    rows: Iterable[graphs.Bar], title: str, of: str = "", most: float | None = None
) -> dict[str, Any]:
    """A table with a bar in each row, beside one of the time before where there is one."""
    return {"bars": graphs.bars(rows, most), "title": title, "of": of}


@register.inclusion_tag("look/_stacked.html")
def stacked_chart(parts: Iterable[graphs.Part], title: str) -> dict[str, Any]:
    """One bar in parts, what they are called, and the table behind."""
    return {"parts": graphs.stacked(parts), "title": title}


@register.inclusion_tag("look/_line.html")
def line_chart(
    points: Iterable[graphs.Point], title: str, of: str = "", what: str = ""
) -> dict[str, Any]:
    """A line over time with the table behind."""
    return {"line": graphs.line(points), "title": title, "of": of, "what": what}


@register.inclusion_tag("look/_pager.html")
def pager(previous_url: str | None, next_url: str | None, label: str = "") -> dict[str, Any]:
    """Before and after; the label says where the reader stands."""
    return {"previous_url": previous_url, "next_url": next_url, "label": label}
