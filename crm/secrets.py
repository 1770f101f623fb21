"""Secrets of an installation: made once, kept outside git, readable by the owner alone."""

import os
import secrets
from pathlib import Path


def kept(path: Path, *, length: int = 50) -> str:
    """Read the secret kept at `path`, or make one there; two processes at once get the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(length))
        try:
            # A link never replaces: the first process wins, whole.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
