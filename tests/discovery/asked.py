"""Sees a live source through its waves, as a run does, and keeps what it told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import sleep
from typing import Any

from campaigns import criteria, kinds
from campaigns.discovery.live import Asking, Brief, Earlier, LiveSource, Question, Reply, Seen
from crm.outside.errors import Later
from crm.outside.key import Key
from tests.people import Cast

WAVES = 400


@dataclass
class Story:
    """`seen` is everything in the order in which it was told."""

    seen: list[Seen] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    waves: list[int] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        return [each.key for each in self.seen]

    @property
    def asked(self) -> list[str]:
        return [each.key for each in self.earlier]

    def left_out(self, why: str) -> int:
        return sum(reply.said.get("left_out", {}).get(why, 0) for reply in self.replies)


@dataclass
class Asker:
    """A source with the key by which it asks."""

    source: LiveSource
    key: Key | None
    cast: Cast

    def ask(self, wanted: criteria.Criteria, question: Question) -> Reply:
        asking = Asking(
            tenant=self.cast.tenant,
            wanted=wanted,
            target=wanted.target(),
            key=self.key,
            question=question,
            ticket="",
            since=None,
            metadata={},
            keep=lambda _: None,
        )
        for _ in range(200):
            try:
                reply = self.source.ask(asking)
            except Later:
                sleep(0.01)
                continue
            assert isinstance(reply, Reply)
            return reply
        raise AssertionError("its time never comes")

    def plan(
        self,
        wanted: criteria.Criteria,
        earlier: Sequence[Earlier] = (),
        *,
        missing: int | None = None,
        most: int = 1_000,
    ) -> Sequence[Question]:
        return self.source.plan(
            Brief(
                tenant=self.cast.tenant,
                wanted=wanted,
                target=wanted.target(),
                missing=wanted.max_results if missing is None else missing,
                most=most,
                earlier=earlier,
                known=lambda _: (),
            )
        )

    def see_through(
        self, wanted: criteria.Criteria, *, enough: int | None = None, story: Story | None = None
    ) -> Story:
        """Go on until nothing is planned any more, or as many as that are found."""
        story = story or Story()
        known = set(story.keys)
        for wave in range(len(story.waves), len(story.waves) + WAVES):
            missing = wanted.max_results if enough is None else enough - len(known)
            waiting = list(self.plan(wanted, story.earlier, missing=missing))
            if not waiting:
                return story
            story.waves.append(len(waiting))
            while waiting:
                question = waiting.pop(0)
                assert question.key not in story.asked, f"{question.key} is asked twice"
                reply = self.ask(wanted, question)
                fresh = {each.key for each in reply.seen} - known
                known |= fresh
                story.seen += reply.seen
                story.replies.append(reply)
                told = len(reply.seen)
                done = Earlier(question.key, question.asked, wave, told, len(fresh))
                story.earlier.append(done)
                waiting += reply.more
        raise AssertionError("there is no end to it")


def wanted(kind: str, postcode: str = "LE1 1AA", miles: int = 15, **more: Any) -> criteria.Criteria:
    given = {"max_results": 500} | more
    return criteria.check(kinds.get(kind), postcode=postcode, miles=miles, **given)
