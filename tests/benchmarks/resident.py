"""How much memory a process and its children take together (Linux)."""

import re
from collections.abc import Iterator
from pathlib import Path

MEMORY = re.compile(r"^Vm(HWM|RSS):\s+(\d+) kB", re.MULTILINE)
MB_PER_KB = 1 / 1024


class Peak:
    """The most that was seen; `look` as often as it may change."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.mb = 0.0

    def look(self) -> None:
        """Add up what they take now; the kernel knows itself what each alone took at most."""
        seen = [memory(each) for each in _family(self.process)]
        together = sum(memory.get("RSS", 0) for memory in seen)
        alone = max((memory.get("HWM", 0) for memory in seen), default=0)
        self.mb = max(self.mb, together * MB_PER_KB, alone * MB_PER_KB)


def _family(process: int) -> Iterator[int]:
    yield process
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = thread.read_text().split()
        except OSError:
            # It has ended just now.
            continue
        for child in children:
            yield from _family(int(child))


def memory(process: int) -> dict[str, int]:
    """What it takes (`RSS`) and took at most (`HWM`), in kB; nothing of one that is gone."""
    try:
        said = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return {}
    return {name: int(kb) for name, kb in MEMORY.findall(said)}
