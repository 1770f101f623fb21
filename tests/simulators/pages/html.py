"""The frame that pages are written in."""

from html import escape


def document(title: str, body: str, head: str = "") -> str:
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n{head}</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def paragraphs(text: str) -> str:
    lines = (line for line in text.split("\n") if line.strip())
    return "\n".join(f"<p>{escape(line)}</p>" for line in lines)


def links(pairs: list[tuple[str, str]]) -> str:
    """A menu of (address, words)."""
    inner = "".join(f'<li><a href="{escape(to)}">{escape(words)}</a></li>' for to, words in pairs)
    return f"<nav><ul>{inner}</ul></nav>"


def notice(title: str, text: str) -> str:
    """A page with nothing on it but one message."""
    return document(title, f"<h1>{escape(title)}</h1>\n{paragraphs(text)}")
