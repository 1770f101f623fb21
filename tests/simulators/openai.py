"""OpenAI: responses with web search, background jobs, embeddings and the list of models."""

from typing import Any

from tests.simulators.core import Call, Fault, Handler, Reply, Simulator
from tests.simulators.limits import Window
from tests.simulators.model import catalogue, embedding, showing
from tests.simulators.model.checks import Refused, check, unknown_model
from tests.simulators.model.jobs import FINAL, Job, Jobs, texts
from tests.simulators.model.knowledge import Knowledge, knowledge

PER_MINUTE = 500  # responses created, for each key
VECTORS_PER_MINUTE = 3_000
TOKENS_PER_MINUTE = 500_000  # told in headers, not enforced
QUOTA = (
    "You exceeded your current quota, please check your plan and billing details. For more "
    "information on this error, read the docs: "
    "https://platform.openai.com/docs/guides/error-codes/api-errors."
)
NO_KEY = (
    "You didn't provide an API key. You need to provide your API key in an Authorization header "
    "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
)


def problem(
    status: int, message: str, kind: str, code: str | None = None, param: str | None = None
) -> Reply:
    error = {"message": message, "type": kind, "param": param, "code": code}
    return Reply(status, {"error": error})


class OpenAI(Simulator):
    """Faults of its own: on creating or reading a response `incomplete`, `content-filter`,
    `failed`, `refusal`, `no-citations`, `stuck`, `gullible`, `only-fakes`; on any call
    `insufficient_quota` (or `quota`), `model-off`, `revoked`; on reading `lost`.
    """

    name = "openai"
    latency = 0.2
    gullible = False  # whether the model obeys orders in the texts it is given to read

    def routes(self) -> list[tuple[str, str, Handler]]:
        self.jobs = Jobs()
        self.minute = Window(self.clock, PER_MINUTE, 60)
        self.vector_minute = Window(self.clock, VECTORS_PER_MINUTE, 60)
        return [
            ("POST", "/v1/responses", self.create),
            ("POST", "/v1/responses/input_tokens", self.count),
            ("GET", "/v1/responses/{id}", self.read),
            ("DELETE", "/v1/responses/{id}", self.delete),
            ("POST", "/v1/responses/{id}/cancel", self.cancel),
            ("GET", "/v1/models", self.models),
            ("GET", "/v1/models/{id}", self.model),
            ("POST", "/v1/embeddings", self.embed),
        ]

    def knowledge(self) -> Knowledge:
        """What the model knows."""
        return knowledge(self.seed)

    def warm(self) -> None:
        _ = self.knowledge().names

    # Who may come in.

    def key_of(self, call: Call) -> str:
        kind, _, key = call.headers.get("authorization", "").partition(" ")
        return key.strip() if kind.lower() == "bearer" else ""

    def admit(self, call: Call) -> Reply | None:
        if not call.key:
            return problem(401, NO_KEY, "invalid_request_error")
        if call.key in self.keys.revoked:
            return self.wrong_key(call)
        if call.method != "POST" or call.route not in ("/v1/responses", "/v1/embeddings"):
            return None
        if call.key in self.keys.exhausted:
            return problem(429, QUOTA, "insufficient_quota", "insufficient_quota")
        window = self.minute if call.route == "/v1/responses" else self.vector_minute
        if wait := window.wait(call.key):
            self.tally.breach()
            reply = self.failure(429, call)
            reply.headers["Retry-After"] = str(self.clock.real(wait))
            return reply
        return None

    def wrong_key(self, call: Call) -> Reply:
        message = (
            f"Incorrect API key provided: {'*' * 8}{call.key[-4:]}. You can find your API key at "
            "https://platform.openai.com/account/api-keys."
        )
        return problem(401, message, "invalid_request_error", "invalid_api_key")

    # What goes wrong.

    def failure(self, status: int, call: Call) -> Reply:
        if status == 404:
            message = f"Invalid URL ({call.method} {call.path})"
            return problem(404, message, "invalid_request_error")
        if status == 429:
            message = (
                f"Rate limit reached for requests per min (RPM): Limit {PER_MINUTE}. "
                "Please try again later."
            )
            return problem(429, message, "requests", "rate_limit_exceeded")
        message = "The server had an error while processing your request. Sorry about that!"
        return problem(status, message, "server_error")

    def fault(self, fault: Fault, call: Call) -> Reply | None:
        if fault.kind in ("insufficient_quota", "quota"):
            return problem(429, QUOTA, "insufficient_quota", "insufficient_quota")
        if fault.kind == "revoked":
            return self.wrong_key(call)
        if fault.kind == "model-off":
            return refused(unknown_model((call.json or {}).get("model") or "gpt"))
        return None

    # Responses.

    def create(self, call: Call) -> Reply:
        body = call.json
        try:
            check(body, catalogue.offered(call.at))
        except Refused as reason:
            return refused(reason)
        if body.get("stream"):
            message = "Streaming is not simulated."
            return problem(400, message, "invalid_request_error", None, "stream")
        earlier = body.get("previous_response_id")
        if earlier and not self.jobs.find(earlier):
            message = f"Previous response with id '{earlier}' not found."
            code = "previous_response_not_found"
            return problem(400, message, "invalid_request_error", code, "previous_response_id")
        job = Job(
            id=self.jobs.new_id(self.seed),
            body=body,
            model=catalogue.snapshots()[body["model"]],
            created=self.clock.now(),
            seed=self.seed,
            knowledge=self.knowledge,
            fault=call.fault.kind if call.fault else "",
            gullible=self.gullible,
        )
        if body.get("store") is not False:
            self.jobs.keep(job)
        self.tally.bill("response")
        if not body.get("background"):
            self.clock.sleep(job.ends - self.clock.now())
        return self.shown(job, call)

    def read(self, call: Call) -> Reply:
        job = self.jobs.find(call.parts["id"])
        if job is None or (call.fault and call.fault.kind == "lost"):
            return missing(call.parts["id"])
        if call.fault:
            job.fault = call.fault.kind
        return self.shown(job, call)

    def cancel(self, call: Call) -> Reply:
        job = self.jobs.find(call.parts["id"])
        if job is None:
            return missing(call.parts["id"])
        if not job.body.get("background"):
            message = "Cannot cancel a synchronous response."
            return problem(400, message, "invalid_request_error")
        if job.status(self.clock.now()) not in FINAL:
            job.cancelled_at = self.clock.now()
        return self.shown(job, call)

    def delete(self, call: Call) -> Reply:
        id = call.parts["id"]
        if not self.jobs.find(id):
            return missing(id)
        self.jobs.drop(id)
        return Reply(200, {"id": id, "object": "response", "deleted": True})

    def shown(self, job: Job, call: Call) -> Reply:
        include = call.query.get("include", []) + call.query.get("include[]", [])
        left = self.minute.left(call.key)
        headers = {
            "x-request-id": f"req_{job.id.removeprefix('resp_')[:32]}",
            "openai-version": "2020-10-01",
            "x-ratelimit-limit-requests": str(PER_MINUTE),
            "x-ratelimit-remaining-requests": str(left),
            "x-ratelimit-reset-requests": "120ms",
            "x-ratelimit-limit-tokens": str(TOKENS_PER_MINUTE),
            "x-ratelimit-remaining-tokens": str(TOKENS_PER_MINUTE),
            "x-ratelimit-reset-tokens": "0s",
        }
        return Reply(200, showing.shown(job, self.clock.now(), include), headers)

    def count(self, call: Call) -> Reply:
        body = call.json or {}
        text = texts(body.get("instructions")) + texts(body.get("input"))
        tokens = embedding.tokens(text)
        return Reply(200, {"object": "response.input_tokens", "input_tokens": tokens})

    # Models and vectors.

    def models(self, call: Call) -> Reply:
        return Reply(200, {"object": "list", "data": list(catalogue.offered(call.at).values())})

    def model(self, call: Call) -> Reply:
        found = catalogue.offered(call.at).get(call.parts["id"])
        return Reply(200, found) if found else refused(unknown_model(call.parts["id"]))

    def embed(self, call: Call) -> Reply:
        body = call.json or {}
        try:
            given, size = embedding.checked(body)
        except Refused as reason:
            return refused(reason)
        data: list[dict[str, Any]] = []
        for at, text in enumerate(given):
            values = embedding.vector(text, size)
            packed = embedding.packed(values) if body.get("encoding_format") == "base64" else values
            data.append({"object": "embedding", "index": at, "embedding": packed})
        used = sum(map(embedding.tokens, given))
        self.tally.bill("embedding tokens", used)
        usage = {"prompt_tokens": used, "total_tokens": used}
        return Reply(200, {"object": "list", "data": data, "model": body["model"], "usage": usage})


def refused(reason: Refused) -> Reply:
    return Reply(reason.status, {"error": reason.error})


def missing(id: str) -> Reply:
    return problem(404, f"Response with id '{id}' not found.", "invalid_request_error")
