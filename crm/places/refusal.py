"""Why a list of postcodes is not loaded."""


class NotLoaded(Exception):
    """A file that cannot be loaded; the message says what is wrong and the cure."""


class CutFile(NotLoaded):
    """The file ends before its end."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"{file} is cut in the middle: {what}. Download it again.")
