"""Calls a vendor: at its pace, in limited time, as often as its row of reactions allows."""

import json as json_text
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from requests import Request

from crm.outside import breaker, clock, leaving, pace, reacting, redaction, waiting, where
from crm.outside.aside import aside
from crm.outside.breaker import Standing
from crm.outside.errors import Away, Forbidden, Later, NotReadable, Outside, TooBig
from crm.outside.exchange import AGENT, Broken, Limits, Reply, exchange
from crm.outside.key import Key
from crm.outside.service import Reaction, Rule
from crm.outside.services import SERVICES
from crm.work import tally

logger = logging.getLogger("crm.http")
# Our side of a call gets no faster with a vendor's clock.
LEAST = 5.0
# Seconds that a call waits in place because the vendor says so; longer waits are the caller's.
PATIENCE = 5.0
SLOW_DOWN = {403, 429}


@dataclass(frozen=True)
class Answer:
    """What a vendor answered: always well, and in JSON where it says anything."""

    status: int
    seconds: float
    said: Any = field(repr=False)

    def json(self) -> Any:
        return self.said


class Asking:
    """One call with all its tries."""

    def __init__(self, key: Key, request: Request, path: str, deadline: float, once: bool) -> None:
        self.service = SERVICES[key.service]
        self.key = key
        self.request = request
        self.path = path
        self.once = once
        self.ends = time.monotonic() + deadline
        self.tries = 0

    def answer(self) -> Answer:
        """Try until there is an answer, or an error that says why there is none."""
        allowed = where.vendor(self.service)
        while True:
            found = breaker.check(self.key)
            patience = min(clock.real(pace.PATIENCE), self.left())
            if pace.take(self.service, self.key, self.path, patience=patience):
                # They may have asked another call to be left alone meanwhile.
                found = breaker.check(self.key)
            breaker.enter(self.key, found)
            if self.once:
                leaving.now()
            self.tries += 1
            outcome = self._send(allowed)
            if isinstance(outcome, Broken):
                pause = self._broken(outcome)
            else:
                answer = self._read(outcome, found)
                if isinstance(answer, Answer):
                    return answer
                pause = answer
            time.sleep(pause)

    def left(self) -> float:
        return max(0.0, self.ends - time.monotonic())

    def _send(self, allowed: where.Allowed) -> Reply | Broken:
        limits = Limits(
            connect=clock.real(self.service.connect, least=LEAST),
            read=clock.real(self.service.read, least=LEAST),
            total=self.left(),
            most_bytes=self.service.most_bytes,
        )
        began = time.monotonic()
        end: Reply | Broken | Outside
        try:
            end = exchange(self.request, limits, allowed=allowed, is_fresh=self.once)
        except (Broken, Outside) as error:
            end = error
        seconds = time.monotonic() - began
        self._write_down(end, seconds)
        if isinstance(end, Outside):
            self._stopped(end)
        return end

    def _write_down(self, end: Reply | Broken | Outside, seconds: float) -> None:
        status = str(end.status) if isinstance(end, Reply) else str(end)
        shown = redaction.shown(self.path, self.request.params, self.key.secret)
        line = "%s %s %s: %s in %.2f s, try %d"
        method = self.request.method
        logger.info(line, self.service.label, method, shown, status, seconds, self.tries)
        failed = not isinstance(end, Reply) or end.status >= 500
        tally.call(self.service.slug, seconds=seconds, failed=failed)

    def _stopped(self, error: Outside) -> NoReturn:
        """What we ourselves ended says that the service is there, unless its name is gone."""
        if isinstance(error, TooBig | Forbidden):
            raise error
        self._fail(f"The host of {self.service.label} could not be found.")
        raise Away(f"The host of {self.service.label} could not be found.", was_sent=False)

    def _broken(self, broken: Broken) -> float:
        why = f"{self.service.label} {broken.why}."
        self._fail(why)
        if self.once and broken.was_sent:
            raise Away(why, was_sent=True)
        return self._pause(None, Away(self._tried(why), was_sent=broken.was_sent))

    def _read(self, reply: Reply, found: Standing) -> Answer | float:
        """Give the answer, or the seconds until the next try."""
        if 300 <= reply.status < 400:
            raise Forbidden(
                f"{self.service.label} wants to be called elsewhere, and its key is not taken "
                f"there. Look at {self.service.base_setting}."
            )
        rule = reacting.rule(self.service, reply)
        if rule is None:
            return self._readable(reply, found)
        if rule.reaction is Reaction.RETRY:
            return self._retry(reply, rule)
        self._answered(found)
        if rule.reaction is Reaction.WAIT:
            return self._wait(reply, rule)
        raise reacting.final(self.service, self.key, reply, rule)

    def _readable(self, reply: Reply, found: Standing) -> Answer | float:
        try:
            said = _parsed(reply)
        except (ValueError, RecursionError):
            why = f"{self.service.label} sent something that is not the JSON it promises."
            self._fail(why)
            error = NotReadable(self._tried(why))
        else:
            self._answered(found)
            return Answer(reply.status, reply.seconds, said)
        if self.once:
            raise error
        return self._pause(None, error)

    def _retry(self, reply: Reply, rule: Rule) -> float:
        asked = waiting.asked(reply.headers)
        why = f"{self.service.label} answers with an error of its own ({reply.status})."
        was_not_done = reply.status in SLOW_DOWN
        if was_not_done:
            why = f"{self.service.label} wants to be called less often."
            asked = rule.wait if asked is None else asked
        self._fail(why)
        if self.once and not was_not_done:
            raise Away(why, was_sent=True)
        if asked is not None and asked > PATIENCE:
            self._later(asked, why)
        if was_not_done:
            return self._pause(asked, Later(clock.from_now(breaker.FIRST), why))
        return self._pause(asked, Away(self._tried(why), was_sent=True))

    def _wait(self, reply: Reply, rule: Rule) -> float:
        asked = waiting.asked(reply.headers)
        seconds = max(rule.wait if asked is None else asked, 0.1)
        why = f"{self.service.label} wants to be left alone for a while ({reply.status})."
        here = clock.real(seconds)
        if seconds > PATIENCE or here > self.left() or self.tries >= self.service.tries:
            self._later(seconds, why)
        return here

    def _later(self, seconds: float, why: str) -> NoReturn:
        until = clock.from_now(seconds)
        with aside("until when to wait"):
            breaker.hold(self.key, until, why)
        raise Later(until, why)

    def _pause(self, asked: float | None, error: Outside) -> float:
        """Give the seconds before the next try, or raise the error where there is none."""
        seconds = clock.real(max(waiting.pause(self.tries - 1), asked or 0.0))
        if self.tries >= self.service.tries or seconds >= self.left():
            raise error
        return seconds

    def _answered(self, found: Standing) -> None:
        with aside("an answer"):
            breaker.answered(self.key, found)

    def _fail(self, why: str) -> None:
        with aside("a failure"):
            breaker.failed(self.key, why)

    def _tried(self, why: str) -> str:
        return why if self.tries == 1 else f"{why} It was tried {self.tries} times."


def call(
    key: Key,
    method: str,
    path: str,
    *,
    query: Mapping[str, Any] | None = None,
    json: Any = None,
    headers: Mapping[str, str] | None = None,
    deadline: float | None = None,
    repeatable: bool = True,
) -> Answer:
    """Ask a vendor with this key; raises what `crm.outside.errors` holds.

    `path` begins with a slash, and what comes from people is quoted in it. `deadline` are seconds
    for everything, waiting included. What costs money is not `repeatable`: it is sent once, and
    again only where the vendor surely has not done it.
    """
    pace.outside_transactions()
    service = SERVICES[key.service]
    if not path.startswith("/") or any(each in path for each in "?#\\ \r\n") or ".." in path:
        raise ValueError(f"{path} is no path of {service.label}.")
    request = Request(
        method,
        service.url + path,
        params={**(query or {}), **service.key_query(key.secret)},
        data=None if json is None else json_text.dumps(json, allow_nan=False).encode(),
        headers={
            "User-Agent": AGENT,
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            **({} if json is None else {"Content-Type": "application/json"}),
            **(headers or {}),
            **service.key_header(key.secret),
        },
    )
    seconds = clock.real(deadline or service.deadline, least=LEAST)
    return Asking(key, request, path, seconds, not repeatable).answer()


def _parsed(reply: Reply) -> Any:
    if not reply.content.strip():
        return None
    if "json" not in reply.kind:
        raise ValueError(reply.kind)
    return json_text.loads(reply.content, parse_constant=_no_number)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
