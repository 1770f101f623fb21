"""`python -m tests.extraction`: read the labelled pages without a database, print JSON.

`--mistakes` says instead what is wrong on pages with an even number; rules are made by these, and
the odd ones are only counted, so that it shows how well they fit what nobody has looked at.
"""

import json
import os
import sys
import tempfile

import django


def main(words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "crm.settings", "DATA_DIR": folder}
        django.setup()
        from tests.extraction import figures, measuring  # noqa: PLC0415 - they need the settings

        if "--mistakes" in words:
            even = [each for each in measuring.read(measuring.pages()) if each.is_even]
            print("\n".join(measuring.mistakes(even)))  # noqa: T201 - this is a command
        else:
            print(json.dumps(figures.measure()))  # noqa: T201 - this is a command


if __name__ == "__main__":
    main(sys.argv[1:])
