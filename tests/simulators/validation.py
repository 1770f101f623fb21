"""Checking calls and answers against the vendors' own documents.

The documents do not stand in this repository: the variable VENDOR_SPECS names their folder.
Without it `contract` gives None, and nothing is checked.
"""

import json
import os
import re
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.simulators import yaml

# vendor: its document, and what stands before the document's paths in an address.
DOCUMENTS = {
    "openai": ("openai/derived/openai-min.json", "/v1"),
    "google_places": ("google-maps/derived/places.v1.openapi.json", ""),
    "companies_house": ("companies-house/derived/companies-house.openapi.json", ""),
    "apollo": ("apollo/apollo-rest-api-openapi.json", "/api/v1"),
    "hunter": ("hunter/derived/hunter-v2-merged.openapi.json", "/v2"),
    "zerobounce": ("zerobounce/derived/zerobounce-v2.openapi.yaml", "/v2"),
    "twilio": ("twilio/twilio_lookups_v2.json", ""),
    "companies_house_documents": ("companies-house/derived/companies-house.openapi.json", ""),
}
# Vendors whose documents leave out that a value may be null, though their answers show it, or say
# so in the words of OpenAPI 3.0.
NULLS_UNTOLD = {"apollo", "hunter", "zerobounce", "twilio"}
# Where a document and the vendor's own service differ: the service counts.
KNOWN = {
    "companies_house": (
        r"hits: ",  # documented as text, answered as a number
        # documented as lists, answered as objects
        r"items/\d+/(classification|particulars|links|transactions/\d+/links): ",
        r"cases/\d+/practitioners/\d+/address: ",
        r"accounts/last_accounts: ",  # documented as text, answered as an object
        # documented, and in no answer
        r"items/\d+: 'id' is a required property",
        r"links: 'appointments' is a required property",
        # the categories have become more
        r"(items/\d+/)?category: '(confirmation-statement|gazette|insolvency)' is not one of ",
    ),
    "openai": (r"usage: None",),  # null until a background response has ended
    "hunter": (
        # documented as objects, answered as a list of objects
        r"headquarters_location/include: ",
    ),
    "apollo": (
        r"matches/\d+: None is not",  # null for a person who was not found
        r"body: \{'status': 'failed'",  # two refusals documented as either, but of one shape
    ),
}
KEYS = {"api_key", "key"}  # keys in the query are left out of what is recorded
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def contract(vendor: str) -> "Contract | None":
    folder = os.environ.get("VENDOR_SPECS", "")
    return _contract(vendor, folder) if folder and Path(folder).is_dir() else None


@cache
def _contract(vendor: str, folder: str) -> "Contract":
    return Contract(vendor, Path(folder))


def problems(vendor: str, call: dict[str, Any]) -> list[str]:
    """What is wrong with a recorded call; nothing when the documents are not at hand."""
    checked = contract(vendor)
    return checked.problems(call) if checked else []


class Contract:
    """One vendor's document."""

    def __init__(self, vendor: str, folder: Path) -> None:
        file, self.prefix = DOCUMENTS[vendor]
        self.vendor = vendor
        text = (folder / file).read_text(encoding="utf-8")
        self.document = yaml.read(text) if file.endswith(".yaml") else json.loads(text)

    @cached_property
    def registry(self) -> Registry:
        resource = Resource.from_contents(self.document, default_specification=DRAFT202012)
        return Registry().with_resource("urn:document", resource)

    @cached_property
    def paths(self) -> list[tuple[re.Pattern[str], str]]:
        """Those without {parts} first."""
        rows = sorted(self.document["paths"], key=lambda path: (path.count("{"), path))
        return [(re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(row))), row) for row in rows]

    def operation(self, method: str, path: str) -> tuple[dict[str, Any], str] | None:
        """The operation of the document, and a pointer to it."""
        rest = path.removeprefix(self.prefix)
        for pattern, row in self.paths:
            found = self.document["paths"][row].get(method.lower())
            if found is not None and pattern.fullmatch(rest):
                pointer = row.replace("~", "~0").replace("/", "~1")
                return found, f"#/paths/{pointer}/{method.lower()}"
        return None

    def resolved(self, thing: dict[str, Any], pointer: str) -> tuple[dict[str, Any], str]:
        """What a reference stands for, and a pointer to that."""
        while "$ref" in thing:
            pointer = thing["$ref"]
            found: Any = self.document
            for part in pointer.removeprefix("#/").split("/"):
                found = found[part.replace("~1", "/").replace("~0", "~")]
            thing = found
        return thing, pointer

    def against(self, pointer: str, value: Any) -> list[str]:
        validator = Draft202012Validator(
            {"$ref": f"urn:document{pointer}"},
            registry=self.registry,
            format_checker=FormatChecker(),
        )
        found = []
        for error in validator.iter_errors(value):
            where = "/".join(str(part) for part in error.absolute_path)
            found.append(f"{where or 'body'}: {error.message[:300]}")
        known = KNOWN.get(self.vendor, ())
        return [each for each in found if not any(re.match(one, each) for one in known)]

    # Calls.

    def problems(self, call: dict[str, Any]) -> list[str]:
        """What is wrong with a call, as the simulator recorded it."""
        if call["method"] not in METHODS or not (
            found := self.operation(call["method"], call["path"])
        ):
            return [f"The document has no {call['method']} {call['path']}."]
        operation, pointer = found
        parameters = [
            self.resolved(each, f"{pointer}/parameters/{at}")
            for at, each in enumerate(operation.get("parameters", []))
        ]
        return [
            *self._query(call["query"], parameters),
            *self._headers(call["headers"], parameters),
            *self._body(call, operation, pointer),
        ]

    def _query(
        self, query: dict[str, list[str]], parameters: list[tuple[dict[str, Any], str]]
    ) -> list[str]:
        known = {each["name"]: (each, at) for each, at in parameters if each["in"] == "query"}
        found = [
            f"The document has no parameter {name}." for name in set(query) - set(known) - KEYS
        ]
        for name, (parameter, pointer) in known.items():
            if name not in query:
                if parameter.get("required") and name not in KEYS:
                    found.append(f"The parameter {name} is missing.")
                continue
            value = typed(query[name], parameter.get("schema", {}))
            at = f"{pointer}/schema"
            found.extend(f"parameter {name}: {each}" for each in self.against(at, value))
        return found

    def _headers(
        self, headers: dict[str, str], parameters: list[tuple[dict[str, Any], str]]
    ) -> list[str]:
        return [
            f"The header {each['name']} is missing."
            for each, _ in parameters
            if each["in"] == "header" and each.get("required")
            if each["name"].lower() not in headers
        ]

    def _body(self, call: dict[str, Any], operation: dict[str, Any], pointer: str) -> list[str]:
        declared, pointer = self.resolved(
            operation.get("requestBody", {}), f"{pointer}/requestBody"
        )
        body = call["json"]
        if not declared:
            return [f"A body, but {call['path']} takes none."] if body else []
        if body is None:
            return ["The body is missing or no JSON."] if declared.get("required") else []
        if "application/json" not in call["headers"].get("content-type", ""):
            return ["The body is JSON, the header Content-Type does not say so."]
        return self.against(f"{pointer}/content/application~1json/schema", body)

    # Answers.

    def reply_problems(
        self, method: str, target: str, status: int, content_type: str, body: bytes
    ) -> list[str]:
        """What is wrong with an answer: its status, its kind or its JSON."""
        if not (found := self.operation(method, urlsplit(target).path)):
            return [f"The document has no {method} {target}."]
        operation, pointer = found
        responses = operation["responses"]
        status_ = str(status) if str(status) in responses else "default"
        if status_ not in responses:
            return [f"The document has no answer {status} to {method} {target}."]
        response, pointer = self.resolved(responses[status_], f"{pointer}/responses/{status_}")
        kinds = response.get("content", {})
        kind = content_type.partition(";")[0].strip()
        if kind not in kinds:
            return [f"{status} as {kind}, not as {', '.join(kinds)}."] if kinds and body else []
        if "json" not in kind or "schema" not in kinds[kind]:
            return []
        value = json.loads(body)
        if self.vendor in NULLS_UNTOLD:
            value = without_nulls(value)
        kind_ = kind.replace("/", "~1")
        return self.against(f"{pointer}/content/{kind_}/schema", value)


def typed(values: list[str], schema: dict[str, Any]) -> Any:
    """A query parameter's text as the type that the document names."""
    if schema.get("type") == "array":
        return [part for value in values for part in value.split(",")]
    value = values[-1]
    if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", value):
        return int(value)
    if schema.get("type") == "number" and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value)
    if schema.get("type") == "boolean" and value in ("true", "false"):
        return value == "true"
    return value


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_nulls(each) for name, each in value.items() if each is not None}
    if isinstance(value, list):
        return [without_nulls(each) for each in value]
    return value
