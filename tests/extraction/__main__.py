"""`python -m tests.extraction`: read the labelled pages without a database, print JSON.

`--mistakes` says instead what is wrong, page by page.
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
            every = measuring.read(measuring.pages())
            print("\n".join(measuring.mistakes(every)))  # noqa: T201 - this is a command
        else:
            print(json.dumps(figures.measure()))  # noqa: T201 - this is a command


if __name__ == "__main__":
    main(sys.argv[1:])
