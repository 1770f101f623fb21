"""The tables of a mapping file, read key by key, with a sentence about whatever is wrong."""

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from crm.published import NotLoaded

PARTS = {"YYYY": "year", "MM": "month", "DD": "day"}
RUN_TOGETHER = re.compile("YYYYMM|MMDD|DDMM|MMYYYY")


class WrongMapping(NotLoaded):
    """A mapping file cannot be used; the message names the file, the key and the cure."""


def opened(path: Path) -> "Table":
    """The mapping file as its outermost table."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WrongMapping(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise WrongMapping(f"{path.name} is not in UTF-8. Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise WrongMapping(
            f'{path.name} is not TOML: {error}. Write lines like label = "Solicitors".'
        ) from error
    return Table(path.name, "", content)


class Table:
    """One table; every key must be asked for, `end` complains about those that nobody wanted."""

    def __init__(self, file: str, name: str, content: dict[str, Any]) -> None:
        self.file, self.name, self.content = file, name, content
        self._asked: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self.content

    def wrong(self, key: str, what: str) -> NoReturn:
        """Refuse the mapping for what is said of a key."""
        place = f"[{self.name}] {key}".strip() if self.name else key
        raise WrongMapping(f"{self.file}: {place} {what}")

    def text(self, key: str, usual: str | None = None) -> str:
        """A text; without `usual` it must be given."""
        value = self._get(key, usual)
        if not isinstance(value, str) or (usual is None and not value.strip()):
            self.wrong(key, f'must be a text, like {key} = "…".')
        return value

    def texts(self, key: str) -> list[str]:
        """A list of texts, empty when it is not given; one text is a list of one."""
        value = self._get(key, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            self.wrong(key, f'must be a list of texts, like {key} = ["NA", "-"].')
        return values

    def flag(self, key: str, *, usual: bool) -> bool:
        """Yes or no."""
        value = self._get(key, usual)
        if not isinstance(value, bool):
            self.wrong(key, "must be true or false, without quotes.")
        return value

    def count(self, key: str) -> int:
        """A number from 1, or 0 when it is not given."""
        value = self._get(key, 0)
        if type(value) is not int or (key in self and value < 1):
            self.wrong(key, "must be a whole number from 1, without quotes.")
        return value

    def any(self, key: str) -> Any:
        """Whatever is given, None when nothing is."""
        return self._get(key, "") if key in self else self._note(key)

    def table(self, key: str) -> "Table":
        """A table within; one that is not given is empty."""
        value = self._get(key, {})
        if not isinstance(value, dict):
            self.wrong(key, f"must be a table: a line [{key}] with its keys below it.")
        return Table(self.file, f"{self.name}.{key}".lstrip("."), value)

    def end(self) -> None:
        """Refuse keys that mean nothing here: most often a slip of the pen."""
        for key in self.content:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(self._asked)}."
                self.wrong(key, f"means nothing here. {hint}")

    def _get(self, key: str, usual: Any) -> Any:
        self._note(key)
        if key not in self and usual is None:
            self.wrong(key, "is missing.")
        return self.content.get(key, usual)

    def _note(self, key: str) -> None:
        if key not in self._asked:
            self._asked.append(key)


def pattern(written: str) -> re.Pattern[str] | None:
    """How days are found by a model like DD/MM/YYYY; None for one that lacks a part."""
    if any(written.count(part) != 1 for part in PARTS):
        return None
    expression = re.escape(written)
    digits = r"\d{2}" if RUN_TOGETHER.search(written) else r"\d{1,2}"
    for part, name in PARTS.items():
        many = r"\d{4}" if part == "YYYY" else digits
        expression = expression.replace(part, f"(?P<{name}>{many})")
    return re.compile(expression)
