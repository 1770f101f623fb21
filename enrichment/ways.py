"""How a value can come to be known, and how sure each way makes it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """`sureness` is our own judgement of such evidence alone, 0 to 1; `half_life` is not part of
    it, since that depends on the field."""

    slug: str
    label: str
    sureness: float


WAYS = {
    way.slug: way
    for way in (
        Way("person", "A person wrote it", 1.0),
        Way("register", "An official register", 0.97),
        Way("accounts", "Filed accounts", 0.96),
        Way("checked", "Asked the server that would know", 0.95),
        Way("machine_data", "The website's own data for machines", 0.9),
        Way("link", "A link on the website", 0.9),
        Way("page", "Words on the website", 0.85),
        Way("decoded", "Hidden from robots on the website", 0.85),
        Way("provider_checked", "A data provider that has checked it", 0.85),
        Way("provider", "A data provider", 0.7),
        Way("cited", "A page of the web that was cited", 0.65),
        Way("read_by_model", "A language model's reading, with its quote", 0.6),
        Way("unproven", "Found by AI web search; the page does not prove it", 0.35),
        Way("guess", "A guess by the pattern of others", 0.3),
    )
}
# What is told in these alone waits for a person to decide.
ONLY_PROPOSED = frozenset({"unproven", "guess"})
