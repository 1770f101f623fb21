"""The form of the AI's answer, and the names of its parts."""

from pathlib import Path
from typing import Any

PROMPT = Path(__file__).with_name("question.md")
NAME = "analysis"
VERDICTS = {
    "good": "Fits well", "partly": "Fits in part", "poor": "Fits poorly", "unclear": "Unclear",
}  # fmt: skip
CHANNELS = {
    "phone": "By phone", "email": "By e-mail", "letter": "By letter", "visit": "By a visit",
    "linkedin": "On LinkedIn", "unclear": "",
}  # fmt: skip
PARTS = {
    "qualification": "Why they qualify", "project": "Likely project", "value": "Value",
    "timeline": "When", "approach": "How to open the talk", "questions": "What to ask them",
}  # fmt: skip


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


STATEMENT = _object(
    text={"type": "string"}, facts={"type": "array", "items": {"type": "integer"}}
)
STATEMENTS: dict[str, Any] = {"type": "array", "items": STATEMENT}
NUMBER: dict[str, Any] = {"type": ["integer", "null"]}
SCHEMA = _object(
    qualification=_object(
        verdict={"type": "string", "enum": list(VERDICTS)}, statements=STATEMENTS
    ),
    project=_object(statements=STATEMENTS),
    value=_object(from_pounds=NUMBER, to_pounds=NUMBER, statements=STATEMENTS),
    timeline=_object(from_months=NUMBER, to_months=NUMBER, statements=STATEMENTS),
    approach=_object(
        channel={"type": "string", "enum": list(CHANNELS)},
        who={"anyOf": [STATEMENT, {"type": "null"}]},
        statements=STATEMENTS,
    ),
    questions=_object(statements=STATEMENTS),
    confidence={"type": "integer"},
)
