"""By what a person is known again, and where a text speaks of them."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from crm.registers import names
from enrichment.companies_house import people

TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "rev", "mx"}
# Words that may stand between a first and a last name.
MOST_BETWEEN = 3
CUT = "…"
LONGEST_NAME = 200


def person_key(name: str) -> str:
    """The same for two writings of a person's name: titles, case, middle names do not count."""
    words = [word for word in names.sort_key(name).replace(",", " ").split() if word.strip(".")]
    words = [word for word in words if word.strip(".") not in TITLES]
    return f"{words[0]} {words[-1]}" if len(words) > 1 else "".join(words)


class _Gone:
    """Stands for what tells of nobody else."""


GONE = _Gone()


class Whom:
    """Somebody, by all names and addresses under which they are known."""

    def __init__(self, names: Iterable[str], emails: Iterable[str]) -> None:
        self.names = frozenset(name[:LONGEST_NAME] for name in names if name.strip())
        self.emails = frozenset(email.casefold() for email in emails if email.strip())

    def __bool__(self) -> bool:
        return bool(self.names or self.emails)

    def is_meant(self, text: str) -> bool:
        """Say whether a text is nothing but one of their names or addresses."""
        if len(text) > LONGEST_NAME:
            return False
        # As the register writes: "PASCOE, Jenna".
        said = people.natural(text) if "," in text else text
        return text.strip().casefold() in self.emails or person_key(said) in self._keys

    def is_in(self, text: str) -> bool:
        """Say whether a text speaks of them."""
        return self._pattern is not None and bool(self._pattern.search(text))

    def out_of(self, value: Any) -> Any:
        """Give JSON without them: GONE where it told of them alone.

        An object that holds their name or address among others is about them, and goes as a whole.
        """
        match value:
            case str():
                return GONE if self.is_meant(value) else self.cut(value)
            case list():
                left = (self.out_of(each) for each in value)
                return [each for each in left if each is not GONE]
            case Mapping():
                if any(isinstance(each, str) and self.is_meant(each) for each in value.values()):
                    return GONE
                inner = {name: self.out_of(each) for name, each in value.items()}
                return {name: each for name, each in inner.items() if each is not GONE}
        return value

    def cut(self, text: str) -> str:
        """Give a text in which a sign stands for each mention of them."""
        return self._pattern.sub(CUT, text) if self._pattern is not None else text

    @cached_property
    def _keys(self) -> frozenset[str]:
        # By one word alone nobody is known.
        return frozenset(key for key in map(person_key, self.names) if " " in key)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        found = [rf"(?<![\w.+-]){re.escape(email)}(?![\w-])" for email in sorted(self.emails)]
        found += [part for name in sorted(self.names) for part in _writings(name)]
        return re.compile("|".join(dict.fromkeys(found)), re.IGNORECASE) if found else None


def _writings(name: str) -> Iterable[str]:
    """Give patterns of a name in a text, as people write it and as registers do."""
    for said in (name, names.unaccented(name)):
        words = [word for word in said.split() if word.strip(".,").casefold() not in TITLES]
        if len(words) > 1:
            first, last = (re.escape(word.strip(",")) for word in (words[0], words[-1]))
            between = rf"(?:[\w.'’-]+\s+){{0,{MOST_BETWEEN}}}?"
            yield rf"(?<!\w){first}\s+{between}{last}(?!\w)"
            yield rf"(?<!\w){last},\s*{first}(?:\s+[\w.'’-]+){{0,{MOST_BETWEEN}}}?(?!\w)"
