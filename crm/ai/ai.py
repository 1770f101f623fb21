"""Asking a language model: `ask` sends a question, `look` tells what has become of it.

A question costs money and takes minutes. So its id is kept before anything waits for the answer,
and whoever has the id looks for the same answer, however many workers were killed meanwhile.
"""

from crm.ai.answer import Pending, Started, Told
from crm.ai.asking import ask
from crm.ai.cost import Usage, most
from crm.ai.errors import (
    Failed,
    Incomplete,
    Late,
    ModelGone,
    NoAnswer,
    RefusedByModel,
    Unreadable,
)
from crm.ai.listed import Model, listed
from crm.ai.looking import call_off, look, next_look
from crm.ai.prompt import NoPrompt, Prompt
from crm.ai.strict import NotStrict

__all__ = [
    "Failed", "Incomplete", "Late", "Model", "ModelGone", "NoAnswer", "NoPrompt", "NotStrict",
    "Pending", "Prompt", "RefusedByModel", "Started", "Told", "Unreadable", "Usage", "ask",
    "call_off", "listed", "look", "most", "next_look",
]  # fmt: skip
