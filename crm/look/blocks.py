"""The larger pieces of a page: tiles, buttons, bars, panels and heads."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from crm.look import formats, icons

NONE = SafeString("")


def _icon(name: str, size: int) -> SafeString:
    return icons.draw(name, size) if name else NONE


def stat(label: str, value: object, icon: str = "", href: str = "", hint: str = "") -> SafeString:
    """One number with its name; with href the whole tile is a link."""
    inside = format_html(
        '<span class="stat-label">{}{}</span><span class="stat-value">{}</span>{}',
        _icon(icon, 16),
        label,
        formats.thousands(value),
        format_html('<span class="stat-hint">{}</span>', hint) if hint else NONE,
    )
    if href:
        return format_html('<a class="stat" href="{}">{}</a>', href, inside)
    return format_html('<div class="stat">{}</div>', inside)


def button(
    label: str, href: str = "", kind: str = "", icon: str = "", size: str = "", **attrs: object
) -> SafeString:
    """A link when it leads somewhere, otherwise a submit button; `hx_get` becomes hx-get."""
    names = " ".join(["button", *(f"button-{word}" for word in (kind, size) if word)])
    if not href:
        attrs.setdefault("type", "submit")
    pairs = ((name.replace("_", "-"), value) for name, value in attrs.items())
    rest = format_html_join("", ' {}="{}"', pairs)
    drawn = _icon(icon, 16)
    if href:
        return format_html('<a class="{}" href="{}"{}>{}{}</a>', names, href, rest, drawn, label)
    return format_html('<button class="{}"{}>{}{}</button>', names, rest, drawn, label)


def progress(value: int, most: int, label: str, figure: str = "") -> SafeString:
    """A bar with its number above it: the figure, or else "58 of 100"."""
    words = figure or f"{formats.thousands(value)} of {formats.thousands(most)}"
    return format_html(
        '<div class="progress"><div class="progress-numbers"><span>{}</span><span>{}</span></div>'
        '<progress value="{}" max="{}" aria-label="{}"></progress></div>',
        label,
        words,
        value or 0,
        most or 1,
        label,
    )


def panel(
    content: str, title: str = "", icon: str = "", ident: str = "", flush: bool = False
) -> SafeString:
    """A panel with a head; flush lets a table or list reach its edges."""
    head = NONE
    if title:
        markup = '<div class="card-head">{}<h2>{}</h2></div>'
        head = format_html(markup, _icon(icon, 17), title)
    return format_html(
        '<section class="card-panel{}"{}>{}<div class="card-body">{}</div></section>',
        " card-flush" if flush else "",
        format_html(' id="{}"', ident) if ident else NONE,
        head,
        content,
    )


def empty(content: str, title: str, icon: str = "inbox") -> SafeString:
    """What stands where nothing is yet: what this place is for and what to do."""
    markup = '<div class="empty"><span class="empty-icon">{}</span><h2>{}</h2>{}</div>'
    return format_html(markup, _icon(icon, 22), title, content)


def note(content: str, tone: str = "info", icon: str = "info") -> SafeString:
    """A remark beside the work; tone is info, warn, bad or good."""
    markup = '<div class="note note-{}">{}<div>{}</div></div>'
    return format_html(markup, tone, _icon(icon, 18), content)


def page_header(
    content: str, title: str, lead: str = "", back: str = "", back_label: str = ""
) -> SafeString:
    """The page's name, what it is about and the way back; the block holds its actions."""
    eyebrow = NONE
    if back:
        markup = '<div class="eyebrow">{}<a href="{}">{}</a></div>'
        eyebrow = format_html(markup, _icon("arrow-left", 14), back, back_label)
    intro = format_html("<p>{}</p>", lead) if lead else NONE
    actions = format_html('<div class="page-actions">{}</div>', content)
    return format_html(
        '<header class="page-header"><div>{}<h1>{}</h1>{}</div>{}</header>',
        eyebrow,
        title,
        intro,
        actions if content.strip() else NONE,
    )
