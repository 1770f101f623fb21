"""Why a run can't be started, in sentences that say what to do."""

from campaigns.kinds import Kind
from crm.look import formats


class CannotRun(ValueError):
    """The run can't be started; the sentence says why and what to do."""


class AlreadyRunning(CannotRun):
    """The campaign has a run under way."""


class NoSource(CannotRun):
    """No source that this installation has can find anything for the kind."""

    def __init__(self, kind: Kind) -> None:
        needed = formats.either(kind.needs)
        super().__init__(
            f"{kind.name} needs {needed}, and none of them is chosen and has a key. Put one in"
            " under Settings, API keys, and choose it."
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
