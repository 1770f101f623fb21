"""What can come of a call to the outside, each with a sentence for people and never a secret."""

from datetime import datetime


class Outside(Exception):
    """A call that gave no answer to go on with."""


class Refused(Outside):
    """The vendor wants somebody to act first; the same call will be refused again.

    `kind` says what is wrong: the key, its credit, the model, or what its plan allows. `said` is
    in the vendor's words, which of the installation's key only those hear who look after it.
    """

    def __init__(self, sentence: str, *, kind: str, said: str = "") -> None:
        super().__init__(sentence)
        self.kind = kind
        self.said = said


class Later(Outside):
    """Nothing is wrong with the call, but it is not its time; try again at `until`."""

    def __init__(self, until: datetime, why: str) -> None:
        super().__init__(why)
        self.until = until
        self.why = why


class NotAccepted(Outside):
    """The vendor will never answer this call; `said` is why.

    `kind` is empty, or "suppress" where the person asked about has objected.
    """

    def __init__(self, sentence: str, *, said: str = "", kind: str = "") -> None:
        super().__init__(sentence)
        self.said = said
        self.kind = kind


class NotThere(Outside):
    """What was asked for is not there, or no longer."""

    def __init__(self, sentence: str, *, said: str = "") -> None:
        super().__init__(sentence)
        self.said = said


class Away(Outside):
    """No answer, after all tries. `was_sent`: the vendor may have done it all the same."""

    def __init__(self, sentence: str, *, was_sent: bool = True) -> None:
        super().__init__(sentence)
        self.was_sent = was_sent


class Forbidden(Outside):
    """The address, or where it leads, is none that this installation goes to."""


class TooBig(Outside):
    """The answer is longer than what is read of one."""


class NotReadable(Outside):
    """The answer is not what was asked for: another kind of content, or broken."""
