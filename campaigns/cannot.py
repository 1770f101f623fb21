"""Why a run can't be started, in sentences that say what to do."""

from collections.abc import Sequence

from campaigns.kinds import Kind
from crm.look import formats


class CannotRun(ValueError):
    """The run can't be started; the sentence says why and what to do."""


class AlreadyRunning(CannotRun):
    """The campaign has a run under way."""


class NoSource(CannotRun):
    """No source that this installation has can find anything for the kind."""

    def __init__(self, kind: Kind, first: Sequence[str]) -> None:
        """`first` are sentences that say what else would do."""
        needed = formats.either(kind.needs)
        super().__init__(
            f"{kind.name} needs {needed}, chosen and with a key. Put one in under API keys, and"
            " choose it." + "".join(f" Or {each[0].lower()}{each[1:]}" for each in first)
        )


class PaidAgain(CannotRun):
    """A run again would have to ask what costs, and asks nothing that does."""

    def __init__(self) -> None:
        super().__init__(
            "“Run again” asks nothing that costs, and all sources of this campaign do. “Find more”"
            " goes on behind what was found."
        )


class NotConfirmed(CannotRun):
    """Nobody has said yet what the run may cost."""

    def __init__(self) -> None:
        super().__init__(
            "This campaign asks sources that take credits, and nobody has confirmed how many."
            " Change the campaign to say so, or leave these sources out."
        )


class TooFewCredits(CannotRun):
    """The company's account can't set aside what was confirmed."""
