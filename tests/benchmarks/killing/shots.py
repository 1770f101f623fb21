"""When somebody is killed, and who."""

import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from tests.benchmarks.killing.progress import Look
from tests.benchmarks.killing.roles import ROLES, Roles, Victims


@dataclass(frozen=True)
class Shot:
    role: str
    process: int


class Deck:
    """All roles in an order by chance, again and again, so that none is left out."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.left: list[str] = []

    def shuffled(self) -> list[str]:
        """Give the roles in the order in which to try them; whoever is hit is `taken`."""
        if not self.left:
            self.left = self.chance.sample(ROLES, len(ROLES))
        others = [role for role in ROLES if role not in self.left]
        return [*self.left, *self.chance.sample(others, len(others))]

    def taken(self, role: str) -> None:
        if role in self.left:
            self.left.remove(role)


class Shots:
    """The kills of one run: each is due up to `late` seconds after the run has found so many.

    Progress shows when a piece is committed; a moment later, any point of the next one may be hit.
    Who is killed the deck decides, unless `wanted` says so.
    """

    def __init__(
        self,
        roles: Roles,
        deck: Deck,
        after: list[int],
        *,
        late: float,
        wanted: Iterable[str] = (),
    ) -> None:
        self.roles, self.deck, self.chance = roles, deck, deck.chance
        self.after, self.late, self.wanted = sorted(after), late, list(wanted)
        self.moments: list[float] = []

    def due(self, look: Look | None, now: float) -> Shot | None:
        """Kill whom this moment (in seconds) brings, one at a time; give what was hit."""
        while look is not None and self.after and self.after[0] <= look.found:
            self.after.pop(0)
            self.moments.append(now + self.chance.uniform(0, self.late))
        first = min(self.moments, default=now + 1)
        shot = self._shoot(look.holder if look else "") if first <= now else None
        if shot is not None:
            self.moments.remove(first)
        return shot

    def _shoot(self, holder: str) -> Shot | None:
        victims = self.roles.now(holder)
        # One that was asked for is waited for; by chance, somebody is there at any moment.
        for role in self.wanted[:1] or self.deck.shuffled():
            process = self._kill(victims[role])
            if process:
                self.deck.taken(role)
                del self.wanted[:1]
                return Shot(role, process)
        return None

    def _kill(self, victims: Victims) -> int:
        """Kill one of them; give its number, or 0 if nobody was there."""
        if not victims.numbers:
            return 0
        process = self.chance.choice(victims.numbers)
        try:
            (os.killpg if victims.is_group else os.kill)(process, signal.SIGKILL)
        except ProcessLookupError:
            return 0
        return process
