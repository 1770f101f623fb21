"""AI web search: a model that searches the web is asked place by place, in waves, side by side."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path

from django.utils import timezone

from campaigns.criteria import Criteria
from campaigns.discovery.contract import KEYWORDS, SECTORS, SIZE
from campaigns.discovery.live import (
    Asking,
    Brief,
    LiveSource,
    NotYet,
    Question,
    Quote,
    Reply,
    Unanswerable,
)
from campaigns.discovery.web import answer, asked, planning, resembled
from campaigns.kinds import Kind
from crm.ai import ai
from crm.credits.prices import NoPrice
from crm.tenants.models import Tenant

FOLDER = Path(answer.__file__).parent
FIND, CHECK = "find.md", "check.md"
# What a question takes, of the vendor's seconds.
SECONDS = (60, 180)
# So many waves, as a rule; each as long as its slowest question.
USUAL_WAVES = 3


class OpenAIWeb(LiveSource):
    slug = "openai_web"
    label = "AI web search"
    costs = True
    tells_size = True
    understands = frozenset({KEYWORDS, SECTORS, SIZE})
    service = "openai"
    action = "web_question"

    def serves(self, kind: Kind) -> bool:
        return True

    def charge(self) -> int:
        try:
            return ai.most()
        except NoPrice:
            return 0

    def quote(self, tenant: Tenant, wanted: Criteria) -> Quote:
        most = planning.most_questions(wanted)
        usual = min(most, max(1, ceil(wanted.max_results / planning.LEADS_PER_QUESTION)))
        at_once = min(usual, planning.MOST_AT_ONCE)
        waves = max(1, ceil(usual / at_once)) + 1
        expects = (min(most * 2, wanted.max_results * 6 // 10), wanted.max_results)
        if asked.is_check(wanted.kind):
            names = len(asked.names(wanted))
            return Quote(most, most * self.charge(), SECONDS, (names // 2, names), _CHECKED)
        seconds = (SECONDS[0] * waves, SECONDS[1] * (waves + 1))
        return Quote(most, most * self.charge(), seconds, expects, _FOUND)

    def plan(self, brief: Brief) -> Sequence[Question]:
        return planning.plan(brief)

    def ask(self, asking: Asking) -> Reply | NotYet:
        if asking.key is None:
            raise Unanswerable("There is no key for AI web search.")
        try:
            if asking.ticket:
                return self._look(asking, asking.ticket)
            return self._send(asking)
        except ai.NoAnswer as none:
            raise Unanswerable(str(none), cost_micros=none.cost_micros) from none

    def _send(self, asking: Asking) -> NotYet:
        assert asking.key is not None
        data = dict(asking.question.asked)
        prompt = CHECK if asked.is_check(asking.wanted.kind) else FIND
        started = ai.ask(
            asking.key,
            prompt=ai.Prompt.read(FOLDER / prompt),
            given=asked.given(asking.wanted, data, resembled=resembled.read(asking.wanted)),
            schema=answer.SCHEMA,
            name="organisations",
            city=data.get("city") or None,
            metadata=asking.metadata,
        )
        asking.keep(started.response_id)
        return self._not_yet(asking)

    def _look(self, asking: Asking, ticket: str) -> Reply | NotYet:
        assert asking.key is not None
        told = ai.look(asking.key, ticket, schema=answer.SCHEMA, started_at=asking.since)
        if isinstance(told, ai.Pending):
            return self._not_yet(asking)
        seen = answer.read(told)
        unproven = sum(not each.pages for each in seen)
        return Reply(
            seen, cost_micros=told.cost_micros, said=told.kept() | {"without_page": unproven}
        )

    def _not_yet(self, asking: Asking) -> NotYet:
        now = timezone.now()
        then = ai.next_look(asking.since or now, now)
        return NotYet(max(0.05, (then - now).total_seconds()))


_FOUND = (
    "Asked place by place until the number is reached, what you confirm is used up, or nothing new"
    " comes back."
)
_CHECKED = "A few of the companies that you name in each question."
