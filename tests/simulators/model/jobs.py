"""Responses: asked, thought about for a while, and kept for those who come back."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.model import question, writing
from tests.simulators.model.answering import MOST, Manners, answer
from tests.simulators.model.checks import SEARCHES
from tests.simulators.model.filling import Answer, Filling
from tests.simulators.model.knowledge import Knowledge
from tests.simulators.model.writing import Order, Written
from tests.simulators.world.draw import Draw

ENOUGH_TOKENS = 2_000  # a search with fewer does not come to its end
TOKENS_PER_FINDING = 220
KEPT = 20_000
FINAL = ("completed", "failed", "incomplete", "cancelled")


@dataclass
class Job:
    """One response from its creation on. Its state follows from the time."""

    id: str
    body: dict[str, Any]
    model: str  # with its date
    created: float
    seed: int
    knowledge: Callable[[], Knowledge]
    fault: str = ""  # how a test lets it end
    gullible: bool = False
    cancelled_at: float | None = None
    _written: Written | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        draw = Draw(self.seed, "time", self.id)
        self.waits = 1 + draw.number(300) / 100
        self.takes = 60 + draw.number(121) if self.searches else 4 + draw.number(9)

    @property
    def tools(self) -> list[dict[str, Any]]:
        return self.body.get("tools") or []

    @property
    def searches(self) -> bool:
        wanted = any(tool.get("type") in SEARCHES for tool in self.tools)
        return wanted and self.body.get("tool_choice") != "none"

    @property
    def ends(self) -> float:
        return self.created + self.takes

    def status(self, now: float) -> str:
        if self.cancelled_at is not None and self.cancelled_at < self.ends:
            return "cancelled"
        if now < self.created + self.waits and self.body.get("background"):
            return "queued"
        if now < self.ends or self.fault == "stuck":
            return "in_progress"
        if self.fault == "failed":
            return "failed"
        if self.fault in ("incomplete", "content-filter") or self.too_short():
            return "incomplete"
        return "completed"

    def too_short(self) -> bool:
        """Whether the tokens allowed run out before the answer is done."""
        most = self.body.get("max_output_tokens")
        if most is None or most >= ENOUGH_TOKENS:
            return False
        return self.searches or most < self.whole().usage["output_tokens"]

    def order(self) -> Order:
        body = self.body
        form = (body.get("text") or {}).get("format") or {}
        include = body.get("include") or []
        return Order(
            id=self.id.removeprefix("resp_"),
            schema=form.get("schema"),
            free_json=form.get("type") == "json_object",
            searched=self.searches and body.get("max_tool_calls") != 0,
            searches_at_most=body.get("max_tool_calls") or 8,
            cites=self.fault != "no-citations",
            sealed="reasoning.encrypted_content" in include,
            effort=(body.get("reasoning") or {}).get("effort") or "medium",
            seed=self.seed,
            obeys=self.gullible or self.fault == "gullible",
        )

    def manners(self) -> Manners:
        domains: list[str] = []
        for tool in self.tools:
            domains += (tool.get("filters") or {}).get("allowed_domains") or []
        schema = self.order().schema
        room = (self.body.get("max_output_tokens") or 100_000) - 1_500
        return Manners(
            searched=self.order().searched,
            domains=tuple(domains),
            gullible=self.gullible or self.fault == "gullible",
            only_fakes=self.fault == "only-fakes",
            single=schema is not None and not Filling(schema, Answer()).several,
            quotes=schema is not None and Filling(schema, Answer()).quotes,
            free=schema is None,
            tells_news=schema is not None and Filling(schema, Answer()).tells_news,
            at_most=max(1, min(MOST, room // TOKENS_PER_FINDING)),
            seed=self.seed,
        )

    def whole(self) -> Written:
        """The answer in full, thought of once."""
        with self._lock:
            if self._written is None:
                asked = question.read(
                    texts(self.body.get("instructions")), texts(self.body["input"]), self.tools
                )
                found = answer(asked, self.knowledge(), self.manners())
                self._written = writing.write(self.order(), asked, found)
            return self._written

    def outcome(self, status: str) -> Written:
        """What can be read of it in this state."""
        if status not in ("completed", "incomplete"):
            return Written()
        whole = self.whole()
        if self.fault == "refusal":
            item = writing.refusal(self.order())
            return Written([item], "", 0, whole.usage)
        if status == "incomplete":
            most = self.body.get("max_output_tokens") or whole.usage["output_tokens"] // 2
            return writing.cut(self.order(), whole, most)
        return whole


def texts(given: Any) -> str:
    """All text in instructions or input, however it is wrapped."""
    if isinstance(given, str):
        return given
    if isinstance(given, list):
        return "\n".join(filter(None, map(texts, given)))
    if isinstance(given, dict):
        return texts(given.get("content") or given.get("text") or given.get("output") or "")
    return ""


class Jobs:
    """The responses kept, the oldest forgotten when they are too many."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._made = 0

    def new_id(self, seed: int) -> str:
        with self._lock:
            self._made += 1
            draw = Draw("response", seed, self._made)
        return "resp_" + "".join(f"{draw.number(1 << 16):04x}" for _ in range(12))

    def keep(self, job: Job) -> None:
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                del self._jobs[next(iter(self._jobs))]

    def find(self, id: str) -> Job | None:
        with self._lock:
            return self._jobs.get(id)

    def drop(self, id: str) -> None:
        with self._lock:
            self._jobs.pop(id, None)
