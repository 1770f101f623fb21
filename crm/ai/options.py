"""Reads the settings of the model; what will not do ends the start with a sentence."""

import re

from crm.listening import number

MODEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,99}")
# With less effort the model can't search the web.
EFFORTS = ("low", "medium", "high", "xhigh", "max")

# What the vendor's models make; of another server's the size is said: “nomic-embed-text:768”.
SIZES = {"text-embedding-3-small": 1536, "text-embedding-3-large": 3072}
MOST_SIZE = 4_000
OFF = "off"


class UnknownEffort(SystemExit):
    """OPENAI_EFFORT names none that there is; whatever reads it ends with this sentence."""


class NotAModel(SystemExit):
    """OPENAI_MODEL can't be the name of a model; whatever reads it ends with this sentence."""


def model(text: str, *, default: str = "gpt-5.6-terra") -> str:
    """The name of the model in a setting; an empty one means the default."""
    text = text.strip() or default
    if not MODEL.fullmatch(text):
        raise NotAModel(
            f"OPENAI_MODEL={text} can't be the name of a model. Leave it out or write one, like "
            f"OPENAI_MODEL={default}."
        )
    return text


def effort(text: str, *, default: str = "low") -> str:
    """How long the model thinks; an empty setting means the default."""
    text = text.strip().lower() or default
    if text not in EFFORTS:
        raise UnknownEffort(
            f"OPENAI_EFFORT={text} is none with which the model can search the web. Leave it out "
            f"or write one of {', '.join(EFFORTS)}."
        )
    return text


def max_output_tokens(text: str) -> int:
    """How many tokens one answer may take; thoughts count, and an answer that is cut is lost."""
    return number("OPENAI_MAX_OUTPUT_TOKENS", text, default=20_000, least=20_000, most=128_000)


def deadline_seconds(text: str) -> int:
    """How long one answer is waited for."""
    return number("OPENAI_DEADLINE_SECONDS", text, default=240, least=30, most=3_600)


def max_tool_calls(text: str) -> int:
    """How many searches and pages one answer may take together."""
    return number("OPENAI_MAX_TOOL_CALLS", text, default=10, most=100)


def embedding_model(text: str, *, default: str = "text-embedding-3-small") -> tuple[str, int]:
    """The model that turns texts into vectors, and of how many numbers; "" and 0 for “off”."""
    text = text.strip() or default
    if text.lower() == OFF:
        return "", 0
    name, _, size = text.partition(":")
    many = int(size) if size.isascii() and size.isdigit() else 0 if size else SIZES.get(name, 0)
    if not MODEL.fullmatch(name) or not 1 <= many <= MOST_SIZE:
        raise NotAModel(
            f"OPENAI_EMBEDDING_MODEL={text} is no model of which the size is known. Leave it out, "
            f"write off, or write one like OPENAI_EMBEDDING_MODEL={default}, or with its size, "
            "like nomic-embed-text:768."
        )
    return name, many
