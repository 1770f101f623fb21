"""What is true of an organisation beyond its entry in the world, and what each source says of it.

`of(one)` is what a test compares an enrichment's outcome with.
"""

from tests.simulators.truth.whole import Truth, as_json, of

__all__ = ["Truth", "as_json", "of"]
