"""What a model is told to do: a Markdown file that lies beside its caller."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

# Below such a line stands what is asked; above it, how to go about it.
LINE = re.compile(r"^---[ \t]*$", re.MULTILINE)


class NoPrompt(ValueError):
    """The file is missing, or tells the model nothing."""


@dataclass(frozen=True)
class Prompt:
    """The instructions, the question that stands before the data ("" if none), and which file it
    was: `hash` is the SHA-256 of the file and is kept on each answer.
    """

    name: str
    instructions: str
    question: str
    hash: str

    @classmethod
    def read(cls, path: Path | str) -> "Prompt":
        """Read it; a line of three dashes parts the instructions from the question."""
        path = Path(path)
        try:
            raw = path.read_bytes()
            instructions, *question = LINE.split(raw.decode(), maxsplit=1)
        except (OSError, UnicodeDecodeError) as error:
            raise NoPrompt(f"{path.name} cannot be read as a prompt: {error}.") from error
        if not instructions.strip():
            raise NoPrompt(f"{path.name} holds no instructions. Write what the model shall do.")
        asked = question[0].strip() if question else ""
        return cls(path.stem, instructions.strip(), asked, sha256(raw).hexdigest())
