"""What words tell of whose a thing is: its maker's, or somebody else's."""

import re

from enrichment.reading import companies, relations, towns, wording
from enrichment.reading.identity import Identity

CONTACT_HEADING = re.compile(
    r"\b(?:contact|get in touch|talk to|find us|visit us|front desk|reception|our (?:office|"
    r"address)|head office|enquir(?:y|ies)|call us|where we are|sending it back|returns)\b",
    re.IGNORECASE,
)
LETTERS = re.compile(r"[a-z]{3,}")
NOISE = frozenset((
    "our", "the", "and", "for", "with", "from", "run", "local", "call", "ring", "dial", "phone",
    "company",
))  # fmt: skip


class Signs:
    """The words by which whoever made a page speaks of itself and of others."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        own = sorted(map(re.escape, identity.words), key=len, reverse=True)
        self._own_words = re.compile(rf"\b(?:{'|'.join(own)})", re.IGNORECASE) if own else None

    def has_own_name(self, said: str) -> bool:
        return self._own_words is not None and self._own_words.search(said) is not None

    def last(self, said: str, *, is_register: bool, is_imprint: bool = False) -> bool | None:
        """Give whether the last telling words are of oneself; None without any."""
        if not said:
            return None
        if relations.NOT_US.search(said) or self._is_role(said):
            return False
        patterns = [relations.CREDIT, relations.RELATION]
        if not is_register:
            patterns.append(relations.PUBLIC)
        others = [
            match.end()
            for pattern in patterns
            for match in pattern.finditer(said)
            if (match.group().lower().endswith("by") or not self.is_own_trade(match.group()))
            and not ((is_imprint or is_register) and relations.REGULATED.match(match.group()))
        ]
        others += [end for _, end, name in companies.named(said) if not self._is_own_company(name)]
        others += [
            match.end()
            for match in relations.WATCHING.finditer(said)
            if not is_register and not self.is_own_trade(match.group())
        ]
        if relations.LICENSOR.search(said):
            others.append(len(said) + 1)
        for pattern in (relations.AT_OTHERS, relations.BODY, relations.HOUSE):
            others += [
                match.end()
                for match in pattern.finditer(said)
                if not self._is_own_body(match["name"])
            ]
        own = [
            match.end()
            for match in relations.OWN.finditer(said)
            if not relations.RELATION.match(said, match.start())
        ]
        if self._own_words is not None:
            own += [match.end() for match in self._own_words.finditer(said)]
        if not own and not others:
            return None
        return max(own, default=-1) > max(others, default=-1)

    def heading(self, said: str) -> bool | None:
        """A heading with one's own name says nothing of all below it."""
        is_others = relations.OTHERS.search(said) and not self.is_own_trade(said)
        if is_others or self._is_role(said):
            return False
        if CONTACT_HEADING.search(said):
            return True
        found = self.last(said, is_register=False)
        return None if found else found

    def _is_role(self, said: str) -> bool:
        found = relations.ROLE.search(said)
        return found is not None and not self.is_own_trade(found.group())

    def _is_own_company(self, name: str) -> bool:
        if name in self.identity.companies or self.identity.is_named(name):
            return True
        # Nothing is known of whoever runs it: it may be any company.
        return not self.identity.companies

    def _is_own_body(self, name: str) -> bool:
        # "The Parish Council" may be its own, "Fern Parish Council" is one of that name.
        return not wording.telling(name) or self.identity.is_named(name) or towns.is_one(name)

    def is_own_trade(self, words: str) -> bool:
        """Whether words for others name what the maker itself is: police, taxis, a council."""
        said = [word for word in LETTERS.findall(words.lower()) if word not in NOISE]
        trade, label = self.identity.trade, self.identity.label
        return any(
            word in trade or word.removesuffix("s") in trade or (len(word) > 3 and word in label)
            for word in said
        )
