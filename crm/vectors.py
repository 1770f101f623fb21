"""How texts become vectors and where those are kept, as the settings say.

What will not do ends the start with a sentence.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from crm.ai import options

STORES = ("pgvector", "qdrant", "off")
QDRANT = "http://127.0.0.1:6333"


class NotUnderstood(SystemExit):
    """A setting is none that can be used; whatever reads it ends with this sentence."""


def read(env: Callable[..., str]) -> tuple[tuple[str, int], str, str]:
    """Give the model of embeddings with its size, the store, and the address of Qdrant."""
    model = options.embedding_model(env("OPENAI_EMBEDDING_MODEL", default=""))
    kept_in = store(env("VECTORS", default=""))
    return model, kept_in, qdrant_url(env("QDRANT_URL", default=""))


def store(text: str) -> str:
    """Where vectors are kept; an empty setting means the database itself."""
    text = text.strip().lower() or STORES[0]
    if text not in STORES:
        raise NotUnderstood(
            f"VECTORS={text} is no store of vectors. Leave it out or write one of "
            f"{', '.join(STORES)}."
        )
    return text


def qdrant_url(text: str) -> str:
    """Where Qdrant answers."""
    text = text.strip().rstrip("/") or QDRANT
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one:
        raise NotUnderstood(
            f"QDRANT_URL={text} is no address. Leave it out or write one, like QDRANT_URL={QDRANT}."
        )
    return text
