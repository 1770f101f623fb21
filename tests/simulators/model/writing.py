"""The output items of a response: reasoning, searches, and the message with its citations."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.simulators.model import analysing, answering
from tests.simulators.model.filling import Answer, Filling
from tests.simulators.model.question import Question
from tests.simulators.world.draw import Draw

Item = dict[str, Any]
MARK = "utm_source=openai"  # what the vendor adds to many of the addresses it cites
CHARACTERS_PER_TOKEN = 4
TOKENS_READ_PER_SEARCH = 2_600
PAGES_PER_SEARCH = 12


@dataclass
class Order:
    """What a request says on the form of its answer."""

    id: str  # the part that the ids of its items share
    schema: dict[str, Any] | None = None
    free_json: bool = False
    searched: bool = True
    searches_at_most: int = 8
    cites: bool = True
    sealed: bool = False  # reasoning items carry their encrypted content
    effort: str = "medium"
    seed: int = 0
    obeys: bool = False  # it does what the texts that it is given order


@dataclass
class Written:
    """A finished answer."""

    items: list[Item] = field(default_factory=list)
    text: str = ""
    searches: int = 0
    usage: dict[str, Any] = field(default_factory=dict)


def write(order: Order, question: Question, answer: Answer) -> Written:
    """Put an answer on paper the way the vendor does."""
    draw = Draw(order.id)
    pages = answering.pages_seen(answer, question) if order.cites else []
    items = search_items(order, answer, pages, draw) if order.searched else []
    if order.schema is not None and analysing.is_asked(order.schema):
        said = analysing.answer(order.schema, question.given, order.seed, order.obeys)
        text = json.dumps(said, ensure_ascii=False)
        spans: list[tuple[int, int, str]] = []
    else:
        text, spans = worded(order, answer)
    searches = sum(item["type"] == "web_search_call" for item in items)
    annotations = [cited(span, draw) for span in spans] if order.searched and order.cites else []
    thinks = items or order.effort not in ("none", "minimal")
    last = [reasoning(order, len(items))] if thinks else []
    return Written(
        [*items, *last, message(order, text, annotations)],
        text,
        searches,
        usage(order, question, text, searches, draw),
    )


def worded(order: Order, answer: Answer) -> tuple[str, list[tuple[int, int, str]]]:
    """The text, and where it cites which page."""
    if order.schema is not None:
        text = json.dumps(Filling(order.schema, answer).value(), ensure_ascii=False)
    elif order.free_json:
        facts = [{"name": one.name, **one.facts} for one in answer.findings]
        text = json.dumps({"organisations": facts, "notes": answer.remark}, ensure_ascii=False)
    else:
        return answering.prose(answer)
    return text, answering.cited_in(text, answer)


def search_items(order: Order, answer: Answer, pages: list[str], draw: Draw) -> list[Item]:
    """Searches that brought the pages up, and some of the pages opened; reasoning between."""
    queries = answer.searches or ["companies"]
    rounds = max(1, min(order.searches_at_most, max(2, -(-len(pages) // PAGES_PER_SEARCH))))
    found = [
        search(order, at, queries[at % len(queries) :][:3], pages[at::rounds])
        for at in range(rounds)
    ]
    spare = max(0, min(order.searches_at_most - rounds, len(pages), 1 + draw.number(3)))
    opened = [{"type": "open_page", "url": pages[draw.number(len(pages))]} for _ in range(spare)]
    actions = [*found, *opened]
    items = []
    for at, action in enumerate(actions):
        call = {"id": f"ws_{order.id}{at:02d}", "type": "web_search_call", "status": "completed"}
        items += [reasoning(order, at), {**call, "action": action}]
    return items


def search(order: Order, at: int, queries: list[str], pages: list[str]) -> Item:
    return {
        "type": "search",
        "query": queries[0],
        "queries": queries,
        "sources": [{"type": "url", "url": url} for url in pages],
    }


def reasoning(order: Order, at: int) -> Item:
    item: Item = {"id": f"rs_{order.id}{at:02d}", "type": "reasoning", "summary": []}
    if order.sealed:
        item["encrypted_content"] = f"gAAAAA{Draw(order.id, at).number(1 << 30):x}"
    return item


def message(order: Order, text: str, annotations: list[Item], status: str = "completed") -> Item:
    content = {"type": "output_text", "annotations": annotations, "logprobs": [], "text": text}
    return {
        "id": f"msg_{order.id}",
        "type": "message",
        "status": status,
        "content": [content],
        "phase": "final_answer",
        "role": "assistant",
    }


def refusal(order: Order) -> Item:
    item = message(order, "", [])
    return item | {
        "content": [{"type": "refusal", "refusal": "I'm sorry, but I can't help with that."}]
    }


def cited(span: tuple[int, int, str], draw: Draw) -> Item:
    start, end, url = span
    marked = f"{url}{'&' if '?' in url else '?'}{MARK}" if draw.chance(0.5) else url
    return {
        "type": "url_citation",
        "start_index": start,
        "end_index": end,
        "title": urlsplit(url).hostname or url,
        "url": marked,
    }


def tokens(text: str) -> int:
    return -(-len(text) // CHARACTERS_PER_TOKEN)


def usage(order: Order, question: Question, text: str, searches: int, draw: Draw) -> dict[str, Any]:
    """What is counted; pages read are input, thinking is output."""
    read = tokens(question.text) + searches * (TOKENS_READ_PER_SEARCH + draw.number(1_500))
    cached = read * draw.number(40) // 100 // 128 * 128 if read > 1_024 else 0
    depth = {"none": 0, "minimal": 0, "low": 1, "medium": 2, "high": 4, "xhigh": 6, "max": 9}
    least = 1_400 if order.searched else 0
    thought = depth.get(order.effort, 2) * (64 * (4 + draw.number(5))) + least
    thought = 0 if order.effort in ("none", "minimal") else thought // 64 * 64
    written = tokens(text)
    return {
        "input_tokens": read,
        "input_tokens_details": {"cached_tokens": cached, "cache_write_tokens": 0},
        "output_tokens": written + thought,
        "output_tokens_details": {"reasoning_tokens": thought},
        "total_tokens": read + written + thought,
    }


def cut(order: Order, written: Written, most: int) -> Written:
    """The answer of one who ran out of tokens: often while still thinking, else in mid-word."""
    thought = min(written.usage["output_tokens_details"]["reasoning_tokens"], most)
    room = (most - thought) * CHARACTERS_PER_TOKEN
    items = [item for item in written.items if item["type"] != "message"]
    text = written.text[: min(room, len(written.text) * 2 // 3)]
    if text:
        items.append(message(order, text, [], "incomplete"))
    counted = written.usage
    usage = counted | {
        "output_tokens": most,
        "output_tokens_details": {"reasoning_tokens": thought},
        "total_tokens": counted["input_tokens"] + most,
    }
    return Written(items, text, written.searches, usage)
