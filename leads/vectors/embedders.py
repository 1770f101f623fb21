"""What turns texts into vectors: our own, or OpenAI's where a company has a key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from crm.ai import embeddings
from crm.keys import keys
from crm.outside.key import Key
from crm.tenants.models import Tenant
from leads.vectors.port import Vector
from scoring.closeness import lexical
from scoring.closeness.likeness import Scale

SERVICE = "openai"
# Of our own: the mean of all pairs of 574 companies of the register, and a little less than twins.
LEXICAL = Scale(0.08, 0.95)
# To it short texts about companies are never quite unlike, nor alike. Not measured.
OPENAI = Scale(0.2, 0.8)


@dataclass(frozen=True)
class Made:
    """A vector per text, None of one that says nothing; what they cost, and in tokens."""

    vectors: list[Vector | None]
    tokens: int = 0
    cost_micros: int = 0


class Embedder(Protocol):
    """`name` stands with each vector; `most` and `most_letters` are what is taken at once."""

    name: str
    scale: Scale
    most: int
    most_letters: int
    key: Key | None

    def embed(self, texts: Sequence[str]) -> Made:
        """Turn these into vectors; raises what `crm.outside.errors` holds."""

    def cost(self, letters: int) -> int:
        """Say what so many letters cost at most, in millionths of a pound."""


class Lexical:
    """Needs nobody."""

    name = f"{lexical.MODEL}:{lexical.SIZE}"
    scale = LEXICAL
    most = 500
    most_letters = 2_000_000
    key: Key | None = None

    def embed(self, texts: Sequence[str]) -> Made:
        """Turn these into vectors here."""
        return Made([lexical.embed(text) for text in texts])

    def cost(self, letters: int) -> int:
        return 0


class OpenAI:
    """The vendor's model, by the company's key or the installation's."""

    scale = OPENAI
    most = embeddings.MOST_TEXTS
    most_letters = embeddings.MOST_LETTERS

    def __init__(self, key: Key, model: str, size: int) -> None:
        self.key: Key | None = key
        self.model, self.size = model, size
        self.name = f"{SERVICE}/{model}:{size}"[:80]

    def embed(self, texts: Sequence[str]) -> Made:
        """Ask for those that say something."""
        said = [at for at, text in enumerate(texts) if text.strip()]
        vectors: list[Vector | None] = [None] * len(texts)
        if not said or self.key is None:
            return Made(vectors)
        told = embeddings.embed(self.key, self.model, self.size, [texts[at] for at in said])
        for at, vector in zip(said, told.vectors, strict=True):
            vectors[at] = vector
        return Made(vectors, told.tokens, told.cost_micros)

    def cost(self, letters: int) -> int:
        return embeddings.most(self.model, letters)


def of(tenant: Tenant) -> Embedder:
    """Give the one that a company's organisations are to be embedded with."""
    model, size = settings.OPENAI_EMBEDDING_MODEL
    key = keys.of(tenant, SERVICE) if model else None
    return OpenAI(key, model, size) if key is not None else Lexical()


def scale(name: str) -> Scale:
    """Give the scale of what a model of this name has made."""
    return OPENAI if name.startswith(f"{SERVICE}/") else LEXICAL
