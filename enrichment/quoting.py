"""Whether words stand in a text, however their blanks and lines are set."""


def spaced(text: str) -> str:
    """Give a text with one blank wherever it has any."""
    return " ".join(text.split())


def occurs(quote: str, text: str) -> bool:
    """Say whether these very words stand in the text; no words stand nowhere."""
    words = spaced(quote)
    return bool(words) and words in spaced(text)
