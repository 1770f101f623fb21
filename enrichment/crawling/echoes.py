"""Pages that were there before under another address: what a website says of all it has not."""

from hashlib import blake2b

from enrichment.crawling.contract import Fetched

# Days, counts and how a page is set say nothing of which one it is.
VARYING = b"0123456789 \t\r\n"


class Echoes:
    """Remembers what was read."""

    def __init__(self) -> None:
        self._heard: set[bytes] = set()

    def hears(self, page: Fetched) -> bool:
        """Take note of a page; say whether the same was there before."""
        print_ = fingerprint(page)
        was_heard = print_ in self._heard
        self._heard.add(print_)
        return was_heard


def fingerprint(page: Fetched) -> bytes:
    """Give what a page shares with one that says the same elsewhere."""
    return blake2b(page.content.translate(None, VARYING), digest_size=16).digest()
