"""Why there is no answer that can be used, in sentences for people."""

from crm.outside.errors import Refused


class NoAnswer(Exception):
    """Nothing came of a question, or nothing that can be used.

    `cost_micros` is what the vendor charges all the same, in millionths of a pound; `may_pass` says
    that the same question may be answered when it is asked again.
    """

    may_pass = False

    def __init__(self, said: str, *, cost_micros: int = 0) -> None:
        super().__init__(said)
        self.cost_micros = cost_micros


class Incomplete(NoAnswer):
    """The answer was cut before its end, and half an answer is none."""


class Failed(NoAnswer):
    """The vendor gave up, or knows the answer no more."""

    def __init__(self, said: str, *, cost_micros: int = 0, may_pass: bool = False) -> None:
        super().__init__(said, cost_micros=cost_micros)
        self.may_pass = may_pass


class RefusedByModel(NoAnswer):
    """The model would not answer."""


class Unreadable(NoAnswer):
    """The answer is whole, and of another form than the one that was asked for."""

    may_pass = True


class Late(NoAnswer):
    """The question was called off: its time was over, or somebody ended it.

    What it cost is seldom told. `cost_micros` is then the most it can have been, so that a budget
    which holds in our books holds in the vendor's too.
    """


class ModelGone(Refused):
    """The vendor has no such model, or not for this key."""
