"""What a crawl may still take: time, requests, bytes."""

import time

from django.conf import settings

from crm.outside import clock
from enrichment.crawling.contract import Fetched, Kind, Limits

# However fast the vendors' clock runs, our own work takes its time.
LEAST_SECONDS = 20.0
# Nothing comes of a page that has less.
WORTH_BEGINNING = 0.5


class Budget:
    """`pages` and `bytes` are those that are left."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.pages, self.bytes = limits.pages, limits.bytes
        self._ends = time.monotonic() + clock.real(limits.seconds, least=LEAST_SECONDS)

    @property
    def seconds(self) -> float:
        """Those that are left, on the vendors' clock."""
        return (self._ends - time.monotonic()) * settings.VENDOR_CLOCK

    @property
    def is_spent(self) -> bool:
        """Whether no further page may be begun."""
        return self.pages <= 0 or self.bytes <= 0 or self.is_late

    @property
    def is_late(self) -> bool:
        return self.seconds < WORTH_BEGINNING

    def asks(self, kind: Kind) -> None:
        """Count a request that is made."""
        self.pages -= kind is not Kind.RULES

    def has(self, found: Fetched) -> None:
        """Count what came."""
        self.bytes -= len(found.content)

    def wait(self, seconds: float) -> bool:
        """Wait so long, if that leaves any time; say whether it does."""
        if self.seconds - seconds < WORTH_BEGINNING:
            return False
        if seconds > 0:
            time.sleep(clock.real(seconds))
        return True
