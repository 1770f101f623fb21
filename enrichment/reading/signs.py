"""What words tell of whose a thing is: its maker's, or somebody else's."""

import re
from collections.abc import Iterator

from enrichment.reading import companies, relations, towns, wording
from enrichment.reading.identity import Identity

CONTACT_HEADING = re.compile(
    r"\b(?:contact|get in touch|talk to|find us|visit us|front desk|reception|our (?:office|"
    r"address|(?:other )?(?:homes|branches|shops|stores|offices|depots|clinics|practices|"
    r"showrooms|restaurants|salons|nurseries|schools))|head office|"
    r"enquir(?:y|ies)|call us|where we are|sending it back|returns)\b",
    re.IGNORECASE,
)
# Over a list of the maker's own places, each under its name.
OWN_PLACES = re.compile(
    r"\bour (?:\w+ )?(?:homes|branches|shops|stores|offices|depots|clinics|practices|locations|"
    r"showrooms|restaurants|salons|nurseries|schools|sites|surgeries|studios|gyms|garages|hotels|"
    r"pubs|cottages|teams?|staff|people)\b|"
    r"^\W*(?:other )?(?:branches|depots|offices|locations)\W*$",
    re.IGNORECASE,
)
# A word of a name right before one.
NAME_BEFORE = re.compile(r"(?:^|[^\w'’])([A-Z][a-z'’]+) $")
LONGEST_WORD, LONG = 30, 5
VERBS = frozenset(
    ("call", "ring", "phone", "text", "visit", "contact", "email", "see", "why", "dear")
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
        # Of long words others are made: "Fernby's", "Fernbys"; short ones begin any other word.
        own = [
            re.escape(word) + ("" if len(word) >= LONG else r"(?:['’]?s)?\b")
            for word in sorted(identity.words, key=len, reverse=True)
        ]
        self._own_words = re.compile(rf"\b(?:{'|'.join(own)})", re.IGNORECASE) if own else None

    def has_own_name(self, said: str) -> bool:
        return self._own_words is not None and self._own_words.search(said) is not None

    def _own_names(self, said: str) -> Iterator[re.Match[str]]:
        """Find the words of the own name, but those that end somebody else's: what Fern Valves
        make, Shannon Valves make as well."""
        for match in self._own_words.finditer(said) if self._own_words is not None else ():
            before = NAME_BEFORE.search(said, max(0, match.start() - LONGEST_WORD), match.start())
            is_first = self._is_first(match.group())
            if is_first or before is None or not self._is_unknown(before[1]):
                yield match

    def _is_first(self, word: str) -> bool:
        return self.identity.label.startswith(word.lower()) or any(
            word.lower() in wording.words(name)[:1] for name in self.identity.names
        )

    def _is_unknown(self, word: str) -> bool:
        small = word.lower()
        known = small in self.identity.trade or small in wording.COMMON or small in VERBS
        return not (known or self.identity.is_named(word) or towns.is_one(word))

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
            and not relations.PLATFORM.match(said, match.end())
        ]
        others += [end for _, end, name in companies.named(said) if not self._is_own_company(name)]
        others += [
            match.end()
            for match in relations.WATCHING.finditer(said)
            if not is_register and not self.is_own_trade(match.group())
        ]
        if relations.LICENSOR.search(said):
            others.append(len(said) + 1)
        for pattern in (relations.AT_OTHERS, relations.SENT, relations.BODY, relations.HOUSE):
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
        own += [match.end() for match in self._own_names(said)]
        own += [
            match.end() for match in relations.PUBLIC.finditer(said) if self._is_it(match.group())
        ]
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
        # Of "Fern Valley Authority" Fern Bakery has but a word, of "Leeds Council" Leeds Tyres.
        telling = wording.telling(name)
        if telling and all(towns.is_one(word) for word in telling):
            return wording.words(name)[-1] in self.identity.trade
        return all(self.identity.is_named(word) or towns.is_one(word) for word in telling)

    def _is_it(self, words: str) -> bool:
        """Whether all words for a body name what the maker is: a town council."""
        said = [word for word in LETTERS.findall(words.lower()) if word not in NOISE]
        return bool(said) and all(word in self.identity.trade for word in said)

    def is_own_trade(self, words: str) -> bool:
        """Whether words for others name what the maker itself is: police, taxis, a council."""
        said = [word for word in LETTERS.findall(words.lower()) if word not in NOISE]
        trade, label = self.identity.trade, self.identity.label
        return any(
            word in trade or word.removesuffix("s") in trade or (len(word) > 3 and word in label)
            for word in said
        )
